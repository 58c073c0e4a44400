/** The learning rate over a training, the batches of an epoch, and the flat layout of the parameters. */
import { describe, expect, it } from 'vitest';
import { batchesOf, bucketLengths, heaviest } from './batches.ts';
import { layoutOf, startValues, valuesOf } from './parameters.ts';
import { rateAt, type Schedule } from './schedule.ts';

describe('the learning rate', () => {
  const rates = (kind: Schedule['kind'], warmup: number, total: number): readonly number[] =>
    Array.from({ length: total }, (_, step) => rateAt({ kind, peak: 1, warmup }, step, total));

  it.each<{ kind: Schedule['kind']; expected: readonly number[] }>([
    { kind: 'constant', expected: [0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1] },
    { kind: 'linear', expected: [0.5, 1, 1, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125] },
    {
      kind: 'cosine',
      expected: [0.5, 1, ...[0, 1, 2, 3, 4, 5, 6, 7].map((i) => (1 + Math.cos((Math.PI * i) / 8)) / 2)],
    },
  ])('rises and then goes $kind', ({ kind, expected }) => {
    rates(kind, 0.2, 10).forEach((rate, step) => expect(rate).toBeCloseTo(expected[step] ?? Number.NaN, 12));
  });

  it('is never 0 or above its peak, whatever the length', () => {
    for (const total of [1, 2, 3, 50]) {
      for (const rate of rates('linear', 0.1, total)) {
        expect(rate).toBeGreaterThan(0);
        expect(rate).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe('batches', () => {
  const lengths = Array.from({ length: 53 }, (_, i) => 3 + ((i * 37) % 250));
  const buckets = bucketLengths(256);

  it('hold every text once, none longer than its bucket or in a longer one than it needs', () => {
    const batches = batchesOf(lengths, buckets, 8, 1, 0);
    expect(batches.flatMap(({ texts }) => texts).sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
    for (const { length, texts } of batches) {
      expect(texts.length).toBeLessThanOrEqual(8);
      for (const text of texts) expect(buckets.find((bucket) => (lengths[text] ?? 0) <= bucket)).toBe(length);
    }
    // At most one batch a bucket is not full.
    expect(batches.filter(({ texts }) => texts.length < 8).length).toBeLessThanOrEqual(buckets.length);
  });

  it('are the same for the same seed and epoch, and others for another', () => {
    const of = (seed: number, epoch: number) => batchesOf(lengths, buckets, 8, seed, epoch);
    expect(of(1, 0)).toEqual(of(1, 0));
    expect(of(1, 1)).not.toEqual(of(1, 0));
    expect(of(2, 0)).not.toEqual(of(1, 0));
  });

  it('the heaviest step is the one with the longest and fullest batch', () => {
    const batch = (length: number, ...texts: readonly number[]) => ({ length, texts });
    const plan = [
      [[batch(64, 1, 2, 3), batch(128, 4)], [batch(64, 5, 6, 7)]],
      [[batch(64, 1)], [batch(64, 2), batch(128, 3, 4)], [batch(128, 5, 6)]],
    ];
    expect(heaviest(plan)).toEqual({ epoch: 1, batches: [batch(64, 2), batch(128, 3, 4)] });
    expect(heaviest([[], []])).toEqual({ epoch: 0, batches: [] });
  });

  it('have few lengths', () => {
    expect(bucketLengths(512)).toEqual([64, 128, 256, 512]);
    expect(bucketLengths(300)).toEqual([64, 128, 256, 300]);
    // A text of any length is padded to less than twice that.
    expect(bucketLengths(8192)).toEqual([64, 128, 256, 512, 1024, 2048, 4096, 8192]);
    expect(bucketLengths(64)).toEqual([64]);
  });
});

describe('the layout', () => {
  it('puts what decays first, and every parameter in its place', () => {
    const parameters = [
      { name: 'shift', shape: [2], start: Float32Array.of(1, 2) },
      { name: 'matrix', shape: [2, 2], start: Float32Array.of(3, 4, 5, 6) },
      { name: 'row', shape: [1, 3], start: Float32Array.of(7, 8, 9) },
    ];
    const layout = layoutOf(parameters);
    expect(layout).toMatchObject({ size: 9, decayed: 7 });
    const flat = startValues(layout, parameters);
    for (const { name, start } of parameters) expect(valuesOf(flat, layout, name)).toEqual(start);
    expect(() => valuesOf(flat, layout, 'none')).toThrow('no parameter none');
  });

  it('of vectors alone decays nothing', () => {
    expect(layoutOf([{ name: 'shift', shape: [2], start: new Float32Array(2) }]).decayed).toBe(0);
  });
});
