/** Householder reflections of a row-major matrix, applied by rows, which is how it lies in memory. */

export interface Matrix {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** I − scale · v vᵀ, which takes a vector to a multiple of its first axis. */
export interface Reflection {
  readonly v: Float64Array;
  readonly scale: number;
  /** What the first entry becomes. */
  readonly head: number;
}

/** @returns undefined for a vector that is 0 already. */
export function reflectionOf(vector: Float64Array): Reflection | undefined {
  const norm = Math.hypot(...chunked(vector));
  if (norm === 0) return undefined;
  const first = vector[0] ?? 0;
  const head = first > 0 ? -norm : norm;
  const v = vector.slice();
  v[0] = first - head;
  const size = v.reduce((total, value) => total + value * value, 0);
  return { v, scale: 2 / size, head };
}

/** The lengths of stretches, so that no call has too many arguments. */
function* chunked(vector: Float64Array): Generator<number> {
  for (let from = 0; from < vector.length; from += 256)
    yield Math.hypot(...vector.subarray(from, from + 256));
}

/** Rows from `row` and columns from `column` on, reflected from the left. */
export function reflectRows(matrix: Matrix, row: number, column: number, { v, scale }: Reflection): void {
  const { data, rows, columns } = matrix;
  const w = new Float64Array(columns - column);
  for (let i = row; i < rows; i++) {
    const factor = v[i - row] ?? 0;
    const at = i * columns + column;
    for (let j = 0; j < w.length; j++) w[j] = (w[j] ?? 0) + factor * (data[at + j] ?? 0);
  }
  for (let i = row; i < rows; i++) {
    const factor = scale * (v[i - row] ?? 0);
    const at = i * columns + column;
    for (let j = 0; j < w.length; j++) data[at + j] = (data[at + j] ?? 0) - factor * (w[j] ?? 0);
  }
}

/** Rows from `row` and columns from `column` on, reflected from the right. */
export function reflectColumns(matrix: Matrix, row: number, column: number, { v, scale }: Reflection): void {
  const { data, rows, columns } = matrix;
  for (let i = row; i < rows; i++) {
    const at = i * columns + column;
    let total = 0;
    for (let j = 0; j < v.length; j++) total += (v[j] ?? 0) * (data[at + j] ?? 0);
    const factor = scale * total;
    for (let j = 0; j < v.length; j++) data[at + j] = (data[at + j] ?? 0) - factor * (v[j] ?? 0);
  }
}
