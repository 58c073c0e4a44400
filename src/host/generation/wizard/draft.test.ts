import { describe, expect, it } from 'vitest';
import { planSchema } from '../../../core/generation/plan.ts';
import type { LabelSummary } from '../../../protocol/engine.ts';
import {
  byDeficit,
  documentsOf,
  freeName,
  newDraft,
  proposeParams,
  withChoices,
  withCount,
  withTokenBudget,
} from './draft.ts';

const MODEL = { client: 'built-in', model: 'tiny' } as const;
const plan = planSchema.parse({
  name: 'one',
  model: MODEL,
  strategy: 'conditioned',
  labelSets: [
    { labels: ['a'], count: 3 },
    { labels: ['a', 'b'], count: 2 },
  ],
});

const label = (id: string, count: number): LabelSummary => ({
  id,
  name: id,
  aliases: [],
  keywords: [],
  count,
  synthetic: 0,
  deficit: 0,
});

it('puts labels that lack most first', () => {
  const sorted = byDeficit([label('a', 9), label('b', 2), label('c', 30), label('d', 2)], 10);
  expect(sorted.map(({ id, deficit }) => `${id}${deficit}`)).toEqual(['b8', 'd8', 'a1', 'c0']);
});

describe('a draft', () => {
  const draft = {
    ...newDraft(['a'], 20),
    genres: ['claim-led' as const],
    labelInstruction: 'named' as const,
  };

  it('asks for a plan', () => {
    expect(proposeParams('/w', { ...draft, documents: 12 }, MODEL, 'one')).toEqual({
      root: '/w',
      strategy: 'conditioned',
      model: MODEL,
      name: 'one',
      targetCount: 20,
      labels: ['a'],
      times: 1,
      documents: 12,
    });
    expect(proposeParams('/w', draft, MODEL, 'one')).not.toHaveProperty('documents');
  });

  it('goes into the plan', () => {
    expect(withChoices(plan, draft)).toEqual({ ...plan, genres: ['claim-led'], labelInstruction: 'named' });
  });
});

it.each([
  [7, [3, 7]],
  [0, [3]],
])('changes a count to %i', (count, expected) => {
  const [, second] = plan.labelSets;
  if (!second) throw new Error('two sets');
  const changed = withCount(plan, second, count);
  expect(changed.labelSets.map((set) => set.count)).toEqual(expected);
  expect(documentsOf(changed)).toBe(expected.reduce((sum, one) => sum + one, 0));
});

it.each([
  [[], '2026-05-04'],
  [['2026-05-04'], '2026-05-04-2'],
  [['2026-05-04', '2026-05-04-2'], '2026-05-04-3'],
])('with %j there the name is %s', (taken, expected) => {
  expect(freeName('2026-05-04', new Set(taken))).toBe(expected);
});

it.each([
  [0, { documents: 9 }],
  [500, { documents: 9, tokens: 500 }],
])('a token budget of %i', (tokens, budget) => {
  const limited = { ...plan, budget: { documents: 9, tokens: 7 } };
  expect(withTokenBudget(limited, tokens).budget).toEqual(budget);
});
