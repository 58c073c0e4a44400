/**
 * The layout every metric reads: documents × labels, dense, row by row.
 *
 * A taxonomy has tens to hundreds of labels and a test set thousands of documents, so dense typed arrays are small,
 * cross worker borders without copying, and need no lookups.
 */

/** 0/1 per cell, `rows × columns` (documents × labels); cell (row, column) is `data[row * columns + column]`. */
export interface LabelMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Uint8Array;
}

/** One number per cell, laid out like {@link LabelMatrix}; larger means the label fits the document better. */
export interface ScoreMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array | Float32Array;
}

/**
 * Checks a truth or an assignment.
 * @throws RangeError when it has no cells, its data do not fill its shape, or a cell is neither 0 nor 1.
 */
export function checkLabels(labels: LabelMatrix): void {
  checkShape(labels);
  for (const cell of labels.data) {
    if (cell > 1) throw new RangeError(`a label is assigned (1) or not (0), never ${cell}`);
  }
}

/**
 * Checks scores against the truth they belong to.
 * @throws RangeError when the shapes differ, the data do not fill them, or a score is NaN (it has no rank).
 */
export function checkScores(scores: ScoreMatrix, truth: LabelMatrix): void {
  checkSameShape(truth, scores);
  for (const score of scores.data) {
    if (Number.isNaN(score)) throw new RangeError('a score is not a number');
  }
}

/**
 * Checks scores that are read as probabilities.
 * @throws RangeError as {@link checkScores}, and when a score is outside [0, 1].
 */
export function checkProbabilities(scores: ScoreMatrix, truth: LabelMatrix): void {
  checkScores(scores, truth);
  for (const score of scores.data) {
    if (score < 0 || score > 1) throw new RangeError(`a probability is from 0 to 1, never ${score}`);
  }
}

/** @throws RangeError when two matrices have different shapes, or the data of either do not fill its shape. */
export function checkSameShape(one: Shaped, other: Shaped): void {
  checkShape(one);
  checkShape(other);
  if (one.rows !== other.rows || one.columns !== other.columns) {
    throw new RangeError(`shapes differ: ${one.rows} × ${one.columns} and ${other.rows} × ${other.columns}`);
  }
}

type Shaped = LabelMatrix | ScoreMatrix;

function checkShape({ rows, columns, data }: Shaped): void {
  if (!Number.isInteger(rows) || !Number.isInteger(columns) || rows < 1 || columns < 1) {
    throw new RangeError(`metrics need at least one document and one label, not ${rows} × ${columns}`);
  }
  if (data.length !== rows * columns) {
    throw new RangeError(`${rows} × ${columns} cells expected, ${data.length} given`);
  }
}
