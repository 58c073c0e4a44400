import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compareCorrelations, correlation } from './correlation.ts';

const one = z.object({ r: z.number(), low: z.number(), high: z.number() });
const { correlations } = z
  .object({
    correlations: z.object({
      x: z.array(z.number()),
      y: z.array(z.number()),
      whole: one,
      reversed: one,
      z: z.number(),
      p: z.number(),
    }),
  })
  .parse(JSON.parse(readFileSync(new URL('../fidelity/testing/reference.json', import.meta.url), 'utf8')));

describe('correlation', () => {
  const { x, y, whole, reversed } = correlations;
  const first = correlation(x, y);
  const second = correlation(
    x.slice(0, 7),
    y.slice(0, 7).map((value) => -value),
  );

  it('agrees with numpy, with its interval', () => {
    expect(first?.n).toBe(12);
    for (const [found, stored] of [
      [first, whole],
      [second, reversed],
    ] as const) {
      expect(found?.r).toBeCloseTo(stored.r, 12);
      expect(found?.low).toBeCloseTo(stored.low, 12);
      expect(found?.high).toBeCloseTo(stored.high, 12);
    }
  });

  it('compares two', () => {
    if (!first || !second) throw new Error('both are defined');
    const { z, p } = compareCorrelations(first, second);
    expect(z).toBeCloseTo(correlations.z, 12);
    expect(p / correlations.p).toBeCloseTo(1, 9);
    expect(compareCorrelations(first, first)).toEqual({ z: 0, p: 1 });
  });

  it.each([
    { what: 'three pairs', x: [1, 2, 3], y: [1, 2, 4] },
    { what: 'one that never varies', x: [1, 1, 1, 1], y: [1, 2, 3, 4] },
  ])('is not told for $what', ({ x: a, y: b }) => {
    expect(correlation(a, b)).toBeUndefined();
  });

  it('needs pairs', () => {
    expect(() => correlation([1, 2], [1])).toThrow('2 and 1 numbers make no pairs');
  });
});
