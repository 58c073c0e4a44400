import { expect, it } from 'vitest';
import { reverted } from './history.ts';

it('brings back different verdicts with one call each', () => {
  const before = [
    { id: 'a', verdict: null },
    { id: 'b', verdict: 'accepted' },
    { id: 'c', verdict: null },
  ] as const;
  expect(reverted({ before })).toEqual([
    { ids: ['a', 'c'], verdict: null },
    { ids: ['b'], verdict: 'accepted' },
  ]);
});
