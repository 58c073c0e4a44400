import { describe, expect, it } from 'vitest';
import { claimReferences } from './claim-references.ts';
import { claimReferenceSpans } from './claim-reference-spans.ts';

const EARLIER = [1, 2, 3, 4, 5, 6];

const found = (text: string): readonly (readonly [string, readonly number[]])[] =>
  claimReferenceSpans(text, EARLIER).map(({ span, numbers }) => [text.slice(span.start, span.end), numbers]);

const CASES: readonly (readonly [string, readonly (readonly [string, readonly number[]])[]])[] = [
  ['The device according to claim 1, wherein', [['claim 1', [1]]]],
  ['The device of any of claims 1 to 4, in which', [['claims 1 to 4', [1, 2, 3, 4]]]],
  ['A method as in claim 2 or claim 3 with', [['claim 2 or claim 3', [2, 3]]]],
  [
    'A kit with the cane of claim 1 and the grip of claim 5.',
    [
      ['claim 1', [1]],
      ['claim 5', [5]],
    ],
  ],
  ['The device of any preceding claim, wherein', [['preceding claim', EARLIER]]],
  ['Vorrichtung nach Anspruch 3, dadurch', [['Anspruch 3', [3]]]],
  ['Vorrichtung nach einem der Ansprüche 1 bis 3, dadurch', [['Ansprüche 1 bis 3', [1, 2, 3]]]],
  ['Dispositif selon la revendication 2, dans lequel', [['revendication 2', [2]]]],
  ['根据权利要求1或2所述的装置', [['权利要求1或2', [1, 2]]]],
  ['請求項１に記載の装置', [['請求項１', [1]]]],
  ['The device according to claim 9, wherein', []],
  ['It claims nothing.', []],
];

describe('claimReferenceSpans', () => {
  it.each(CASES)('finds in %j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('says which number stands where in a list', () => {
    const text = 'The device of claims 1, 2 or 4 to 6, wherein';
    const [reference] = claimReferenceSpans(text, EARLIER);
    const parts = reference?.parts.map(({ span, numbers }) => [text.slice(span.start, span.end), numbers]);
    expect(parts).toEqual([
      ['1', [1]],
      ['2', [2]],
      ['4 to 6', [4, 5, 6]],
    ]);
  });

  it('means the same claims as the reading without places', () => {
    for (const [text] of CASES) {
      const numbers = new Set(claimReferenceSpans(text, EARLIER).flatMap((reference) => reference.numbers));
      expect([...numbers].sort((a, b) => a - b)).toEqual(claimReferences(text, EARLIER));
    }
  });

  it('finds nothing where there is no claim to refer to', () => {
    expect(claimReferenceSpans('according to claim 1', [])).toEqual([]);
  });
});
