/** The median distance of all pairs of documents, which sets the widths of the MMD kernels (METHODS 3). */
import type { Compute } from '../../graph/compute.ts';
import { Random } from '../../random.ts';
import { selectRows, type Embeddings } from '../embeddings.ts';
import type { Pause } from '../pace.ts';
import { centred, productWith } from './products.ts';
import { middlePair } from './select.ts';

/** More documents than this are sampled: two million pairs give the median to a thousandth. [ours] */
export const MEDIAN_SAMPLE = 2000;

export interface MedianDistance {
  readonly distance: number;
  /** Documents it was taken over, where those were not all. */
  readonly sample?: number;
}

/** Of at least two documents. */
export async function medianDistance(
  compute: Compute,
  of: Embeddings,
  seed: number,
  pause: Pause,
): Promise<MedianDistance> {
  const sampled = of.rows > MEDIAN_SAMPLE;
  const rows = sampled ? drawRows(of.rows, MEDIAN_SAMPLE, new Random(seed)) : undefined;
  const chosen = rows ? selectRows(of, rows) : of;
  const n = chosen.rows;
  const matrix = centred(chosen, new Float64Array(of.dimension));
  const gram = await productWith(compute, matrix, matrix);
  const squared = new Float64Array((n * (n - 1)) / 2);
  const at = (i: number, j: number): number => gram.data[i * n + j] ?? 0;
  let next = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      squared[next++] = Math.max(0, at(i, i) + at(j, j) - 2 * at(i, j));
    }
  }
  await pause();
  const [low, high] = middlePair(squared);
  const distance = (Math.sqrt(low) + Math.sqrt(high)) / 2;
  return sampled ? { distance, sample: n } : { distance };
}

/** `count` different rows of `rows`, ascending. */
export function drawRows(rows: number, count: number, random: Random): Uint32Array {
  return random
    .shuffle(Uint32Array.from({ length: rows }, (_, row) => row))
    .slice(0, count)
    .sort();
}
