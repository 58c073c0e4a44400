/** Numbers counted in bins of equal width. */

export interface Bins {
  /** Borders of the bins, one more than bins; the last bin holds its upper border too. */
  readonly edges: readonly number[];
  /** How many of the values lie in each bin. Values outside the borders count in the bin that is nearest. */
  count(values: readonly number[]): readonly number[];
}

/** Bins from the least to the greatest of the values; undefined where there is no value at all. */
export function binsOver(values: readonly number[], bins: number): Bins | undefined {
  if (values.length === 0) return undefined;
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  // Where all numbers are one, the bin around it is as wide as it must be to be drawn.
  const width = high > low ? (high - low) / bins : Math.max(1e-9, Math.abs(low)) / bins;
  return {
    edges: Array.from({ length: bins + 1 }, (_, edge) => low + edge * width),
    count: (counted) => {
      const counts = new Array<number>(bins).fill(0);
      for (const value of counted) {
        const bin = Math.max(0, Math.min(bins - 1, Math.floor((value - low) / width)));
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
      return counts;
    },
  };
}
