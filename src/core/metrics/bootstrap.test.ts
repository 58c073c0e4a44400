import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { bootstrapInterval, bootstrapIntervals, quantile, RowResampler } from './bootstrap.ts';
import { mean, weightedMean } from './row-weights.ts';
import { expectClose } from './testing/close.ts';

const total = (weights: Uint32Array) => weights.reduce((sum, weight) => sum + weight, 0);

describe('bootstrap', () => {
  it('draws as many documents as there are', () => {
    const resampler = new RowResampler(50);
    const weights = new Uint32Array(50).fill(9);
    resampler.draw(new Random(1), weights);
    expect(total(weights)).toBe(50);
    expect(new Set(weights).size).toBeGreaterThan(2);
  });

  it('draws groups whole, as many as there are', () => {
    const groups = ['a', 'b', 'a', 'c', 'b', 'a'];
    const resampler = new RowResampler(6, groups);
    expect(resampler.units).toBe(3);
    const random = new Random(2);
    const sizes = new Set<number>();
    for (let draw = 0; draw < 200; draw++) {
      const weights = new Uint32Array(6);
      resampler.draw(random, weights);
      const [a, b, , c] = weights;
      expect([...weights]).toEqual([a, b, a, c, b, a]);
      expect((a ?? 0) + (b ?? 0) + (c ?? 0)).toBe(3);
      sizes.add(total(weights));
    }
    expect(sizes).toEqual(new Set([3, 4, 5, 6, 7, 8, 9]));
  });

  it('agrees with the normal interval of a mean', () => {
    const random = new Random(3);
    const values = Float64Array.from({ length: 400 }, () => random.uniform());
    const value = mean(values);
    const deviation = Math.sqrt(mean(values.map((one) => (one - value) ** 2)) / 400);
    const interval = bootstrapInterval(400, (weights) => weightedMean(values, weights), { resamples: 4000 });
    expect(interval.value).toBe(value);
    expect(Math.abs(interval.low - (value - 1.96 * deviation))).toBeLessThan(0.15 * deviation);
    expect(Math.abs(interval.high - (value + 1.96 * deviation))).toBeLessThan(0.15 * deviation);
  });

  it('repeats with the seed, and differs without', () => {
    const values = Float64Array.from({ length: 30 }, (_, row) => row);
    const run = (seed: number) => bootstrapInterval(30, (weights) => weightedMean(values, weights), { seed });
    expect(run(5)).toEqual(run(5));
    expect(run(5)).not.toEqual(run(6));
  });

  it('shows several statistics the same resamples', () => {
    const values = Float64Array.from({ length: 30 }, (_, row) => row);
    const statistic = (weights: Uint32Array) => weightedMean(values, weights);
    const both = bootstrapIntervals(30, (weights) => ({
      one: statistic(weights),
      twice: 2 * statistic(weights),
    }));
    expect(both.one).toEqual(bootstrapInterval(30, statistic));
    expect(both.twice.low).toBe(2 * both.one.low);
  });

  it('is wider when copies are known to be copies', () => {
    const random = new Random(4);
    const values = Float64Array.from({ length: 100 }, () => random.uniform());
    const fivefold = Float64Array.from({ length: 500 }, (_, row) => values[Math.floor(row / 5)] ?? 0);
    const groups = Array.from(fivefold, (_, row) => Math.floor(row / 5));
    const width = (options: { groups?: number[] }) => {
      const { low, high } = bootstrapInterval(500, (weights) => weightedMean(fivefold, weights), options);
      return high - low;
    };
    const ratio = width({ groups }) / width({});
    expect(Math.abs(ratio - Math.sqrt(5))).toBeLessThan(0.25);
  });

  it('with one document or one group has no width', () => {
    const one = bootstrapInterval(1, () => 3);
    expect(one).toEqual({ value: 3, low: 3, high: 3 });
    const values = Float64Array.of(1, 2, 3);
    const grouped = bootstrapInterval(3, (weights) => weightedMean(values, weights), {
      groups: ['f', 'f', 'f'],
    });
    expect(grouped).toEqual({ value: 2, low: 2, high: 2 });
  });

  it('narrows with the level', () => {
    const values = Float64Array.from({ length: 30 }, (_, row) => row);
    const at = (level: number) =>
      bootstrapInterval(30, (weights) => weightedMean(values, weights), { level });
    expect(at(0.5).low).toBeGreaterThan(at(0.99).low);
    expect(at(0.5).high).toBeLessThan(at(0.99).high);
  });

  it.each([
    ['no resamples', { resamples: 0 }],
    ['half a resample', { resamples: 1.5 }],
    ['a level of 1', { level: 1 }],
    ['a level that is not a number', { level: Number.NaN }],
    ['too few groups', { groups: ['a'] }],
    ['a seed that is not a whole number', { seed: 0.5 }],
  ])('refuses %s', (_, options) => {
    expect(() => bootstrapInterval(2, () => 0, options)).toThrow(RangeError);
  });

  it('refuses to resample nothing', () => {
    expect(() => bootstrapInterval(0, () => 0)).toThrow(RangeError);
  });
});

describe('quantile', () => {
  it.each([
    { sorted: [1, 2, 3, 4], q: 0.25, expected: 1.75 },
    { sorted: [1, 2, 3, 4], q: 0, expected: 1 },
    { sorted: [1, 2, 3, 4], q: 1, expected: 4 },
    { sorted: [1, 2, 4], q: 0.5, expected: 2 },
    { sorted: [7], q: 0.3, expected: 7 },
  ])('$q of $sorted as numpy', ({ sorted, q, expected }) => {
    expectClose(quantile(Float64Array.from(sorted), q), expected);
  });
});

describe('weighted mean', () => {
  it('counts each value as often as its weight says', () => {
    expect(weightedMean(Float64Array.of(1, 2, 6), Uint32Array.of(4, 0, 1))).toBe(2);
    expect(weightedMean(Float64Array.of(1, 2), Uint32Array.of(0, 0))).toBe(0);
    expect(() => weightedMean(Float64Array.of(1, 2), Uint32Array.of(1))).toThrow(RangeError);
  });
});
