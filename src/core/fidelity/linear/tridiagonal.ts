/** Eigenvalues of a symmetric tridiagonal matrix: implicit QL with shifts (Bowdler, Martin, Reinsch and Wilkinson 1968). */

const MOST_ITERATIONS = 60;

/**
 * @param diagonal n numbers.
 * @param beside the n − 1 numbers beside the diagonal.
 * @returns n eigenvalues, ascending; each within a few roundings of the largest.
 */
export function tridiagonalEigenvalues(diagonal: Float64Array, beside: Float64Array): Float64Array {
  const n = diagonal.length;
  const d = diagonal.slice();
  const e = new Float64Array(n);
  e.set(beside.subarray(0, Math.max(0, n - 1)));
  const largest = (values: Float64Array): number =>
    values.reduce((sofar, value) => Math.max(sofar, Math.abs(value)), 0);
  const nothing = (Number.EPSILON / 2) * (largest(d) + largest(e));
  for (let low = 0; low < n; low++) {
    for (let iteration = 0; ; iteration++) {
      const high = firstSplit(e, low, nothing);
      if (high === low) break;
      if (iteration === MOST_ITERATIONS) throw new Error('the eigenvalues of a matrix did not settle');
      sweep(d, e, low, high);
    }
  }
  return d.sort();
}

/** The first position from `low` on where the matrix falls apart, up to rounding at its own size. */
function firstSplit(e: Float64Array, low: number, nothing: number): number {
  let at = low;
  while (at < e.length - 1 && Math.abs(e[at] ?? 0) > nothing) at++;
  return at;
}

function sweep(d: Float64Array, e: Float64Array, low: number, high: number): void {
  const first = d[low] ?? 0;
  const off = e[low] ?? 0;
  let g = ((d[low + 1] ?? 0) - first) / (2 * off);
  let r = Math.hypot(g, 1);
  g = (d[high] ?? 0) - first + off / (g + (g >= 0 ? r : -r));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = high - 1; i >= low; i--) {
    const f = s * (e[i] ?? 0);
    const b = c * (e[i] ?? 0);
    r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] = (d[i + 1] ?? 0) - p;
      e[high] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = (d[i + 1] ?? 0) - p;
    const t = ((d[i] ?? 0) - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
  }
  d[low] = (d[low] ?? 0) - p;
  e[low] = g;
  e[high] = 0;
}
