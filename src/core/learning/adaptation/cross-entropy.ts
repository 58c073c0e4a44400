/** Cross-entropy against one right column a row, over as many columns as a vocabulary has words. */
import {
  add,
  cast,
  exponential,
  greatestAlong,
  lessOrEqual,
  logarithm,
  multiply,
  reshape,
  subtract,
  sum,
} from '../../graph/build.ts';
import { scalar, type Tensor } from '../../graph/tensor.ts';

/** The right logit is summed in another order than its column: so near to the greatest it is the greatest. [ours] */
const NEAR = 1e-4;

/** What an objective comes to on a batch. */
export interface Measured {
  /** Weighted sum over the rows. */
  readonly loss: Tensor;
  /** Weighted sum of the rows whose right column is the greatest. */
  readonly hits: Tensor;
}

/**
 * ln Σ eˣ of each row. @param x `[rows, columns]` @returns `[rows, 1]`
 *
 * Any number near the greatest keeps the powers finite; as a whole number it has no derivative, and none is lost: it
 * cancels.
 */
export function logSumExp(x: Tensor): Tensor {
  const near = cast(cast(greatestOf(x), 'int64'), 'float32');
  const powers = sum(exponential(subtract(x, near)), [1], { keepDimensions: true });
  return add(near, logarithm(powers));
}

const greatestOf = (x: Tensor): Tensor => reshape(greatestAlong(x, [1]), [x.shape[0] ?? 0, 1]);

/**
 * @param logits `[rows, columns]`
 * @param right the logit of the right column, `[rows, 1]`, made apart because the columns cannot be cut out one a row
 * @param weights `[rows, 1]`
 */
export function crossEntropy(logits: Tensor, right: Tensor, weights: Tensor): Measured {
  const isGreatest = cast(lessOrEqual(greatestOf(logits), add(right, scalar(NEAR))), 'float32');
  return {
    loss: sum(multiply(subtract(logSumExp(logits), right), weights)),
    hits: sum(multiply(isGreatest, weights)),
  };
}
