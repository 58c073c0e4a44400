/**
 * Singular values in double precision: to bidiagonal form by reflections, then as the eigenvalues of the symmetric
 * tridiagonal matrix with the two diagonals in turn beside a diagonal of zeros (Golub and Kahan 1965). Nothing is
 * squared, so that small singular values keep the precision of large ones.
 */
import { noPause, type Pause } from '../pace.ts';
import { reflectColumns, reflectionOf, reflectRows, type Matrix } from './reflect.ts';
import { tridiagonalEigenvalues } from './tridiagonal.ts';

/** Columns between two pauses. */
const STEP = 8;

/** @returns min(rows, columns) singular values, descending. */
export async function singularValues(matrix: Matrix, pause: Pause = noPause): Promise<Float64Array> {
  const work = matrix.rows >= matrix.columns ? { ...matrix, data: matrix.data.slice() } : transposed(matrix);
  const { data, rows, columns: n } = work;
  const beside = new Float64Array(Math.max(0, 2 * n - 1));
  for (let step = 0; step < n; step++) {
    if (step % STEP === 0) await pause();
    const column = Float64Array.from({ length: rows - step }, (_, i) => data[(step + i) * n + step] ?? 0);
    const left = reflectionOf(column);
    beside[2 * step] = left?.head ?? 0;
    if (left) reflectRows(work, step, step, left);
    if (step + 1 >= n) break;
    const right = reflectionOf(data.slice(step * n + step + 1, (step + 1) * n));
    beside[2 * step + 1] = right?.head ?? 0;
    if (right) reflectColumns(work, step, step + 1, right);
  }
  const values = tridiagonalEigenvalues(new Float64Array(2 * n), beside);
  return values.subarray(n).map(Math.abs).sort().reverse();
}

export function transposed({ data, rows, columns }: Matrix): Matrix {
  const turned = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) turned[j * rows + i] = data[i * columns + j] ?? 0;
  }
  return { data: turned, rows: columns, columns: rows };
}
