/**
 * Average precision, the threshold-free companion of F1: micro over all cells, per label, and macro over labels.
 *
 * AP = Σ (Rₙ − Rₙ₋₁) Pₙ over the distinct scores from high to low, not interpolated, as scikit-learn's
 * average_precision_score. Equal scores are one threshold: all of their cells enter together, so the order of tied
 * cells cannot matter. Cells are sorted once; each resample is then one pass over them.
 */
import { checkLabels, checkScores, type LabelMatrix, type ScoreMatrix } from './matrix.ts';
import { checkWeights, countEachOnce, type RowWeights } from './row-weights.ts';

/** Cells from the highest score to the lowest, each packed as `row * 4 + POSITIVE? + LAST_OF_TIE?`. */
type RankedCells = Uint32Array;

const POSITIVE = 1;
const LAST_OF_TIE = 2;
const MAX_ROWS = 2 ** 30;

/** Scores sorted against their truth, ready for average precision under any document weights. */
export class PrecisionRanking {
  readonly rows: number;
  readonly columns: number;
  private readonly allCells: RankedCells;
  private readonly labelCells: readonly RankedCells[];

  /** @throws RangeError when the shapes differ, a truth cell is neither 0 nor 1, or a score is NaN. */
  constructor(truth: LabelMatrix, scores: ScoreMatrix) {
    checkLabels(truth);
    checkScores(scores, truth);
    if (truth.rows > MAX_ROWS) throw new RangeError(`at most ${MAX_ROWS} documents can be ranked`);
    this.rows = truth.rows;
    this.columns = truth.columns;
    const order = sortedCells(scores.data);
    this.allCells = packCells(order, truth, scores);
    this.labelCells = splitByColumn(order, truth).map((cells) => packCells(cells, truth, scores));
  }

  /**
   * AP over all (document, label) cells as one ranking, in [0, 1]; 0 when no cell is positive, as in scikit-learn.
   * @throws RangeError when there is not exactly one weight per document.
   */
  micro(weights: RowWeights = countEachOnce(this.rows)): number {
    checkWeights(weights, this.rows);
    const precision = averagePrecision(this.allCells, weights);
    return Number.isNaN(precision) ? 0 : precision;
  }

  /**
   * AP of each label over the documents, in label order, each in [0, 1]; NaN for a label no document has, whose
   * recall is undefined. (scikit-learn gives 0 there, with a warning.)
   * @throws RangeError when there is not exactly one weight per document.
   */
  perLabel(weights: RowWeights = countEachOnce(this.rows)): Float64Array {
    checkWeights(weights, this.rows);
    return Float64Array.from(this.labelCells, (cells) => averagePrecision(cells, weights));
  }

  /**
   * The mean of {@link perLabel} over the labels at least one document has, in [0, 1]; 0 when there are none.
   * scikit-learn's macro average also counts every label without positives, as 0, which would make the figure
   * depend on how many unused labels the taxonomy holds; multiply by the share of used labels to compare.
   * Under weights, "has" means among the documents with a weight above 0.
   * @throws RangeError when there is not exactly one weight per document.
   */
  macro(weights: RowWeights = countEachOnce(this.rows)): number {
    let total = 0;
    let used = 0;
    for (const precision of this.perLabel(weights)) {
      if (Number.isNaN(precision)) continue;
      total += precision;
      used++;
    }
    return used === 0 ? 0 : total / used;
  }

  /**
   * {@link micro} and {@link macro} under each of many weights, to the digit, in a third of the time.
   * @param weights row-major `[resamples, rows]`
   * @throws RangeError when there is not exactly one weight per document and resample.
   */
  resampled(
    weights: Float32Array,
    resamples: number,
  ): { readonly micro: Float64Array; readonly macro: Float64Array } {
    if (weights.length !== resamples * this.rows) {
      throw new RangeError(`${resamples * this.rows} weights expected, ${weights.length} given`);
    }
    const [micro, macro] = [new Float64Array(resamples), new Float64Array(resamples)];
    const lanes = new Float64Array(this.rows * LANES);
    const precision = new Float64Array(LANES);
    for (let first = 0; first < resamples; first += LANES) {
      const count = Math.min(LANES, resamples - first);
      for (let lane = 0; lane < count; lane++) {
        const from = (first + lane) * this.rows;
        for (let row = 0; row < this.rows; row++) lanes[row * LANES + lane] = weights[from + row] ?? 0;
      }
      averagePrecisions(this.allCells, lanes, precision);
      for (let lane = 0; lane < count; lane++) {
        const value = precision[lane] ?? Number.NaN;
        micro[first + lane] = Number.isNaN(value) ? 0 : value;
      }
      const [total, used] = [new Float64Array(LANES), new Float64Array(LANES)];
      for (const cells of this.labelCells) {
        averagePrecisions(cells, lanes, precision);
        for (let lane = 0; lane < count; lane++) {
          const value = precision[lane] ?? Number.NaN;
          if (Number.isNaN(value)) continue;
          total[lane] = (total[lane] ?? 0) + value;
          used[lane] = (used[lane] ?? 0) + 1;
        }
      }
      for (let lane = 0; lane < count; lane++) {
        macro[first + lane] = used[lane] === 0 ? 0 : (total[lane] ?? 0) / (used[lane] ?? 1);
      }
    }
    return { micro, macro };
  }
}

/** Resamples that go through the cells together: their sums wait for nothing of each other. */
const LANES = 4;

/** {@link PrecisionRanking.micro} of all documents, each once. */
export const microAveragePrecision = (truth: LabelMatrix, scores: ScoreMatrix): number =>
  new PrecisionRanking(truth, scores).micro();

