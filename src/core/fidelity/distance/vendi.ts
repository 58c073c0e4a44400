/**
 * Vendi score (Friedman and Dieng 2023, METHODS 3): the effective number of different documents, the exponential of the
 * entropy of the eigenvalues of the similarity matrix over n. With cosines as similarities those are the eigenvalues of
 * the smaller of XXᵀ and XᵀX.
 */
import type { Compute } from '../../graph/compute.ts';
import type { Embeddings } from '../embeddings.ts';
import { symmetricEigenvalues } from '../linear/eigenvalues.ts';
import { noPause, type Pause } from '../pace.ts';
import { centred, crossProduct, productWith } from './products.ts';

/** Of rows of length 1; their rounding is taken out by the sum of the eigenvalues. */
export async function vendiScore(compute: Compute, of: Embeddings, pause: Pause = noPause): Promise<number> {
  const origin = new Float64Array(of.dimension);
  const plain = (): ReturnType<typeof centred> => centred(of, origin);
  const gram =
    of.rows < of.dimension
      ? await productWith(compute, plain(), plain())
      : await crossProduct(compute, of, origin, pause);
  const eigenvalues = await symmetricEigenvalues(gram, pause);
  const whole = eigenvalues.reduce((total, value) => total + Math.max(0, value), 0);
  let entropy = 0;
  for (const value of eigenvalues) {
    const share = value / whole;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return Math.exp(entropy);
}
