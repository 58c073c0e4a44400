import { describe, expect, it } from 'vitest';
import { OffsetMap } from '../text/offset-map.ts';
import { GapCollector } from './gaps.ts';
import { numberedClaims } from './numbered-claims.ts';

function split(text: string): { claims: Record<number, string>; gaps: string[] } {
  const gaps = new GapCollector();
  const claims = numberedClaims({ text, map: OffsetMap.identity(text.length) }, gaps);
  return {
    claims: Object.fromEntries(claims.map((claim) => [claim.number, claim.text.text])),
    gaps: gaps.list().map(({ message }) => message),
  };
}

describe('numberedClaims', () => {
  it.each([
    [
      'one a line',
      '1. A chair.\n2. The chair of claim 1.',
      { 1: '1. A chair.', 2: '2. The chair of claim 1.' },
    ],
    [
      'one behind the other',
      '1. A chair. 2. The chair of claim 1.',
      { 1: '1. A chair.', 2: '2. The chair of claim 1.' },
    ],
    ['brackets', '1) A chair\n2) A bed', { 1: '1) A chair', 2: '2) A bed' }],
    [
      'a first claim without number',
      'A chair. 2. The chair of claim 1.',
      { 1: 'A chair.', 2: '2. The chair of claim 1.' },
    ],
    [
      'the heading on the line of the first',
      'Claims 1. A chair. 2. A bed.',
      { 1: '1. A chair.', 2: '2. A bed.' },
    ],
    ['a single claim without number', 'A chair.', { 1: 'A chair.' }],
    [
      'numbers inside a claim',
      '1. A chair with 2. 5 wheels\n3. legs\n2. A bed',
      { 1: '1. A chair with 2. 5 wheels\n3. legs', 2: '2. A bed' },
    ],
    [
      'a part of a set',
      '5. The chair of claim 1.\n6. A bed',
      { 5: '5. The chair of claim 1.', 6: '6. A bed' },
    ],
    [
      'numbers as China and Japan print them',
      '1、一种轮椅。\n2、根据权利要求1所述的轮椅。\n３．座椅。',
      { 1: '1、一种轮椅。', 2: '2、根据权利要求1所述的轮椅。', 3: '３．座椅。' },
    ],
    [
      'parts on lines',
      '1. A chair:\na seat;\na back.\n2. A bed',
      { 1: '1. A chair:\na seat;\na back.', 2: '2. A bed' },
    ],
  ])('%s', (_, text, expected) => {
    expect(split(text).claims).toEqual(expected);
  });

  it('says what it leaves out', () => {
    expect(split('In the claims\n1. A chair.')).toEqual({
      claims: { 1: '1. A chair.' },
      gaps: ['Text before claim 1 belongs to no claim and was left out.'],
    });
  });
});
