import { expect, it } from 'vitest';
import type { DocumentFidelity } from '../../protocol/fidelity.ts';
import { movedFidelity } from './moved.ts';

const place = (start: number) => ({ id: 'a', file: '/a.jsonl', span: { start, end: start + 5 }, title: '' });
const run = (start: number) => ({
  words: 9,
  span: { start, end: start + 4 },
  otherSpan: { start: 70, end: 74 },
  passage: '',
});
const fidelity: DocumentFidelity = {
  document: {
    ...place(100),
    labels: [],
    nearest: { ...place(60), similarity: 0.5, isParent: false },
    distanceRank: 1,
    distanceShare: null,
    copied: { ...run(110), from: place(60), isParent: false },
    overlap: 0,
    offences: [],
  },
  index: 1,
  realNearest: null,
  comparison: {
    own: '',
    nearest: '',
    shared: [{ ...run(120), ownRange: { start: 1, end: 2 }, nearestRange: { start: 3, end: 4 } }],
  },
};

it('moves what stands in the record’s own file, and nothing of the other', () => {
  const moved = movedFidelity(fidelity, 107);
  expect([moved.document.span.start, moved.document.copied?.span.start]).toEqual([107, 117]);
  expect(moved.document.copied?.otherSpan.start).toBe(70);
  expect(moved.document.nearest?.span.start).toBe(60);
  expect(moved.comparison?.shared[0]).toMatchObject({ span: { start: 127 }, ownRange: { start: 1 } });
});

it('leaves what has not moved as it is', () => {
  expect(movedFidelity(fidelity, 100)).toBe(fidelity);
});
