/** Embeddings of one set of documents, and the little arithmetic on them that needs no graph. */

export interface Embeddings {
  /** Row-major `[rows, dimension]`, single precision as the encoder gives it. */
  readonly data: Float32Array;
  readonly rows: number;
  readonly dimension: number;
}

/** @throws RangeError when the numbers do not fill the shape. */
export function embeddings(data: Float32Array, dimension: number): Embeddings {
  const rows = dimension > 0 ? data.length / dimension : 0;
  if (!Number.isInteger(rows)) {
    throw new RangeError(`${data.length} numbers are no embeddings of dimension ${dimension}`);
  }
  return { data, rows, dimension };
}

export const rowOf = ({ data, dimension }: Embeddings, row: number): Float32Array =>
  data.subarray(row * dimension, (row + 1) * dimension);

/** Rows `[from, to)`, sharing memory. */
export const slice = ({ data, dimension }: Embeddings, from: number, to: number): Embeddings => ({
  data: data.subarray(from * dimension, to * dimension),
  rows: to - from,
  dimension,
});

export function selectRows(from: Embeddings, rows: ArrayLike<number>): Embeddings {
  const data = new Float32Array(rows.length * from.dimension);
  for (let at = 0; at < rows.length; at++) data.set(rowOf(from, rows[at] ?? 0), at * from.dimension);
  return { data, rows: rows.length, dimension: from.dimension };
}

/** Squared length of each row, in double precision. */
export function squaredNorms(of: Embeddings): Float64Array {
  const norms = new Float64Array(of.rows);
  for (let row = 0; row < of.rows; row++) norms[row] = dot(of, row, of, row);
  return norms;
}

export function dot(a: Embeddings, i: number, b: Embeddings, j: number): number {
  const [x, y] = [i * a.dimension, j * b.dimension];
  let total = 0;
  for (let k = 0; k < a.dimension; k++) total += (a.data[x + k] ?? 0) * (b.data[y + k] ?? 0);
  return total;
}

/** Squared Euclidean distance of two rows, in double precision. */
export function squaredDistance(a: Embeddings, i: number, b: Embeddings, j: number): number {
  const [x, y] = [i * a.dimension, j * b.dimension];
  let total = 0;
  for (let k = 0; k < a.dimension; k++) {
    const difference = (a.data[x + k] ?? 0) - (b.data[y + k] ?? 0);
    total += difference * difference;
  }
  return total;
}

export function meanRow(of: Embeddings): Float64Array {
  const mean = new Float64Array(of.dimension);
  for (let row = 0; row < of.rows; row++) {
    for (let k = 0; k < of.dimension; k++) {
      mean[k] = (mean[k] ?? 0) + (of.data[row * of.dimension + k] ?? 0);
    }
  }
  return mean.map((total) => total / of.rows);
}

/** Mean cosine of all pairs of different rows; rows are taken to be of length 1. At least two rows. */
export function meanCosine(of: Embeddings): number {
  const mean = meanRow(of);
  const whole = mean.reduce((total, value) => total + value * value, 0) * of.rows * of.rows;
  const own = squaredNorms(of).reduce((total, value) => total + value, 0);
  return (whole - own) / (of.rows * (of.rows - 1));
}

/** The first row that holds something else than finite numbers. */
export function notFinite(of: Embeddings): number | undefined {
  const at = of.data.findIndex((value) => !Number.isFinite(value));
  return at === -1 ? undefined : Math.floor(at / of.dimension);
}
