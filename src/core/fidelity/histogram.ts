/** Two sets of numbers counted over the same bins, so that they can be drawn one over the other. */
import { binsOver } from '../metrics/histogram.ts';

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
  const over = binsOver([...real, ...synthetic], bins);
  return over && { edges: over.edges, real: over.count(real), synthetic: over.count(synthetic) };
}
