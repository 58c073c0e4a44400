/**
 * Embeddings ready for products that become distances: |x − y|²/2 = |x|²/2 + |y|²/2 − x·y. The origin is moved to where the
 * documents are; distances stay, and what the three numbers lose to each other is small. For many documents the product,
 * nearly all of the work, is then in single precision, and everything else is in double precision always.
 */
import type { FloatData } from '../../graph/tensor.ts';
import { meanRow, type Embeddings } from '../embeddings.ts';

export type Precision = 'float32' | 'float64';

/**
 * From so many documents on, products are in single precision: what that loses of one pair has no preferred sign and is
 * lost again among the others. [ours; the tests hold MMD² to 1e-6 of itself or of what chance reaches]
 */
export const SINGLE_FROM = 4096;

export interface CentredRows {
  /** Row-major `[documents, width]`. */
  readonly data: FloatData;
  /** |x|²/2 of each row as it stands there. */
  readonly halfSquares: Float64Array;
  readonly width: number;
  readonly precision: Precision;
}

/**
 * The documents of all sets, one after the other.
 * @param sets of one dimension; the middle of the first is where the origin goes
 * @param scale what distances are multiplied with
 */
export function centredRows(
  sets: readonly [Embeddings, ...Embeddings[]],
  scale: number,
  precision: Precision,
): CentredRows {
  const [first] = sets;
  const documents = sets.reduce((total, { rows }) => total + rows, 0);
  const width = first.dimension;
  const origin = meanRow(first);
  const data =
    precision === 'float32' ? new Float32Array(documents * width) : new Float64Array(documents * width);
  const halfSquares = new Float64Array(documents);
  let row = 0;
  for (const set of sets) {
    for (let own = 0; own < set.rows; own++, row++) {
      let squares = 0;
      for (let k = 0, at = row * width; k < width; k++, at++) {
        data[at] = ((set.data[own * width + k] ?? 0) - (origin[k] ?? 0)) * scale;
        // What was kept of it, so that a document is hardly at a distance to itself.
        const kept = data[at] ?? 0;
        squares += kept * kept;
      }
      halfSquares[row] = squares / 2;
    }
  }
  return { data, halfSquares, width, precision };
}
