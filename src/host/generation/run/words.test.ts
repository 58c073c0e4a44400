import { describe, expect, it } from 'vitest';
import type { GenerationCounts, GenerationResult } from '../../../protocol/generation.ts';
import { english } from '../../l10n.ts';
import { costText, outcomeText, paceText, restText, runHeadline, statusText } from './words.ts';

const counts: GenerationCounts = {
  planned: 120,
  accepted: 39,
  rejected: 9,
  rejections: { truncated: 4, 'near-seed': 11 },
  failures: { 'model-rate-limited': 2 },
  answers: 54,
  promptTokens: 40_000,
  completionTokens: 18_120,
  uncounted: 0,
  cost: { kind: 'unknown', why: 'no-price' },
};

const state = {
  kind: 'state',
  counts,
  seconds: 60,
  inFlight: 3,
  concurrency: 4,
  tokensPerSecond: 34.12,
} as const;

it.each([
  [{ kind: 'unknown', why: 'no-price' } as const, 'cost unknown'],
  [{ kind: 'known', amount: 0.012345, currency: 'USD' } as const, '0.0123 USD'],
  [{ kind: 'known', amount: 0, currency: 'EUR' } as const, '0 EUR'],
])('cost %#', (cost, expected) => {
  expect(costText(cost, english)).toBe(expected);
});

it('sums a run up for a list', () => {
  expect(runHeadline({ run: 'bench-1', counts }, english)).toBe('bench-1: 39 of 120 documents, 9 given up');
  expect(runHeadline({ run: 'a', counts: { ...counts, rejected: 0 } }, english)).toBe(
    'a: 39 of 120 documents',
  );
});

it('says how fast it is', () => {
  expect(paceText(state, english)).toBe('34.1 tokens/s · 58,120 tokens · cost unknown');
  expect(paceText({ ...state, counts: { ...counts, uncounted: 2 } }, english)).toContain(
    '2 answers whose tokens',
  );
  expect(statusText(state, 120, english)).toBe('48/120 · 39 ✓ 9 ✗ · 34 tokens/s · cost unknown');
});

it.each([
  [10, undefined, undefined],
  [10, 0, undefined],
  [2, 4, 'less than a minute at this pace'],
  [117, 4, 'about 29 minutes at this pace'],
  [2400, 4, 'about 10 hours at this pace'],
])('%i more at %s a minute', (rest, pace, expected) => {
  expect(restText(rest, pace, english)).toBe(expected);
});

describe('outcomeText', () => {
  const result: GenerationResult = {
    summary: {
      run: 'one',
      folder: '/w/.patent-lab/runs/generation-one',
      file: '/w/synthetic/one.jsonl',
      model: { client: 'built-in', model: 'tiny' },
      strategy: 'conditioned',
      startedAt: '2026-05-04T09:12:00Z',
      counts,
      finished: false,
      running: false,
    },
    seconds: 60,
    accepted: ['a', 'b'],
    problems: [],
  };

  it('counts, with reasons', () => {
    expect(outcomeText(result, english)).toEqual({
      message:
        '39 of 120 documents written (2 in this run). Answers refused: too near to what it was shown 11, cut off 4. Requests that failed: model-rate-limited 2. 58,120 tokens; cost unknown.',
      warning: false,
    });
  });

  it.each([
    [{ kind: 'cancelled' } as const, 'Stopped with 72 missing.', false],
    [{ kind: 'budget', of: 'tokens' } as const, 'The token budget ended it with 72 missing.', false],
    [
      {
        kind: 'model',
        error: { code: 'model-unreachable', message: 'No answer.', remedy: 'Start it.' },
      } as const,
      'No answer. Start it. (72 missing.)',
      true,
    ],
  ])('says why it stopped: %j', (stopped, text, warning) => {
    const outcome = outcomeText({ ...result, stopped }, english);
    expect(outcome.message).toContain(text);
    expect(outcome.warning).toBe(warning);
  });
});
