/** Masking changes the matched spans and nothing else, and knows the way back. */
import { describe, expect, it } from 'vitest';
import { readOne } from '../patent/testing/reading.ts';
import { Random } from '../random.ts';
import { MASK_TOKEN, mask, maskPatent, maskTerms } from './mask.ts';
import { TermMatcher } from './terms/matcher.ts';

const matcher = new TermMatcher({
  labels: [
    { id: 'A', name: 'wheelchair', keywords: ['wheel'], allow: ['steering wheel'] },
    { id: 'B', name: 'steering' },
    { id: 'C', name: 'mask' },
  ],
});

describe('mask', () => {
  it.each([
    ['a wheel b', [[2, 7]], 'a [MASK] b'],
    [
      'abcdef',
      [
        [1, 3],
        [2, 4],
        [4, 5],
      ],
      'a[MASK]f',
    ],
    [
      'abc',
      [
        [0, 3],
        [1, 1],
      ],
      '[MASK]',
    ],
    [
      'abc',
      [
        [2, 9],
        [-4, 1],
      ],
      '[MASK]b[MASK]',
    ],
    ['abc', [], 'abc'],
  ])('%j %j', (text, spans, expected) => {
    const ranges = spans.map(([start = 0, end = 0]) => ({ start, end }));
    expect(mask(text, ranges).text).toBe(expected);
  });

  it('changes nothing else, and maps both ways', () => {
    const random = new Random(5);
    for (let round = 0; round < 500; round++) {
      const text = Array.from({ length: 30 }, () => String.fromCharCode(97 + random.integer(26))).join('');
      const spans = Array.from({ length: random.integer(6) }, () => {
        const start = random.integer(30);
        return { start, end: start + random.integer(5) };
      });
      const masked = mask(text, spans);
      expect(masked.spans.length).toBe(masked.tokens.length);
      masked.tokens.forEach((token, at) => {
        expect(masked.text.slice(token.start, token.end)).toBe(MASK_TOKEN);
        expect(masked.map.toSource(token)).toEqual(masked.spans[at]);
        expect(masked.inverse.toSource(masked.spans[at] ?? token)).toEqual(token);
      });
      for (let at = 0; at < masked.text.length; at++) {
        if (masked.tokens.some(({ start, end }) => start <= at && at < end)) continue;
        const back = masked.map.toSource({ start: at, end: at + 1 });
        expect(text.slice(back?.start, back?.end)).toBe(masked.text[at]);
        expect(masked.inverse.toSource(back ?? { start: 0, end: 0 })).toEqual({ start: at, end: at + 1 });
      }
      const covered = new Set(
        spans.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, by) => start + by)),
      );
      expect(masked.text.replaceAll(MASK_TOKEN, '')).toBe(
        [...text].filter((_, at) => !covered.has(at)).join(''),
      );
    }
  });
});

describe('maskTerms', () => {
  it.each([
    ['A wheel-chair.', 'A [MASK].'],
    ['the [MASK] and a mask', 'the [MASK] and a [MASK]'],
    // What a phrase exempted is seen once the rest of the phrase is masked.
    ['a steering wheel', 'a [MASK] [MASK]'],
    ['nothing', 'nothing'],
  ])('%j', (text, expected) => {
    const masked = maskTerms(text, matcher);
    expect(masked.text).toBe(expected);
    expect(maskTerms(masked.text, matcher).text).toBe(expected);
  });

  it('masks a short name inside a longer one of a label that is not asked for', () => {
    expect(maskTerms('a wheel chair', matcher, { labels: new Set([1]) }).text).toBe('a wheel chair');
    expect(maskTerms('a steering', matcher, { labels: new Set([1]), token: '<mask>' }).text).toBe('a <mask>');
  });
});

describe('maskPatent', () => {
  const source =
    '<us-patent-grant lang="EN" dtd-version="v4.5"><us-bibliographic-data-grant><publication-reference><document-id><country>US</country><doc-number>10000001</doc-number><kind>B2</kind><date>20200101</date></document-id></publication-reference><invention-title id="t">Fictitious wheel&#45;chair</invention-title></us-bibliographic-data-grant>' +
    '<abstract id="abstract"><p>A <b>wheel</b>\n chair &amp; a steer&#x69;ng device.</p></abstract>' +
    '<claims><claim id="c1" num="00001"><claim-text>1. A wheelchair.</claim-text></claim></claims></us-patent-grant>';

  it('keeps every passage mapped into the source', () => {
    const patent = readOne(source, 'fictitious.xml');
    const masked = maskPatent(patent, matcher);
    expect(masked.title?.text).toBe('Fictitious [MASK]');
    expect(masked.abstract?.text).toBe('A [MASK] & a [MASK] device.');
    expect(masked.claims[0]?.text).toBe('A [MASK].');
    const at = (text: string, part: string, from = 0): { start: number; end: number } => {
      const start = text.indexOf(part, from);
      return { start, end: start + part.length };
    };
    const abstract = masked.abstract;
    const shown = (start: number, end: number): string => {
      const span = abstract?.map.toSource({ start, end });
      return source.slice(span?.start, span?.end);
    };
    const first = at(abstract?.text ?? '', MASK_TOKEN);
    expect(shown(first.start, first.end)).toBe('wheel</b>\n chair');
    const second = at(abstract?.text ?? '', MASK_TOKEN, first.end);
    expect(shown(second.start, second.end)).toBe('steer&#x69;ng');
    const device = at(abstract?.text ?? '', 'device');
    expect(shown(device.start, device.end)).toBe('device');
    const ampersand = at(abstract?.text ?? '', '&');
    expect(shown(ampersand.start, ampersand.end)).toBe('&amp;');
    expect(maskPatent(masked, matcher)).toEqual(masked);
  });
});