/** {@link PrecisionRanking.macro} of all documents, each once. */
export const macroAveragePrecision = (truth: LabelMatrix, scores: ScoreMatrix): number =>
  new PrecisionRanking(truth, scores).macro();

function averagePrecision(cells: RankedCells, weights: RowWeights): number {
  let seen = 0;
  let found = 0;
  let foundInTie = 0;
  let area = 0;
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at] ?? 0;
    const weight = weights[cell >>> 2] ?? 0;
    seen += weight;
    if (cell & POSITIVE) foundInTie += weight;
    if (cell & LAST_OF_TIE && foundInTie > 0) {
      found += foundInTie;
      area += foundInTie * (found / seen);
      foundInTie = 0;
    }
  }
  return found === 0 ? Number.NaN : area / found;
}

/** {@link averagePrecision} in four lanes; `weights` is `[rows, LANES]`. NaN where no positive cell has a weight. */
function averagePrecisions(cells: RankedCells, weights: Float64Array, precision: Float64Array): void {
  let [seen0, seen1, seen2, seen3] = [0, 0, 0, 0];
  let [tie0, tie1, tie2, tie3] = [0, 0, 0, 0];
  let isTied = false;
  const found = new Float64Array(LANES);
  const area = new Float64Array(LANES);
  const close = (lane: number, tie: number, seen: number): void => {
    if (tie === 0) return;
    const sofar = (found[lane] as number) + tie;
    found[lane] = sofar;
    area[lane] = (area[lane] as number) + tie * (sofar / seen);
  };
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at] as number;
    const row = (cell >>> 2) * LANES;
    const weight0 = weights[row] as number;
    const weight1 = weights[row + 1] as number;
    const weight2 = weights[row + 2] as number;
    const weight3 = weights[row + 3] as number;
    seen0 += weight0;
    seen1 += weight1;
    seen2 += weight2;
    seen3 += weight3;
    if (cell & POSITIVE) {
      tie0 += weight0;
      tie1 += weight1;
      tie2 += weight2;
      tie3 += weight3;
      isTied = true;
    }
    if (isTied && cell & LAST_OF_TIE) {
      close(0, tie0, seen0);
      close(1, tie1, seen1);
      close(2, tie2, seen2);
      close(3, tie3, seen3);
      [tie0, tie1, tie2, tie3] = [0, 0, 0, 0];
      isTied = false;
    }
  }
  for (let lane = 0; lane < LANES; lane++) {
    const all = found[lane] as number;
    precision[lane] = all === 0 ? Number.NaN : (area[lane] as number) / all;
  }
}

/** Room for the number of a cell beside 32 bits of its score in a number that holds whole ones up to 2⁵³. */
const MAX_PACKED = 2 ** 21;

/** Cell numbers from the highest score to the lowest, those of equal scores ascending. */
function sortedCells(scores: Float64Array | Float32Array): Uint32Array {
  if (scores instanceof Float32Array && scores.length <= MAX_PACKED) return sortedByBits(scores);
  const order = Uint32Array.from(scores.keys());
  return order.sort((one, other) => {
    const a = scores[one] ?? 0;
    const b = scores[other] ?? 0;
    return a < b ? 1 : a > b ? -1 : 0;
  });
}

/**
 * The bits of a number, with those of a negative one turned round, are in the order of the numbers; sorting them with the
 * cell beneath them as plain numbers takes a fifth of sorting cells by looking their scores up.
 */
function sortedByBits(scores: Float32Array): Uint32Array {
  const copy = new Float32Array(scores.length);
  // Adding 0 makes −0 the 0 it is equal to.
  for (let cell = 0; cell < copy.length; cell++) copy[cell] = (scores[cell] as number) + 0;
  const bits = new Uint32Array(copy.buffer);
  const keys = new Float64Array(scores.length);
  for (let cell = 0; cell < bits.length; cell++) {
    const own = bits[cell] ?? 0;
    const descending = own >>> 31 === 1 ? own : ~own & 0x7fffffff;
    keys[cell] = descending * MAX_PACKED + cell;
  }
  keys.sort();
  const order = new Uint32Array(keys.length);
  for (let rank = 0; rank < order.length; rank++) order[rank] = (keys[rank] as number) % MAX_PACKED;
  return order;
}

function splitByColumn(order: Uint32Array, { rows, columns }: LabelMatrix): Uint32Array[] {
  const parts = Array.from({ length: columns }, () => new Uint32Array(rows));
  const filled = new Uint32Array(columns);
  for (const cell of order) {
    const column = cell % columns;
    const part = parts[column];
    const next = filled[column] ?? 0;
    if (part) part[next] = cell;
    filled[column] = next + 1;
  }
  return parts;
}

/** What is ranked below the last positive cell counts under no weights, so it is left out. */
function packCells(order: Uint32Array, truth: LabelMatrix, scores: ScoreMatrix): RankedCells {
  let end = order.length;
  while (end > 0 && truth.data[order[end - 1] ?? 0] !== 1) end--;
  const lowest = scores.data[order[end - 1] ?? 0];
  while (end > 0 && end < order.length && scores.data[order[end] ?? 0] === lowest) end++;
  return order.slice(0, end).map((cell, at) => {
    const next = order[at + 1];
    const lastOfTie = next === undefined || scores.data[next] !== scores.data[cell];
    const row = Math.floor(cell / truth.columns);
    return row * 4 + (truth.data[cell] ? POSITIVE : 0) + (lastOfTie ? LAST_OF_TIE : 0);
  });
}
