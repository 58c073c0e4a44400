import { describe, expect, it } from 'vitest';
import type { MapPoint } from '../../../src/protocol/fidelity-view.ts';
import { MARGIN, nearestTo, nextInDirection, placePoints } from './layout.ts';

const point = (id: string, pca: readonly [number, number], umap?: readonly [number, number]): MapPoint => ({
  id,
  file: 'a.jsonl',
  span: { start: 0, end: 1 },
  title: id,
  kind: 'real',
  labels: [],
  pca,
  ...(umap ? { umap } : {}),
});
const FRAME = { width: 200, height: 100 };

describe('placePoints', () => {
  it('fits the points into the frame with one scale for both axes, up being up', () => {
    const placed = placePoints([point('a', [0, 0]), point('b', [4, 1]), point('c', [2, 2])], 'pca', FRAME);
    const scale = (FRAME.height - 2 * MARGIN) / 2;
    expect(placed.map(({ x, y }) => [x, y])).toEqual([
      [100 - 2 * scale, FRAME.height - MARGIN],
      [100 + 2 * scale, 50],
      [100, MARGIN],
    ]);
  });

  it('leaves out what a projection lacks, and puts a single point in the middle', () => {
    const placed = placePoints([point('a', [0, 0]), point('b', [9, 9], [3, 3])], 'umap', FRAME);
    expect(placed.map(({ point: { id }, index, x, y }) => [id, index, x, y])).toEqual([['b', 1, 100, 50]]);
  });
});

describe('finding points', () => {
  const cross = placePoints(
    [
      point('middle', [0, 0]),
      point('right', [2, 0]),
      point('up', [0, 2]),
      point('far', [4, 1]),
      point('twin', [0, 0]),
    ],
    'pca',
    FRAME,
  );
  const named = (name: string) => cross.find(({ point: { id } }) => id === name) ?? cross[0];

  it('takes the nearest within reach', () => {
    const right = named('right');
    expect(nearestTo(cross, (right?.x ?? 0) + 3, right?.y ?? 0, 10)?.point.id).toBe('right');
    expect(nearestTo(cross, (right?.x ?? 0) + 3, right?.y ?? 0, 2)).toBeUndefined();
  });

  it.each([
    ['middle', 'right', 'twin'],
    ['twin', 'right', 'right'],
    ['right', 'right', 'far'],
    ['right', 'left', 'middle'],
    ['middle', 'up', 'up'],
    ['up', 'up', undefined],
  ] as const)('from %s to the %s comes %s', (from, direction, to) => {
    const start = named(from);
    expect(start && nextInDirection(cross, start, direction)?.point.id).toBe(to);
  });
});
