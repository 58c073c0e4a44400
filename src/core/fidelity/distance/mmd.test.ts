import { describe, expect, it } from 'vitest';
import { onnxCompute } from '../../../engine/onnx/compute.ts';
import { squaredDistance, type Embeddings } from '../embeddings.ts';
import { makeSet, type Making } from '../testing/sets.ts';
import { SINGLE_FROM } from './centred-rows.ts';
import { mmd } from './mmd.ts';

/** The definition, pair by pair in double precision. */
function slowly(real: Embeddings, synthetic: Embeddings, median: number): number {
  const kernel = (squared: number): number =>
    [0.5, 1, 2].reduce((total, times) => total + Math.exp(-squared / (2 * (times * median) ** 2)), 0);
  const meanOf = (a: Embeddings, b: Embeddings): number => {
    let [total, pairs] = [0, 0];
    for (let i = 0; i < a.rows; i++) {
      for (let j = 0; j < b.rows; j++) {
        if (a === b && i === j) continue;
        total += kernel(squaredDistance(a, i, b, j));
        pairs++;
      }
    }
    return total / pairs;
  };
  return meanOf(real, real) + meanOf(synthetic, synthetic) - 2 * meanOf(real, synthetic);
}

/** All rows nearer to one of the axes. */
const drawnTogether = ({ data, rows, dimension }: Embeddings, spread: number): Embeddings => ({
  data: data.map((value, at) => value * spread + (at % dimension === 1 ? 1 - spread : 0)),
  rows,
  dimension,
});

describe('MMD²', () => {
  it.each([
    { name: 'of few documents', count: 150, others: 130, shift: 0.05 },
    { name: 'of many', count: SINGLE_FROM, others: SINGLE_FROM + 7, shift: 0.05 },
    { name: 'of many that hardly differ', count: SINGLE_FROM, others: SINGLE_FROM, shift: 0.02 },
    {
      name: 'of many that lie close together',
      count: SINGLE_FROM,
      others: SINGLE_FROM,
      shift: 0.05,
      spread: 0.01,
    },
  ])('agrees with the definition $name', async ({ count, others, shift, spread = 1 }) => {
    const set = (making: Omit<Making, 'dimension'>): Embeddings =>
      drawnTogether(makeSet({ ...making, dimension: 24 }).embeddings, spread);
    const real = set({ count, seed: 1 });
    const synthetic = set({ count: others, seed: 2, shift });
    const found = await mmd(onnxCompute, real, synthetic, { seed: 1, permutations: 20 });
    const expected = slowly(real, synthetic, found?.medianDistance ?? 0);
    // A value that chance reaches easily is a difference of nearly equal means: then chance's own scale counts.
    const scale = Math.max(Math.abs(expected), found?.null95 ?? 0);
    expect(Math.abs((found?.value ?? 0) - expected) / scale).toBeLessThan(1e-6);
  });
});
