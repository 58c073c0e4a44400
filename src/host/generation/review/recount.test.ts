import { expect, it } from 'vitest';
import { recounted } from './recount.ts';

const label = (id: string, count: number, synthetic: number) => ({
  id,
  name: id,
  aliases: [],
  keywords: [],
  count,
  synthetic,
  deficit: Math.max(0, 5 - count),
});
const summary = {
  taxonomy: { path: '/w/taxonomy.json', name: 'Aids', labels: [label('a', 4, 1), label('b', 2, 0)] },
  documents: 6,
};

it.each([
  ['accepted', null, 'accepted', 1],
  ['accepted', 'accepted', 'rejected', -1],
  ['accepted', null, 'rejected', 0],
  ['all', null, 'rejected', -1],
  ['all', 'rejected', null, 1],
  ['all', null, 'accepted', 0],
  ['none', null, 'accepted', 0],
] as const)('use %s, from %s to %s: %i', (use, before, after, change) => {
  const { taxonomy, documents } = recounted(summary, [{ labels: ['a'], before, after }], use, 5);
  expect(documents).toBe(6 + change);
  expect(taxonomy?.labels).toEqual([label('a', 4 + change, 1 + change), label('b', 2, 0)]);
});

it('adds up, and knows a taxonomy that is not there', () => {
  const judged = [
    { labels: ['a', 'b'], before: null, after: 'accepted' },
    { labels: ['b'], before: null, after: 'accepted' },
  ] as const;
  expect(recounted(summary, judged, 'accepted', 5).taxonomy?.labels).toEqual([
    label('a', 5, 2),
    label('b', 4, 2),
  ]);
  expect(recounted({ documents: 6 }, judged, 'accepted', 5)).toEqual({ documents: 6 });
});
