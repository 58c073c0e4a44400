import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { broadcastAxes, broadcastIndices, broadcastShapes } from './broadcast.ts';
import { elementCount, type Shape } from './tensor.ts';

describe('broadcasting', () => {
  it.each([
    { a: [], b: [], both: [] },
    { a: [2, 3], b: [], both: [2, 3] },
    { a: [2, 3], b: [3], both: [2, 3] },
    { a: [2, 1], b: [1, 3], both: [2, 3] },
    { a: [4, 1, 3], b: [2, 1], both: [4, 2, 3] },
    { a: [1], b: [5, 1], both: [5, 1] },
    { a: [0, 3], b: [1, 3], both: [0, 3] },
    { a: [1], b: [0], both: [0] },
  ])('$a and $b meet in $both', ({ a, b, both }) => {
    expect(broadcastShapes(a, b)).toEqual(both);
    expect(broadcastShapes(b, a)).toEqual(both);
  });

  it.each([
    { a: [2, 3], b: [2] },
    { a: [2, 3], b: [3, 2] },
    { a: [0], b: [2] },
    { a: [2, 1, 3], b: [4, 2] },
  ])('$a and $b do not, and the error names both', ({ a, b }) => {
    const error = `shapes [${a.join(', ')}] and [${b.join(', ')}] do not broadcast`;
    expect(() => broadcastShapes(a, b)).toThrow(error);
  });

  it.each([
    { from: [2, 3], to: [2, 3], axes: [] },
    { from: [2, 3], to: [3], axes: [0] },
    { from: [2, 3], to: [], axes: [0, 1] },
    { from: [2, 3], to: [2, 1], axes: [1] },
    { from: [4, 2, 3], to: [1, 3], axes: [0, 1] },
    // An axis of size 1 that stays 1 was not repeated; a new leading one was made, even with size 1.
    { from: [2, 1], to: [2, 1], axes: [] },
    { from: [1, 3], to: [3], axes: [0] },
  ])('$from came from $to by repeating along the axes $axes', ({ from, to, axes }) => {
    expect(broadcastAxes(from, to)).toEqual(axes);
  });

  it('finds the element that stands in each place, as counting the places does', () => {
    const random = new Random(3);
    for (let trial = 0; trial < 200; trial++) {
      const target = Array.from({ length: random.integer(5) }, () => random.integer(4));
      const source = target
        .slice(random.integer(target.length + 1))
        .map((size) => (random.integer(2) === 0 ? 1 : size));
      expect([...broadcastIndices(source, target)]).toEqual(countedIndices(source, target));
    }
  });
});

/** For each place of `target`, the row-major index of the source's place with the repeated axes set to 0. */
function countedIndices(source: Shape, target: Shape): number[] {
  return Array.from({ length: elementCount(target) }, (_, flat) => {
    let rest = flat;
    const places = target.map(() => 0);
    for (let axis = target.length - 1; axis >= 0; axis--) {
      const size = target[axis] ?? 1;
      places[axis] = rest % size;
      rest = Math.floor(rest / size);
    }
    const own = places.slice(target.length - source.length);
    return own.reduce((index, place, axis) => {
      const size = source[axis] ?? 1;
      return index * size + (size === 1 ? 0 : place);
    }, 0);
  });
}
