/** Pearson correlation with Fisher's interval, and Fisher's test between two correlations (METHODS 3). */

/** Pairs from which on a correlation has an interval at all: its width is 1/√(n − 3). */
export const FEWEST_PAIRS = 4;

export interface Correlation {
  readonly n: number;
  readonly r: number;
  /** Of 95 %. */
  readonly low: number;
  readonly high: number;
}

/** The 97.5th percentile of the standard normal distribution. */
const NORMAL_975 = 1.959963984540054;

/**
 * @returns undefined for fewer than {@link FEWEST_PAIRS} pairs, and where one of the two never varies.
 * @throws RangeError when there are not as many of one as of the other.
 */
export function correlation(x: readonly number[], y: readonly number[]): Correlation | undefined {
  if (x.length !== y.length) throw new RangeError(`${x.length} and ${y.length} numbers make no pairs`);
  const n = x.length;
  if (n < FEWEST_PAIRS) return undefined;
  const [mx, my] = [meanOf(x), meanOf(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let at = 0; at < n; at++) {
    const [a, b] = [(x[at] ?? 0) - mx, (y[at] ?? 0) - my];
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  if (xx === 0 || yy === 0) return undefined;
  const r = Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
  const half = NORMAL_975 / Math.sqrt(n - 3);
  return { n, r, low: Math.tanh(Math.atanh(r) - half), high: Math.tanh(Math.atanh(r) + half) };
}

export interface CorrelationDifference {
  readonly z: number;
  /** Two-sided: how often two equal correlations look as different as these. */
  readonly p: number;
}

/** Whether two independent correlations differ (Fisher 1921). */
export function compareCorrelations(a: Correlation, b: Correlation): CorrelationDifference {
  const z = (Math.atanh(a.r) - Math.atanh(b.r)) / Math.sqrt(1 / (a.n - 3) + 1 / (b.n - 3));
  return { z, p: complementaryError(Math.abs(z) / Math.SQRT2) };
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length;

/**
 * 1 − erf(x) for x ≥ 0: the series of erf where it settles fast, the continued fraction beyond (Abramowitz and Stegun
 * 7.1.6 and 7.1.14); twelve digits.
 */
function complementaryError(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x < 2) {
    let [term, total] = [x, x];
    for (let n = 1; n < 80; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      total += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
  }
  let fraction = 0;
  for (let n = 80; n >= 1; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}
