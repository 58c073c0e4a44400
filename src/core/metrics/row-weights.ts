/**
 * How often each document counts. A bootstrap resample is exactly this: document i drawn `weights[i]` times.
 * Every metric takes such weights, so a resample costs one pass over prepared counts and copies no data.
 */

/** One whole number per document; 0 leaves the document out. */
export type RowWeights = Uint32Array;

/** A number computed from the documents, each counted as often as its weight says. */
export type RowStatistic = (weights: RowWeights) => number;

/** Several such numbers at once, sharing the work; always the same names. */
export type RowStatistics<Name extends string> = (weights: RowWeights) => Readonly<Record<Name, number>>;

/** Every document counted once. */
export const countEachOnce = (rows: number): RowWeights => new Uint32Array(rows).fill(1);

/** @throws RangeError when there is not exactly one weight per document. */
export function checkWeights(weights: RowWeights, rows: number): void {
  if (weights.length !== rows) {
    throw new RangeError(`${rows} document weights expected, ${weights.length} given`);
  }
}

/**
 * The mean of one value per document; 0 when every weight is 0.
 * @throws RangeError when there is not exactly one weight per value.
 */
export function weightedMean(values: Float64Array, weights: RowWeights): number {
  checkWeights(weights, values.length);
  let sum = 0;
  let total = 0;
  values.forEach((value, row) => {
    const weight = weights[row] ?? 0;
    sum += weight * value;
    total += weight;
  });
  return total === 0 ? 0 : sum / total;
}

/** The plain mean of one value per document. */
export const mean = (values: Float64Array): number => weightedMean(values, countEachOnce(values.length));
