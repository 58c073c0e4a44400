/**
 * Sums over the kernel matrix of two sets of embeddings, which is never held: each block of it is made inside a graph and
 * reduced there, to its row and column sums and to zᵀKz for every membership z at once. Blocks below the diagonal are those
 * above it.
 *
 * The kernel is that of MMD², three Gaussians of ½, 1 and 2 times the median distance, less its value at that distance.
 * MMD² does not change with a constant, and sums of small numbers of both signs lose fewer digits than sums of large
 * ones. It is a small difference of large means all the same, so that kernels and sums are in double precision.
 */
import { add, cast, exponential, gemm, multiply, subtract, sum } from '../../graph/build.ts';
import { doubles, type Compute } from '../../graph/compute.ts';
import { input, scalar, type Graph, type Tensor } from '../../graph/tensor.ts';
import type { Embeddings } from '../embeddings.ts';
import type { Pause } from '../pace.ts';
import { centredRows, SINGLE_FROM, type Precision } from './centred-rows.ts';
import { ranges, withGraphs } from './graphs.ts';

/** Rows of a block: its kernel values in double precision, 2 MB, stay in the cache of a core. [ours] */
const BLOCK = 512;
/** The three kernels at the median distance: what is taken off every value. */
const AT_MEDIAN = Math.exp(-1 / 8) + Math.exp(-1 / 2) + Math.exp(-2);
/** What is left of the three at distance 0. */
export const KERNEL_AT_ZERO = 3 - AT_MEDIAN;

export interface Memberships {
  /** `[documents, columns]`: 1 where a document counts as real. The first column is how they really are. */
  readonly data: Float32Array;
  readonly columns: number;
}

export interface KernelSums {
  /** Of each document's row of the kernel matrix, itself included. */
  readonly rows: Float64Array;
  /** zᵀKz for each membership z. */
  readonly within: Float64Array;
  /** Sums over the real pairs, the synthetic pairs and the mixed ones; pairs both ways, and each with itself. */
  readonly real: number;
  readonly synthetic: number;
  readonly mixed: number;
}

/** @param median distance of the real documents, above 0 */
export function kernelSums(
  compute: Compute,
  real: Embeddings,
  synthetic: Embeddings,
  median: number,
  { data: z, columns }: Memberships,
  pause: Pause,
): Promise<KernelSums> {
  const n = real.rows;
  const all = n + synthetic.rows;
  const precision: Precision = n < SINGLE_FROM || synthetic.rows < SINGLE_FROM ? 'float64' : 'float32';
  // The exponent of the widest kernel is −|x − y|²/8m² for the median m: half a square, scaled by 1/2m.
  const { data, halfSquares, width } = centredRows([real, synthetic], 1 / (2 * median), precision);
  // No block lies across the border of the two sets, so that each belongs to one of the three sums.
  const blocks = [
    ...ranges(n, BLOCK),
    ...ranges(synthetic.rows, BLOCK).map(([from, to]) => [from + n, to + n] as const),
  ];
  const rows = new Float64Array(all);
  const within = new Float64Array(columns);
  const totals = { real: 0, synthetic: 0, mixed: 0 };
  return withGraphs(compute, async (graphs) => {
    for (const [index, first] of blocks.entries()) {
      for (const second of blocks.slice(index)) {
        await pause();
        const [from, to] = first;
        const [other, end] = second;
        const graph = await graphs.get([to - from, end - other], () =>
          blockGraph({ rows: to - from, columns: end - other, width, memberships: columns, precision }),
        );
        const results = await graph.run({
          x: data.subarray(from * width, to * width),
          y: data.subarray(other * width, end * width),
          nx: halfSquares.subarray(from, to),
          ny: halfSquares.subarray(other, end),
          zx: z.subarray(from * columns, to * columns),
          zy: z.subarray(other * columns, end * columns),
        });
        const rowSums = doubles(results, 'rows');
        // A block off the diagonal stands for its mirror image too.
        const twice = first === second ? 1 : 2;
        addTo(within, doubles(results, 'within'), 0, twice);
        addTo(rows, rowSums, from, 1);
        if (twice === 2) addTo(rows, doubles(results, 'columns'), other, 1);
        let total = 0;
        for (const value of rowSums) total += value;
        if (from >= n) totals.synthetic += twice * total;
        else if (other < n) totals.real += twice * total;
        else totals.mixed += total;
      }
    }
    return { rows, within, ...totals };
  });
}

interface BlockShape {
  readonly rows: number;
  readonly columns: number;
  readonly width: number;
  readonly memberships: number;
  readonly precision: Precision;
}

function blockGraph({ rows, columns, width, memberships, precision }: BlockShape): Graph {
  const [x, y] = [input('x', [rows, width], precision), input('y', [columns, width], precision)];
  const [nx, ny] = [input('nx', [rows, 1], 'float64'), input('ny', [1, columns], 'float64')];
  const product = cast(gemm(x, y, { transB: true }), 'float64');
  const exponent = subtract(subtract(product, nx), ny);
  // Widths in the ratio 1 : 2 : 4 are powers of one another: exp(−d²/2σ²) at 2s, to the 4th at s, to the 16th at s/2.
  const widest = exponential(exponent);
  const middle = squareOf(squareOf(widest));
  const three = add(add(widest, middle), squareOf(squareOf(middle)));
  const kernel = subtract(three, scalar(AT_MEDIAN, 'float64'));
  const [zx, zy] = [input('zx', [rows, memberships]), input('zy', [columns, memberships])];
  // Memberships are compared among themselves alone, so that their products are in single precision always.
  const reached = multiply(zx, gemm(cast(kernel, 'float32'), zy));
  return {
    name: `kernel ${rows}x${columns} of ${width}, ${memberships} memberships, ${precision}`,
    outputs: {
      rows: sum(kernel, [1]),
      columns: sum(kernel, [0]),
      within: sum(cast(reached, 'float64'), [0]),
    },
  };
}

const squareOf = (x: Tensor): Tensor => multiply(x, x);

function addTo(total: Float64Array, part: Float64Array, at: number, times: number): void {
  for (let i = 0; i < part.length; i++) total[at + i] = (total[at + i] ?? 0) + times * (part[i] ?? 0);
}
