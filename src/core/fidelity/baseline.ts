/** Real against real: what a figure comes to between two random halves of the real documents (METHODS 3). */
import { quantile } from '../metrics/bootstrap.ts';
import { Random } from '../random.ts';
import { FEWEST_HALF, SPLITS } from './limits.ts';
import type { Baseline } from './scores.ts';

export interface Split {
  /** Positions of real documents; no document is in both. */
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  /** As many synthetic documents, to be measured at the same size. */
  readonly synthetic: Uint32Array;
}

/**
 * Random splits of `real` documents into two parts as large as they can be, no larger than the number of synthetic ones;
 * none where the parts would be too small to say anything.
 */
export function splitHalves(real: number, synthetic: number, seed: number, splits = SPLITS): Split[] {
  const size = Math.min(Math.floor(real / 2), synthetic);
  if (size < FEWEST_HALF) return [];
  const random = new Random(seed);
  const shuffled = (count: number): Uint32Array =>
    random.shuffle(Uint32Array.from({ length: count }, (_, row) => row));
  return Array.from({ length: splits }, () => {
    const order = shuffled(real);
    return {
      first: order.slice(0, size),
      second: order.slice(size, 2 * size),
      synthetic: shuffled(synthetic).slice(0, size),
    };
  });
}

/** @param sameSize whether the figure beside it was measured on as many documents. */
export function baselineOf(values: readonly number[], size: number, sameSize: boolean): Baseline | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  return {
    median: quantile(sorted, 0.5),
    low: quantile(sorted, 0),
    high: quantile(sorted, 1),
    splits: values.length,
    size,
    sameSize,
  };
}

export const medianOf = (values: readonly number[]): number =>
  quantile(Float64Array.from(values).sort(), 0.5);
