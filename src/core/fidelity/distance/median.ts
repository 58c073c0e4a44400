/** The median distance of all pairs of documents, which sets the widths of the MMD kernels (METHODS 3). */
import { gemm } from '../../graph/build.ts';
import { doubles, result, type Compute } from '../../graph/compute.ts';
import { input } from '../../graph/tensor.ts';
import { Random } from '../../random.ts';
import { selectRows, type Embeddings } from '../embeddings.ts';
import type { Pause } from '../pace.ts';
import { centredRows, SINGLE_FROM, type CentredRows, type Precision } from './centred-rows.ts';
import { ranges, withGraphs } from './graphs.ts';
import { middlePair } from './select.ts';

/** More documents than this are sampled: two million pairs give the median to a thousandth. [ours] */
export const MEDIAN_SAMPLE = 2000;

/** Rows of a block. [ours] */
const ROWS = 500;

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
  const single = chosen.rows >= SINGLE_FROM && (await middleDistance(compute, chosen, 'float32', pause));
  const distance = single || (await middleDistance(compute, chosen, 'float64', pause)) || 0;
  return sampled ? { distance, sample: chosen.rows } : { distance };
}

/**
 * What a median must come to, in squares of the documents' mean distance from their middle, for the precision to hold it:
 * to 1e-6 in single precision; at all in double precision, in which a copy is at a distance that is not quite 0. Two
 * documents have a square of 2 on average.
 */
const HELD: Readonly<Record<Precision, number>> = { float32: 0.2, float64: 1e-12 };

/** Undefined where the precision does not hold it. */
async function middleDistance(
  compute: Compute,
  of: Embeddings,
  precision: Precision,
  pause: Pause,
): Promise<number | undefined> {
  const rows = centredRows([of], 1, precision);
  const squared = await pairwiseSquares(compute, rows, pause);
  await pause();
  const [low, high] = middlePair(squared);
  const spread = rows.halfSquares.reduce((total, half) => total + (2 * half) / of.rows, 0);
  return low > HELD[precision] * spread ? (Math.sqrt(low) + Math.sqrt(high)) / 2 : undefined;
}

/** Of every pair once. */
async function pairwiseSquares(
  compute: Compute,
  { data, halfSquares, width, precision }: CentredRows,
  pause: Pause,
): Promise<Float64Array> {
  const n = halfSquares.length;
  const squared = new Float64Array((n * (n - 1)) / 2);
  let next = 0;
  await withGraphs(compute, async (graphs) => {
    for (const [from, to] of ranges(n, ROWS)) {
      await pause();
      // With itself and with what lies behind; it was met from what lies before.
      const graph = await graphs.get([to - from, n - from], () => {
        const x = input('x', [to - from, width], precision);
        const y = input('y', [n - from, width], precision);
        return {
          name: `products ${to - from}x${n - from} of ${width}, ${precision}`,
          outputs: { product: gemm(x, y, { transB: true }) },
        };
      });
      const results = await graph.run({
        x: data.subarray(from * width, to * width),
        y: data.subarray(from * width),
      });
      const product = precision === 'float32' ? result(results, 'product') : doubles(results, 'product');
      for (let row = from; row < to; row++) {
        const own = halfSquares[row] ?? 0;
        const offset = (row - from) * (n - from) - from;
        for (let other = row + 1; other < n; other++) {
          squared[next++] = 2 * (own + (halfSquares[other] ?? 0) - (product[offset + other] ?? 0));
        }
      }
    }
  });
  return squared;
}

/** `count` different rows of `rows`, ascending. */
export function drawRows(rows: number, count: number, random: Random): Uint32Array {
  return random
    .shuffle(Uint32Array.from({ length: rows }, (_, row) => row))
    .slice(0, count)
    .sort();
}
