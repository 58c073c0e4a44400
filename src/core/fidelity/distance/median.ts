/** The median distance of all pairs of documents, which sets the widths of the MMD kernels (METHODS 3). */
import { gemm, multiply } from '../../graph/build.ts';
import { doubles, result, type Compute } from '../../graph/compute.ts';
import { input, scalar } from '../../graph/tensor.ts';
import { Random } from '../../random.ts';
import { selectRows, type Embeddings } from '../embeddings.ts';
import type { Pause } from '../pace.ts';
import { distanceFactors, SINGLE_FROM, type Factors, type Precision } from './factors.ts';
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
  const factors = distanceFactors([of], 1, precision);
  const squared = await pairwiseSquares(compute, factors, of.rows, pause);
  await pause();
  const [low, high] = middlePair(squared);
  // The last number of a row is minus half the square of its distance from the middle.
  let spread = 0;
  for (let row = 1; row <= of.rows; row++) spread -= (2 * (factors.right[row * factors.width - 1] ?? 0)) / of.rows;
  return low > HELD[precision] * spread ? (Math.sqrt(low) + Math.sqrt(high)) / 2 : undefined;
}

/** Of every pair once. */
async function pairwiseSquares(
  compute: Compute,
  { left, right, width, precision }: Factors,
  n: number,
  pause: Pause,
): Promise<Float64Array> {
  const squared = new Float64Array((n * (n - 1)) / 2);
  let next = 0;
  await withGraphs(compute, async (graphs) => {
    for (const [from, to] of ranges(n, ROWS)) {
      await pause();
      // The rest of the rows are those behind: what lies before was met from there.
      const graph = await graphs.get([to - from, n - from], () => {
        const x = input('x', [to - from, width], precision);
        const y = input('y', [n - from, width], precision);
        const halved = gemm(x, y, { transB: true });
        return {
          name: `distances ${to - from}x${n - from} of ${width}, ${precision}`,
          outputs: { squared: multiply(halved, scalar(-2, precision)) },
        };
      });
      const results = await graph.run({
        x: left.subarray(from * width, to * width),
        y: right.subarray(from * width),
      });
      const block = precision === 'float32' ? result(results, 'squared') : doubles(results, 'squared');
      for (let row = 0; row < to - from; row++) {
        const others = block.subarray(row * (n - from) + row + 1, (row + 1) * (n - from));
        squared.set(others, next);
        next += others.length;
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
