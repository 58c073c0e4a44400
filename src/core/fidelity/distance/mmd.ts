/**
 * MMD² between two sets of embeddings (Gretton et al. 2012, METHODS 3): the unbiased estimate with the sum of three
 * Gaussian kernels, of ½, 1 and 2 times the median distance of the real documents, and its permutation p-value.
 */
import type { Compute } from '../../graph/compute.ts';
import { quantile } from '../../metrics/bootstrap.ts';
import { Random } from '../../random.ts';
import type { Embeddings } from '../embeddings.ts';
import { LEVEL, PERMUTATIONS } from '../limits.ts';
import { noPause, type Pause } from '../pace.ts';
import type { Mmd } from '../scores.ts';
import { KERNEL_AT_ZERO, kernelSums, type KernelSums, type Memberships } from './kernel-sums.ts';
import { medianDistance } from './median.ts';

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
  const sums = await kernelSums(compute, real, synthetic, median.distance, members, pause);
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
