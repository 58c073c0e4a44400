/**
 * Counts of right and wrong label assignments, the raw material of precision, recall and F1.
 *
 * A document has a few labels out of many, so only the cells where a label is true or assigned are kept; counting a
 * resample then touches a handful of cells per document instead of the whole row.
 */
import { checkLabels, checkSameShape, type LabelMatrix } from './matrix.ts';
import { checkWeights, countEachOnce, type RowWeights } from './row-weights.ts';

/** Per label (arrays as long as there are labels), how many documents … */
export interface LabelCounts {
  /** … have the label and were assigned it; */
  readonly hits: Float64Array;
  /** … were assigned it, rightly or not; */
  readonly assigned: Float64Array;
  /** … have it. */
  readonly support: Float64Array;
}

const TRUE = 1;
const ASSIGNED = 2;

/** The cells in which a label is true, assigned or both, ready to be counted under any document weights. */
export class LabelOutcomes {
  readonly rows: number;
  readonly columns: number;
  /** Where each document's cells start in `cells`; one more entry than documents. */
  private readonly starts: Uint32Array;
  /** `column * 4 + TRUE? + ASSIGNED?`, document by document. */
  private readonly cells: Uint32Array;

  /** @throws RangeError when the shapes differ or a cell is neither 0 nor 1. */
  constructor(truth: LabelMatrix, assigned: LabelMatrix) {
    checkSameShape(truth, assigned);
    checkLabels(truth);
    checkLabels(assigned);
    this.rows = truth.rows;
    this.columns = truth.columns;
    this.starts = new Uint32Array(truth.rows + 1);
    const cells: number[] = [];
    for (let row = 0; row < truth.rows; row++) {
      for (let column = 0; column < truth.columns; column++) {
        const at = row * truth.columns + column;
        const outcome = (truth.data[at] ? TRUE : 0) + (assigned.data[at] ? ASSIGNED : 0);
        if (outcome !== 0) cells.push(column * 4 + outcome);
      }
      this.starts[row + 1] = cells.length;
    }
    this.cells = Uint32Array.from(cells);
  }

  /**
   * Counts per label, each document as often as its weight says (once without weights).
   * @throws RangeError when there is not exactly one weight per document.
   */
  count(weights: RowWeights = countEachOnce(this.rows)): LabelCounts {
    checkWeights(weights, this.rows);
    const hits = new Float64Array(this.columns);
    const assigned = new Float64Array(this.columns);
    const support = new Float64Array(this.columns);
    for (let row = 0; row < this.rows; row++) {
      const weight = weights[row] ?? 0;
      if (weight === 0) continue;
      const end = this.starts[row + 1] ?? 0;
      for (let at = this.starts[row] ?? 0; at < end; at++) {
        const cell = this.cells[at] ?? 0;
        const column = cell >>> 2;
        if (cell & TRUE) support[column] = (support[column] ?? 0) + weight;
        if (cell & ASSIGNED) assigned[column] = (assigned[column] ?? 0) + weight;
        if ((cell & 3) === (TRUE | ASSIGNED)) hits[column] = (hits[column] ?? 0) + weight;
      }
    }
    return { hits, assigned, support };
  }
}
