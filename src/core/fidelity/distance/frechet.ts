/**
 * Fréchet distance of the Gaussians fitted to two sets of embeddings (Heusel et al. 2017, METHODS 3):
 * |μ₁ − μ₂|² + tr(C₁) + tr(C₂) − 2 tr((C₁C₂)^½). The last trace is the sum of the singular values of F₁F₂ᵀ for any
 * factors FᵀF = C, which needs no root of a matrix and stays exact where a covariance is singular.
 */
import type { Compute } from '../../graph/compute.ts';
import { meanRow, type Embeddings } from '../embeddings.ts';
import { cholesky } from '../linear/cholesky.ts';
import type { Matrix } from '../linear/reflect.ts';
import { singularValues } from '../linear/singular-values.ts';
import { noPause, type Pause } from '../pace.ts';
import { centred, crossProduct, productWith } from './products.ts';

/** Of at least two documents on each side. */
export async function frechetDistance(
  compute: Compute,
  a: Embeddings,
  b: Embeddings,
  pause: Pause = noPause,
): Promise<number> {
  const [first, second] = [await gaussian(compute, a, pause), await gaussian(compute, b, pause)];
  const shift = first.mean.reduce((total, value, k) => total + (value - (second.mean[k] ?? 0)) ** 2, 0);
  const mixed = await singularValues(await productWith(compute, first.factor, second.factor), pause);
  const overlap = mixed.reduce((total, value) => total + value, 0);
  // Rounding alone can make the distance of a set to itself negative.
  return Math.max(0, shift + trace(first.factor) + trace(second.factor) - 2 * overlap);
}

interface Gaussian {
  readonly mean: Float64Array;
  /** F with FᵀF the covariance; no more rows than columns. */
  readonly factor: Matrix;
}

async function gaussian(compute: Compute, of: Embeddings, pause: Pause): Promise<Gaussian> {
  const mean = meanRow(of);
  await pause();
  if (of.rows <= of.dimension) return { mean, factor: centred(of, mean, 1 / Math.sqrt(of.rows - 1)) };
  const product = await crossProduct(compute, of, mean, pause);
  const covariance = product.data.map((value) => value / (of.rows - 1));
  return { mean, factor: cholesky({ ...product, data: covariance }) };
}

/** tr(FᵀF): the squares of all entries. */
const trace = ({ data }: Matrix): number => data.reduce((total, value) => total + value * value, 0);
