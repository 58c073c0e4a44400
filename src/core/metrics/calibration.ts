/**
 * Whether probabilities mean what they say: reliability bins, expected calibration error and Brier score.
 *
 * All (document, label) cells are pooled, and the probability is that of the label applying, so a bin compares
 * "said 0.7" with "true in 7 of 10". (Work on single-label classifiers bins the winning class only; those figures
 * are not comparable.) Most cells are easy negatives near 0, so the error is small by nature: compare it between
 * classifiers on the same documents and labels, not between taxonomies.
 */
import { checkLabels, checkProbabilities, type LabelMatrix, type ScoreMatrix } from './matrix.ts';
import { mean } from './row-weights.ts';

/** Equal-width bins over [0, 1]; 15 as in Guo et al. 2017, "On Calibration of Modern Neural Networks". */
export const CALIBRATION_BINS = 15;

/** The cells whose probability lies in (low, high]; the first bin also holds 0. */
export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** The mean probability of the bin's cells; null when it holds none. */
  readonly meanProbability: number | null;
  /** The share of the bin's cells in which the label applies; null when it holds none. */
  readonly positiveShare: number | null;
}

/**
 * All bins from 0 to 1, the empty ones included.
 * @throws RangeError when the shapes differ, a truth cell is neither 0 nor 1, a probability is outside [0, 1], or
 * `bins` is not a whole number of at least 1.
 */
export function reliabilityBins(
  truth: LabelMatrix,
  probabilities: ScoreMatrix,
  bins: number = CALIBRATION_BINS,
): ReliabilityBin[] {
  checkLabels(truth);
  checkProbabilities(probabilities, truth);
  if (!Number.isInteger(bins) || bins < 1) throw new RangeError(`at least one bin is needed, not ${bins}`);
  const counts = new Float64Array(bins);
  const sums = new Float64Array(bins);
  const positives = new Float64Array(bins);
  probabilities.data.forEach((probability, cell) => {
    const bin = binOf(probability, bins);
    counts[bin] = (counts[bin] ?? 0) + 1;
    sums[bin] = (sums[bin] ?? 0) + probability;
    positives[bin] = (positives[bin] ?? 0) + (truth.data[cell] ?? 0);
  });
  return Array.from(counts, (count, bin) => ({
    low: bin / bins,
    high: (bin + 1) / bins,
    count,
    meanProbability: count === 0 ? null : (sums[bin] ?? 0) / count,
    positiveShare: count === 0 ? null : (positives[bin] ?? 0) / count,
  }));
}

/**
 * Expected calibration error, in [0, 1]: |mean probability − share of positives| averaged over the bins by their
 * cells; 0 is best.
 */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  let gap = 0;
  let cells = 0;
  for (const { count, meanProbability, positiveShare } of bins) {
    gap += count * Math.abs((meanProbability ?? 0) - (positiveShare ?? 0));
    cells += count;
  }
  return cells === 0 ? 0 : gap / cells;
}

/**
 * Per document (array of length rows), the mean over its labels of (probability − truth)², in [0, 1]; 0 is best.
 * @throws RangeError when the shapes differ, a truth cell is neither 0 nor 1, or a probability is outside [0, 1].
 */
export function brierLosses(truth: LabelMatrix, probabilities: ScoreMatrix): Float64Array {
  checkLabels(truth);
  checkProbabilities(probabilities, truth);
  const losses = new Float64Array(truth.rows);
  probabilities.data.forEach((probability, cell) => {
    const row = Math.floor(cell / truth.columns);
    losses[row] = (losses[row] ?? 0) + (probability - (truth.data[cell] ?? 0)) ** 2;
  });
  return losses.map((sum) => sum / truth.columns);
}

/**
 * The mean squared error of the probabilities over all cells, as scikit-learn's brier_score_loss on the flattened
 * matrices; in [0, 1], 0 is best.
 * @throws RangeError as {@link brierLosses}.
 */
export const brierScore = (truth: LabelMatrix, probabilities: ScoreMatrix): number =>
  mean(brierLosses(truth, probabilities));

/** The bin with `bin / bins < probability <= (bin + 1) / bins`, judged by the edges as they are printed. */
function binOf(probability: number, bins: number): number {
  let bin = Math.max(0, Math.ceil(probability * bins) - 1);
  if (bin > 0 && probability <= bin / bins) bin--;
  if (bin + 1 < bins && probability > (bin + 1) / bins) bin++;
  return bin;
}
