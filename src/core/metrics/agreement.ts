/**
 * How far whole label sets agree: subset accuracy and Hamming loss, one value per document and their means.
 * Definitions as scikit-learn's accuracy_score and hamming_loss on label indicators.
 */
import { checkLabels, checkSameShape, type LabelMatrix } from './matrix.ts';
import { mean } from './row-weights.ts';

/** Per document (arrays of length rows). */
export interface Agreement {
  /** 1 when every label is right, else 0. */
  readonly exact: Float64Array;
  /** The share of labels that are wrong, in [0, 1]. */
  readonly wrong: Float64Array;
}

/** @throws RangeError when the shapes differ or a cell is neither 0 nor 1. */
export function compareLabelSets(truth: LabelMatrix, assigned: LabelMatrix): Agreement {
  checkSameShape(truth, assigned);
  checkLabels(truth);
  checkLabels(assigned);
  const exact = new Float64Array(truth.rows);
  const wrong = new Float64Array(truth.rows);
  for (let row = 0; row < truth.rows; row++) {
    let differing = 0;
    const end = (row + 1) * truth.columns;
    for (let at = row * truth.columns; at < end; at++) {
      if (truth.data[at] !== assigned.data[at]) differing++;
    }
    exact[row] = differing === 0 ? 1 : 0;
    wrong[row] = differing / truth.columns;
  }
  return { exact, wrong };
}

/**
 * The share of documents whose label set is exactly right, in [0, 1].
 * @throws RangeError as {@link compareLabelSets}.
 */
export const subsetAccuracy = (truth: LabelMatrix, assigned: LabelMatrix): number =>
  mean(compareLabelSets(truth, assigned).exact);

/**
 * The share of (document, label) cells that are wrong, in [0, 1]; 0 is best.
 * @throws RangeError as {@link compareLabelSets}.
 */
export const hammingLoss = (truth: LabelMatrix, assigned: LabelMatrix): number =>
  mean(compareLabelSets(truth, assigned).wrong);
