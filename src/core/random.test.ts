import { describe, expect, it } from 'vitest';
import { Random, seedWords } from './random.ts';

describe('Random', () => {
  it('gives the numbers of the published reference implementation of xoshiro128**', () => {
    const random = new Random([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, () => random.word())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('fills its state with splitmix64', () => {
    const [a, b, c, d] = seedWords(1234567);
    expect((BigInt(b) << 32n) | BigInt(a)).toBe(6457827717110365317n);
    expect((BigInt(d) << 32n) | BigInt(c)).toBe(3203168211198807973n);
  });

  it('repeats itself for one seed and differs for others, negative and large ones included', () => {
    const first = (seed: number) => new Random(seed).choiceWithReplacement(1_000_000, 8).join();
    const seeds = [0, 1, -1, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
    for (const seed of seeds) expect(first(seed)).toBe(first(seed));
    expect(new Set(seeds.map(first)).size).toBe(seeds.length);
  });

  it.each([0.5, Number.NaN, Infinity, 2 ** 53])('refuses the seed %s', (seed) => {
    expect(() => new Random(seed)).toThrow(RangeError);
  });

  it('refuses a state of zeros', () => {
    expect(() => new Random([0, 0, 0, 0])).toThrow(RangeError);
  });

  it('draws uniform numbers in [0, 1) with the right mean and variance', () => {
    const random = new Random(7);
    const draws = Array.from({ length: 20_000 }, () => random.uniform());
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThan(1);
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.01);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.003);
  });

  it('draws every integer below n equally often', () => {
    const random = new Random(11);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) {
      const drawn = random.integer(7);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(22.5); // 0.1 % of fair generators exceed this with 6 degrees of freedom.
  });

  it('draws without a gap at the largest n, where most words would otherwise be folded unevenly', () => {
    const random = new Random(3);
    const n = 3 * 2 ** 30;
    const upperThird = Array.from({ length: 6000 }, () => random.integer(n)).filter(
      (k) => k >= 2 ** 31,
    ).length;
    expect(Math.abs(upperThird / 6000 - 1 / 3)).toBeLessThan(0.03);
    expect(random.integer(1)).toBe(0);
    expect(random.integer(2 ** 32)).toBeLessThan(2 ** 32);
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 32 + 1])('refuses to choose among %s', (n) => {
    expect(() => new Random(1).integer(n)).toThrow(RangeError);
  });

  it('shuffles in place, keeps every item, and reaches every order equally often', () => {
    const random = new Random(5);
    const items = [1, 2, 3];
    expect(random.shuffle(items)).toBe(items);
    expect([...items].sort()).toEqual([1, 2, 3]);
    const orders = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = random.shuffle(Uint8Array.of(1, 2, 3)).join('');
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(6);
    for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(130);
    expect(random.shuffle([])).toEqual([]);
  });

  it('chooses with replacement', () => {
    const drawn = new Random(9).choiceWithReplacement(3, 50);
    expect(drawn).toHaveLength(50);
    expect(new Set(drawn)).toEqual(new Set([0, 1, 2]));
    expect(new Random(9).choiceWithReplacement(3, 0)).toHaveLength(0);
    expect(() => new Random(9).choiceWithReplacement(3, -1)).toThrow(RangeError);
  });
});
