/**
 * MMD² between two sets of embeddings (Gretton et al. 2012, METHODS 3): the unbiased estimate with the sum of three
 * Gaussian kernels, of ½, 1 and 2 times the median distance of the real documents, and its permutation p-value.
 *
 * The kernel matrix of both sets together is never held: each block of it is made inside a graph and reduced there, to
 * its row and column sums and to zᵀKz for every permutation z at once. Blocks below the diagonal are those above it.
 * MMD² is a small difference of large means, so that kernels and sums are in double precision; only the products with
 * the permutations, which are compared among themselves, are in single precision.
 */
import { add, cast, exponential, gemm, multiply, subtract, sum } from '../../graph/build.ts';
import { doubles, type Compute } from '../../graph/compute.ts';
import { input, scalar, type Graph, type Tensor } from '../../graph/tensor.ts';
import { quantile } from '../../metrics/bootstrap.ts';
import { Random } from '../../random.ts';
import { slice, squaredNorms, type Embeddings } from '../embeddings.ts';
import { LEVEL, PERMUTATIONS } from '../limits.ts';
import { noPause, type Pause } from '../pace.ts';
import type { Mmd } from '../scores.ts';
import { ranges, withGraphs, type GraphSet } from './graphs.ts';
import { medianDistance } from './median.ts';

/** Rows of a block: its kernel values in double precision, 2 MB, stay in the cache of a core. [ours] */
const BLOCK = 512;
/** The three kernels at distance 0. */
const KERNEL_AT_ZERO = 3;
/** Values closer than this are equal: the rounding of single precision in the products with the permutations. */
const TIE = 1e-7;

export interface MmdOptions {
  readonly seed: number;
  readonly permutations?: number;
  readonly pause?: Pause;
}

/**
 * Of at least two documents on each side.
 * @returns undefined where all real documents have one embedding, so that no kernel has a width.
 */
export async function mmd(
  compute: Compute,
  real: Embeddings,
  synthetic: Embeddings,
  { seed, permutations = PERMUTATIONS, pause = noPause }: MmdOptions,
): Promise<Mmd | undefined> {
  const median = await medianDistance(compute, real, seed, pause);
  if (!(median.distance > 0)) return undefined;
  const members = memberships(real.rows, synthetic.rows, permutations, new Random(seed));
  const sums = await withGraphs(compute, (graphs) =>
    kernelSums(graphs, real, synthetic, median.distance, members, pause),
  );
  const values = statistics(sums, members, real.rows, synthetic.rows);
  const observed = values[0] ?? Number.NaN;
  const permuted = values.subarray(1);
  const reached = permuted.reduce((count, value) => count + (value >= observed - TIE ? 1 : 0), 0);
  return {
    value: exactStatistic(sums, real.rows, synthetic.rows),
    p: (1 + reached) / (1 + permutations),
    permutations,
    null95: quantile(permuted.slice().sort(), LEVEL),
    medianDistance: median.distance,
    ...(median.sample === undefined ? {} : { medianSample: median.sample }),
  };
}

interface Memberships {
  /** `[documents, columns]`: 1 where a document counts as real. The first column is how they really are. */
  readonly data: Float32Array;
  readonly columns: number;
}

function memberships(n: number, m: number, permutations: number, random: Random): Memberships {
  const columns = permutations + 1;
  const data = new Float32Array((n + m) * columns);
  const order = Uint32Array.from({ length: n + m }, (_, row) => row);
  for (let column = 0; column < columns; column++) {
    if (column > 0) random.shuffle(order);
    for (let at = 0; at < n; at++) data[(order[at] ?? 0) * columns + column] = 1;
  }
  return { data, columns };
}

interface KernelSums {
  /** Of each document's row of the kernel matrix, itself included. */
  readonly rows: Float64Array;
  /** zᵀKz for each membership z. */
  readonly within: Float64Array;
  /** Sums over the real pairs, the synthetic pairs and the mixed ones; pairs both ways, and each with itself. */
  readonly real: number;
  readonly synthetic: number;
  readonly mixed: number;
}

