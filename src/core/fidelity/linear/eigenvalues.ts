/** Eigenvalues of a symmetric matrix, in double precision: to tridiagonal form by reflections, then QL. */
import { noPause, type Pause } from '../pace.ts';
import { reflectColumns, reflectionOf, reflectRows, type Matrix } from './reflect.ts';
import { tridiagonalEigenvalues } from './tridiagonal.ts';

/** Columns between two pauses: some tens of milliseconds at 768 dimensions. */
const STEP = 8;

/** @param matrix symmetric; not changed. @returns all eigenvalues, ascending. */
export async function symmetricEigenvalues(matrix: Matrix, pause: Pause = noPause): Promise<Float64Array> {
  const n = matrix.rows;
  const work = { ...matrix, data: matrix.data.slice() };
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(Math.max(0, n - 1));
  for (let step = 0; step < n; step++) {
    if (step % STEP === 0) await pause();
    diagonal[step] = work.data[step * n + step] ?? 0;
    if (step === n - 1) break;
    const below = Float64Array.from(
      { length: n - step - 1 },
      (_, i) => work.data[(step + 1 + i) * n + step] ?? 0,
    );
    const reflection = reflectionOf(below);
    if (!reflection) continue;
    beside[step] = reflection.head;
    reflectRows(work, step + 1, step + 1, reflection);
    reflectColumns(work, step + 1, step + 1, reflection);
  }
  return tridiagonalEigenvalues(diagonal, beside);
}
