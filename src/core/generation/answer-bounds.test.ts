/** Answers that end within their tokens, and what is made of texts that a grammar ended. */
import { describe, expect, it } from 'vitest';
import { answerBounds } from './answer-bounds.ts';
import { withoutCutTexts } from './answer/cut-texts.ts';
import { judge } from './answer/judge.ts';
import type { JsonAnswer } from './answer/read-json.ts';
import { LENGTHS } from './plan.ts';
import { GOOD, SLOT } from './testing/answers.ts';
import { tokenRoom } from './token-room.ts';

describe('the longest answer that its bounds allow', () => {
  it.each([400, 819, 1500, 4096, 32_768])('fits %i tokens', (tokens) => {
    for (const length of LENGTHS) {
      for (const withDescription of [false, true]) {
        const { title, abstract, claim, claims, description } = answerBounds(length, withDescription, tokens);
        const characters =
          title.most + abstract.most + claim.most * claims.most + (description?.most ?? 0) + 100;
        expect(characters / 3.5).toBeLessThanOrEqual(tokens);
        expect(claims.most).toBeGreaterThanOrEqual(claims.least);
        expect(claims.most).toBeGreaterThanOrEqual(tokens > 400 || !withDescription ? 2 : 1);
      }
    }
  });

  it('is no shorter than real patents where there are tokens', () => {
    const { abstract, claim, claims } = answerBounds('long', false, 16_000);
    expect([abstract.most, claims.most]).toEqual([3000, 14]);
    expect(claim.most).toBeGreaterThan(3000);
  });
});

describe('the tokens of a prompt and its answer', () => {
  it.each([
    [1500, undefined, { answer: 1500 }],
    [1500, 2048, { answer: 819, prompt: 1229 }],
    [400, 2048, { answer: 400, prompt: 1648 }],
    [1500, 8192, { answer: 1500, prompt: 6692 }],
  ])('%s of an answer in a context of %s', (maxTokens, context, room) => {
    expect(tokenRoom(maxTokens, context)).toEqual(room);
  });
});

const bounds = {
  title: { least: 1, most: 20 },
  abstract: { least: 1, most: 30 },
  claim: { least: 1, most: 25 },
  claims: { least: 1, most: 3 },
};
const answer = (changes: { title?: string; abstract?: string; claims?: readonly string[] }): JsonAnswer => {
  const { claims = ['A frame.'], ...rest } = changes;
  return {
    claims,
    rest: { title: 'A frame', abstract: 'A frame.', description: '', ...rest },
    cut: false,
    around: '',
  };
};
/** As long as a bound, and in the middle of something. */
const cut = (length: number): string => 'a wheel '.repeat(9).slice(0, length - 1) + 'x';

describe('a text that its grammar ended', () => {
  it.each<[string, JsonAnswer, object | undefined]>([
    ['nothing is cut', answer({}), { trimmed: false }],
    ['a bound that is met by a full stop', answer({ claims: [`${cut(24)}.`] }), { trimmed: false }],
    ['a longer text, which had no grammar', answer({ claims: [cut(40)] }), { trimmed: false }],
    ['a title', answer({ title: cut(20) }), undefined],
    ['the only sentence of an abstract', answer({ abstract: cut(30) }), undefined],
    [
      'the second sentence',
      answer({ abstract: `It folds. ${cut(20)}` }),
      { trimmed: true, rest: { abstract: 'It folds.' } },
    ],
    ['the first claim', answer({ claims: [cut(25), 'A frame.'] }), undefined],
    [
      'a later claim',
      answer({ claims: ['A frame.', cut(25), 'B.'] }),
      { trimmed: true, claims: ['A frame.'] },
    ],
  ])('%s', (_what, given, expected) => {
    const result = withoutCutTexts(given, bounds);
    if (expected === undefined) expect(result).toBeUndefined();
    else expect(result).toMatchObject(expected);
  });

  it('is left out of the document, with a note', () => {
    const most = answerBounds('short', false, 500).claim.most;
    const text = JSON.stringify({ ...GOOD, claims: [...GOOD.claims, cut(most).padEnd(most, 'x')] });
    const judged = judge(
      {
        answer: { text, finish: 'stop' },
        slot: SLOT,
        plan: { language: 'en' },
        bounds: answerBounds('short', false, 500),
      },
      { check: () => ({ notes: [] }) },
    );
    expect(judged).toMatchObject({
      kind: 'accepted',
      draft: { claims: GOOD.claims },
      notes: [{ kind: 'truncated-repaired' }],
    });
  });
});