async function kernelSums(
  graphs: GraphSet,
  real: Embeddings,
  synthetic: Embeddings,
  median: number,
  { data: z, columns }: Memberships,
  pause: Pause,
): Promise<KernelSums> {
  const n = real.rows;
  const all = n + synthetic.rows;
  const norms = new Float64Array(all);
  norms.set(squaredNorms(real));
  norms.set(squaredNorms(synthetic), n);
  // No block lies across the border of the two sets, so that each belongs to one of the three sums.
  const blocks = [
    ...ranges(n, BLOCK),
    ...ranges(synthetic.rows, BLOCK).map(([from, to]) => [from + n, to + n] as const),
  ];
  const rowsOf = ([from, to]: readonly [number, number]): Float32Array =>
    (from < n ? slice(real, from, to) : slice(synthetic, from - n, to - n)).data;
  const rows = new Float64Array(all);
  const scale = Float64Array.of(-1 / (8 * median * median));
  const within = new Float64Array(columns);
  const totals = { real: 0, synthetic: 0, mixed: 0 };
  for (const [index, first] of blocks.entries()) {
    for (const second of blocks.slice(index)) {
      await pause();
      const [from, to] = first;
      const [other, end] = second;
      const sizes = [to - from, end - other];
      const graph = await graphs.get(sizes, () =>
        blockGraph(to - from, end - other, real.dimension, columns),
      );
      const results = await graph.run({
        x: rowsOf(first),
        y: rowsOf(second),
        scale,
        nx: norms.subarray(from, to),
        ny: norms.subarray(other, end),
        zx: z.subarray(from * columns, to * columns),
        zy: z.subarray(other * columns, end * columns),
      });
      const [rowSums, columnSums] = [doubles(results, 'rows'), doubles(results, 'columns')];
      // A block off the diagonal stands for its mirror image too.
      const twice = first === second ? 1 : 2;
      addTo(within, doubles(results, 'within'), 0, twice);
      addTo(rows, rowSums, from, 1);
      if (twice === 2) addTo(rows, columnSums, other, 1);
      const total = rowSums.reduce((sofar, value) => sofar + value, 0);
      if (from >= n) totals.synthetic += twice * total;
      else if (other < n) totals.real += twice * total;
      else totals.mixed += total;
    }
  }
  return { rows, within, ...totals };
}

function addTo(total: Float64Array, part: Float64Array, at: number, times: number): void {
  for (let i = 0; i < part.length; i++) total[at + i] = (total[at + i] ?? 0) + times * (part[i] ?? 0);
}

function blockGraph(r: number, c: number, dimension: number, columns: number): Graph {
  const [x, y] = [input('x', [r, dimension]), input('y', [c, dimension])];
  const [nx, ny] = [input('nx', [r, 1], 'float64'), input('ny', [1, c], 'float64')];
  const product = gemm(cast(x, 'float64'), cast(y, 'float64'), { transB: true });
  const squared = subtract(add(nx, ny), multiply(product, scalar(2, 'float64')));
  // Widths in the ratio 1 : 2 : 4 are powers of one another: exp(−d²/2σ²) at 2s, to the 4th at s, to the 16th at s/2.
  const widest = exponential(multiply(squared, input('scale', [], 'float64')));
  const middle = squareOf(squareOf(widest));
  const kernel = add(add(widest, middle), squareOf(squareOf(middle)));
  const [zx, zy] = [input('zx', [r, columns]), input('zy', [c, columns])];
  const reached = multiply(zx, gemm(cast(kernel, 'float32'), zy));
  return {
    name: `mmd ${r}x${c} of ${dimension}, ${columns} memberships`,
    outputs: {
      rows: sum(kernel, [1]),
      columns: sum(kernel, [0]),
      within: sum(cast(reached, 'float64'), [0]),
    },
  };
}

const squareOf = (x: Tensor): Tensor => multiply(x, x);

/** The unbiased estimate from sums over ordered pairs, each document with itself taken out. */
function estimate(n: number, m: number, real: number, synthetic: number, mixed: number): number {
  return (
    (real - KERNEL_AT_ZERO * n) / (n * (n - 1)) +
    (synthetic - KERNEL_AT_ZERO * m) / (m * (m - 1)) -
    (2 * mixed) / (n * m)
  );
}

const exactStatistic = ({ real, synthetic, mixed }: KernelSums, n: number, m: number): number =>
  estimate(n, m, real, synthetic, mixed);

/** The estimate for each membership; the first is the observed one, in the precision of the others. */
function statistics({ rows, within }: KernelSums, z: Memberships, n: number, m: number): Float64Array {
  const whole = rows.reduce((total, value) => total + value, 0);
  const touching = new Float64Array(z.columns);
  for (let row = 0; row < rows.length; row++) {
    for (let column = 0; column < z.columns; column++) {
      if (z.data[row * z.columns + column] === 1) {
        touching[column] = (touching[column] ?? 0) + (rows[row] ?? 0);
      }
    }
  }
  return within.map((inside, column) => {
    const mixed = (touching[column] ?? 0) - inside;
    return estimate(n, m, inside, whole - 2 * mixed - inside, mixed);
  });
}
