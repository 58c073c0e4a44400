import { describe, expect, it } from 'vitest';
import { counts, formatReview, parseReviews } from './synthetic-review.ts';

const at = '2026-01-01T00:00:00Z';

describe('verdicts on synthetic documents', () => {
  it('are read with the last one winning, and can be taken back', () => {
    const text = [
      { id: 'a', verdict: 'accepted' as const, at },
      { id: 'b', verdict: 'rejected' as const, at },
      { id: 'a', verdict: 'rejected' as const, at },
      { id: 'b', verdict: null, at },
    ]
      .map(formatReview)
      .join('');
    expect([...parseReviews(text, 'review.jsonl').verdicts]).toEqual([['a', 'rejected']]);
  });

  it('lose only the line that was cut off', () => {
    const { verdicts, problems } = parseReviews(
      `${formatReview({ id: 'a', verdict: 'accepted', at })}{"id":"b","verd`,
      'review.jsonl',
    );
    expect([...verdicts]).toEqual([['a', 'accepted']]);
    expect(problems.map(({ code, place }) => [code, place?.line])).toEqual([['record-malformed', 2]]);
  });
});

it.each([
  ['none', undefined, false],
  ['accepted', undefined, false],
  ['accepted', 'rejected', false],
  ['accepted', 'accepted', true],
  ['all', 'rejected', false],
  ['all', undefined, true],
] as const)('synthetic documents with use %s and verdict %s count: %s', (use, verdict, expected) => {
  expect(counts(use, verdict)).toBe(expected);
});
