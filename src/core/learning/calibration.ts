/**
 * Calibrated probabilities from out-of-fold logits.
 *
 * One small logistic regression over all (document, label) cells maps a raw logit z of a label with n positives to
 * w₀·z + w₁ + w₂·ln(1+n) + w₃·z·ln(1+n): how far a logit can be trusted depends on how many examples stood behind it.
 * It is fitted on logits that their own training never saw, and it is affine in z, so evidence still adds up. [ours]
 */

/** Coefficients of z, 1, ln(1+n) and z·ln(1+n). */
export type Calibration = readonly [number, number, number, number];

export const IDENTITY_CALIBRATION: Calibration = [1, 0, 0, 0];

/** Pulls towards leaving the logits as they are; matters only when there are very few cells. */
const RIDGE = 1;

/** Slope and shift of the calibrated logit for a label with this many positives. */
export function calibrationOf(calibration: Calibration, positives: number): { slope: number; shift: number } {
  const [w0, w1, w2, w3] = calibration;
  const size = Math.log1p(positives);
  return { slope: w0 + w3 * size, shift: w1 + w2 * size };
}

/**
 * @param logits raw out-of-fold logits, one a cell
 * @param positives training positives of the cell's label in the folds that produced the logit
 * @param targets 0/1, one a cell
 */
export function fitCalibration(
  logits: ArrayLike<number>,
  positives: ArrayLike<number>,
  targets: ArrayLike<number>,
): Calibration {
  const row = new Float64Array(4);
  const weights = fitSmallLogistic(4, logits.length, [...IDENTITY_CALIBRATION], RIDGE, targets, (cell) => {
    const z = logits[cell] ?? 0;
    const size = Math.log1p(positives[cell] ?? 0);
    row[0] = z;
    row[1] = 1;
    row[2] = size;
    row[3] = z * size;
    return row;
  });
  return [weights[0] ?? 1, weights[1] ?? 0, weights[2] ?? 0, weights[3] ?? 0];
}

/** Slope and shift that turn one score into a log-odds, by logistic regression (Platt scaling). */
export function fitScaling(
  scores: ArrayLike<number>,
  targets: ArrayLike<number>,
  prior: readonly [number, number],
): { slope: number; shift: number } {
  const row = new Float64Array(2);
  const weights = fitSmallLogistic(2, scores.length, [...prior], 1e-3, targets, (cell) => {
    row[0] = scores[cell] ?? 0;
    row[1] = 1;
    return row;
  });
  return { slope: weights[0] ?? prior[0], shift: weights[1] ?? prior[1] };
}

/** Newton's method with step halving for a ridge-regularised logistic regression of a few parameters. */
function fitSmallLogistic(
  size: number,
  cells: number,
  prior: readonly number[],
  ridge: number,
  targets: ArrayLike<number>,
  row: (cell: number) => Float64Array,
): Float64Array {
  const lossAt = (weights: Float64Array): number => {
    let loss = 0;
    for (let cell = 0; cell < cells; cell++) {
      const x = row(cell);
      let z = 0;
      for (let i = 0; i < size; i++) z += (weights[i] as number) * (x[i] as number);
      loss += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - (targets[cell] ?? 0) * z;
    }
    for (let i = 0; i < size; i++) loss += 0.5 * ridge * ((weights[i] as number) - (prior[i] ?? 0)) ** 2;
    return loss;
  };

  let weights: Float64Array = Float64Array.from(prior);
  let loss = lossAt(weights);
  for (let iteration = 0; iteration < 30; iteration++) {
    const gradient = new Float64Array(size);
    const hessian = Array.from({ length: size }, () => new Float64Array(size));
    for (let cell = 0; cell < cells; cell++) {
      const x = row(cell);
      let z = 0;
      for (let i = 0; i < size; i++) z += (weights[i] as number) * (x[i] as number);
      const p = 1 / (1 + Math.exp(-z));
      const residual = p - (targets[cell] ?? 0);
      const curvature = p * (1 - p);
      for (let i = 0; i < size; i++) {
        const xi = x[i] as number;
        gradient[i] = (gradient[i] as number) + residual * xi;
        const line = hessian[i] as Float64Array;
        for (let j = 0; j < size; j++) line[j] = (line[j] as number) + curvature * xi * (x[j] as number);
      }
    }
    for (let i = 0; i < size; i++) {
      gradient[i] = (gradient[i] as number) + ridge * ((weights[i] as number) - (prior[i] ?? 0));
      const line = hessian[i] as Float64Array;
      line[i] = (line[i] as number) + ridge + 1e-9;
    }
    const step = solve(hessian, gradient);
    let length = 1;
    let next: Float64Array = weights;
    let nextLoss = loss;
    for (; length > 1e-4; length /= 2) {
      next = weights.map((value, i) => value - length * (step[i] ?? 0));
      nextLoss = lossAt(next);
      if (nextLoss <= loss) break;
    }
    const gained = loss - nextLoss;
    if (gained >= 0) [weights, loss] = [next, nextLoss];
    if (gained < 1e-9 * Math.abs(loss)) break;
  }
  return weights;
}

/** Gaussian elimination with partial pivoting; the matrices are 2×2 and 4×4 and positive definite. */
function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const a: Float64Array[] = matrix.map((line) => Float64Array.from(line));
  const b = Float64Array.from(right);
  const entry = (i: number, j: number): number => a[i]?.[j] ?? 0;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let i = column + 1; i < size; i++) {
      if (Math.abs(entry(i, column)) > Math.abs(entry(pivot, column))) pivot = i;
    }
    [a[column], a[pivot]] = [a[pivot] as Float64Array, a[column] as Float64Array];
    [b[column], b[pivot]] = [b[pivot] as number, b[column] as number];
    for (let i = column + 1; i < size; i++) {
      const factor = entry(i, column) / entry(column, column);
      const line = a[i] as Float64Array;
      for (let j = column; j < size; j++) line[j] = entry(i, j) - factor * entry(column, j);
      b[i] = (b[i] as number) - factor * (b[column] as number);
    }
  }
  const x = new Float64Array(size);
  for (let i = size - 1; i >= 0; i--) {
    let rest = b[i] as number;
    for (let j = i + 1; j < size; j++) rest -= entry(i, j) * (x[j] as number);
    x[i] = rest / entry(i, i);
  }
  return x;
}
