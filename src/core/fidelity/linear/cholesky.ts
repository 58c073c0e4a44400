/** Upper triangular R with RᵀR = A, for a symmetric A without negative eigenvalues. */
import type { Matrix } from './reflect.ts';

/** A pivot this much smaller than the largest diagonal entry is rounding: its direction has no variance. */
const NOTHING = 1e-14;

export function cholesky({ data, rows: n }: Matrix): Matrix {
  const r = data.slice();
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, data[i * n + i] ?? 0);
  for (let k = 0; k < n; k++) {
    const pivot = r[k * n + k] ?? 0;
    const root = pivot > NOTHING * largest ? Math.sqrt(pivot) : 0;
    for (let j = 0; j < k; j++) r[k * n + j] = 0;
    for (let j = k; j < n; j++) r[k * n + j] = root === 0 ? 0 : (r[k * n + j] ?? 0) / root;
    for (let i = k + 1; i < n; i++) {
      const factor = r[k * n + i] ?? 0;
      if (factor === 0) continue;
      for (let j = i; j < n; j++) r[i * n + j] = (r[i * n + j] ?? 0) - factor * (r[k * n + j] ?? 0);
    }
  }
  return { data: r, rows: n, columns: n };
}
