/** Two sets of numbers counted over the same bins, so that they can be drawn one over the other. */

/** Bins of a chart. [ours] */
const BINS = 30;

export interface Histogram {
  /** Borders of the bins, one more than bins; the last bin holds its upper border too. */
  readonly edges: readonly number[];
  readonly real: readonly number[];
  readonly synthetic: readonly number[];
}

/** @returns undefined where there is no number at all. */
export function histogram(
  real: readonly number[],
  synthetic: readonly number[],
  bins = BINS,
): Histogram | undefined {
  const all = [...real, ...synthetic];
  if (all.length === 0) return undefined;
  const low = all.reduce((least, value) => Math.min(least, value), Infinity);
  const high = all.reduce((most, value) => Math.max(most, value), -Infinity);
  // Where all numbers are one, the bin around it is as wide as it must be to be drawn.
  const width = high > low ? (high - low) / bins : Math.max(1e-9, Math.abs(low)) / bins;
  const count = (values: readonly number[]): number[] => {
    const counts = new Array<number>(bins).fill(0);
    for (const value of values) {
      const bin = Math.min(bins - 1, Math.floor((value - low) / width));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return counts;
  };
  return {
    edges: Array.from({ length: bins + 1 }, (_, edge) => low + edge * width),
    real: count(real),
    synthetic: count(synthetic),
  };
}
