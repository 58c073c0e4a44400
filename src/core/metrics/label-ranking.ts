/**
 * How well the labels of one document are ordered by their scores: LRAP, ranking loss and coverage error.
 *
 * Definitions as scikit-learn's label_ranking_average_precision_score, label_ranking_loss and coverage_error (after
 * Tsoumakas, Katakis and Vlahavas 2010). Ties go against the classifier: a wrong label with the same score as a
 * right one counts as ranked above it.
 */
import { checkLabels, checkScores, type LabelMatrix, type ScoreMatrix } from './matrix.ts';
import { mean } from './row-weights.ts';

/** Per document (arrays of length rows). */
export interface LabelRanking {
  /**
   * Mean over the document's labels of (its labels scored at least as high ÷ all labels scored at least as high), in
   * (0, 1]; 1 for a document with no label or with all of them, where order means nothing.
   */
  readonly precision: Float64Array;
  /** The share of (right, wrong) label pairs in the wrong order, in [0, 1]; 0 for none or all labels. */
  readonly loss: Float64Array;
  /** How many labels down the list its last label stands, in [0, labels]; 0 for a document with no label. */
  readonly depth: Float64Array;
}

/**
 * All three per document, in one pass: time documents × labels × labels per document.
 * @throws RangeError when the shapes differ, a truth cell is neither 0 nor 1, or a score is NaN.
 */
export function rankLabels(truth: LabelMatrix, scores: ScoreMatrix): LabelRanking {
  checkLabels(truth);
  checkScores(scores, truth);
  const precision = new Float64Array(truth.rows);
  const loss = new Float64Array(truth.rows);
  const depth = new Float64Array(truth.rows);
  for (let row = 0; row < truth.rows; row++) {
    const start = row * truth.columns;
    const ranked = rankOne(
      truth.data.subarray(start, start + truth.columns),
      scores.data.subarray(start, start + truth.columns),
    );
    precision[row] = ranked.precision;
    loss[row] = ranked.loss;
    depth[row] = ranked.depth;
  }
  return { precision, loss, depth };
}

/**
 * Label ranking average precision, in (0, 1]; 1 is best.
 * @throws RangeError as {@link rankLabels}.
 */
export const labelRankingAveragePrecision = (truth: LabelMatrix, scores: ScoreMatrix): number =>
  mean(rankLabels(truth, scores).precision);

/**
 * Ranking loss, in [0, 1]; 0 is best.
 * @throws RangeError as {@link rankLabels}.
 */
export const rankingLoss = (truth: LabelMatrix, scores: ScoreMatrix): number =>
  mean(rankLabels(truth, scores).loss);

/**
 * Coverage error, in [0, labels]: how many labels of the ranked list must be read, on average, to meet all that
 * apply. The best value is the mean number of labels per document.
 * @throws RangeError as {@link rankLabels}.
 */
export const coverageError = (truth: LabelMatrix, scores: ScoreMatrix): number =>
  mean(rankLabels(truth, scores).depth);

function rankOne(truth: Uint8Array, scores: Float64Array | Float32Array) {
  let relevant = 0;
  let precision = 0;
  let misordered = 0;
  let depth = 0;
  for (let label = 0; label < truth.length; label++) {
    if (!truth[label]) continue;
    relevant++;
    const { all, right } = countAtLeast(scores[label] ?? 0, truth, scores);
    precision += right / all;
    misordered += all - right;
    depth = Math.max(depth, all);
  }
  const pairs = relevant * (truth.length - relevant);
  if (pairs === 0) return { precision: 1, loss: 0, depth };
  return { precision: precision / relevant, loss: misordered / pairs, depth };
}

/** How many labels, and how many of the right ones, score at least `score`. */
function countAtLeast(score: number, truth: Uint8Array, scores: Float64Array | Float32Array) {
  let all = 0;
  let right = 0;
  for (let label = 0; label < truth.length; label++) {
    if ((scores[label] ?? 0) < score) continue;
    all++;
    if (truth[label]) right++;
  }
  return { all, right };
}
