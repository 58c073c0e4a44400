/**
 * Squared distances of embeddings out of one matrix product, without a pass over the block it makes: the product of
 * [sx, −|sx|²/2, 1] and [sy, 1, −|sy|²/2] is −s²·|x − y|²/2. The origin is moved to where the documents are: distances
 * stay, and documents that lie close together keep their digits in single precision.
 */
import type { FloatData } from '../../graph/tensor.ts';
import { meanRow, type Embeddings } from '../embeddings.ts';

export type Precision = 'float32' | 'float64';

/**
 * From so many documents on, sums and medians over their pairs are in single precision: what that loses of one pair has
 * no preferred sign and is lost again among the others. [ours; the tests hold MMD² to 1e-6]
 */
export const SINGLE_FROM = 1024;

export interface Factors {
  /** Row-major `[documents, width]`. */
  readonly left: FloatData;
  readonly right: FloatData;
  readonly width: number;
  readonly precision: Precision;
}

/**
 * The documents of all sets, one after the other.
 * @param sets of one dimension; the first is where the origin goes
 * @param scale s
 */
export function distanceFactors(
  sets: readonly [Embeddings, ...Embeddings[]],
  scale: number,
  precision: Precision,
): Factors {
  const [first] = sets;
  const documents = sets.reduce((total, { rows }) => total + rows, 0);
  const width = first.dimension + 2;
  const origin = meanRow(first);
  const zeros = (): FloatData =>
    precision === 'float32' ? new Float32Array(documents * width) : new Float64Array(documents * width);
  const [left, right] = [zeros(), zeros()];
  let at = 0;
  for (const { data, rows, dimension } of sets) {
    for (let row = 0; row < rows; row++) {
      let squares = 0;
      for (let k = 0; k < dimension; k++, at++) {
        left[at] = ((data[row * dimension + k] ?? 0) - (origin[k] ?? 0)) * scale;
        // What was kept of it, so that a document is at distance 0 to itself.
        const kept = left[at] ?? 0;
        right[at] = kept;
        squares += kept * kept;
      }
      left[at] = -squares / 2;
      right[at++] = 1;
      left[at] = 1;
      right[at++] = -squares / 2;
    }
  }
  return { left, right, width, precision };
}
