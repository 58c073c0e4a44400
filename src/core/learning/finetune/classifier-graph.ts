/**
 * The classifier over an encoder as a graph: the mean over the tokens at unit length, as the engine's embeddings are,
 * and one affine logit a label.
 */
import {
  add,
  divide,
  matmul,
  mean,
  multiply,
  reshape,
  squareRoot,
  sum,
  transpose,
} from '../../graph/build.ts';
import { scalar, type Tensor } from '../../graph/tensor.ts';
import { definedLosses } from '../logistic-loss.ts';

/** Keeps a vector of zeros from being divided by 0; far below any real norm. */
const TINY = 1e-12;

/**
 * Hidden states added up over the tokens that the mask lets through. @param mask 0/1, `[batch, length]`
 * @returns `[batch, dimension]`
 */
export function summed(hidden: Tensor, mask: Tensor): Tensor {
  const [batch = 0, length = 0, dimension = 0] = hidden.shape;
  // A product of [1, length] and [length, dimension] a text: no masked copy of the hidden states is made.
  return reshape(matmul(reshape(mask, [batch, 1, length]), hidden), [batch, dimension]);
}

/** Their mean at unit length. */
export function pooled(hidden: Tensor, mask: Tensor): Tensor {
  const means = divide(summed(hidden, mask), sum(mask, [1], { keepDimensions: true }));
  const norms = squareRoot(add(sum(multiply(means, means), [1], { keepDimensions: true }), scalar(TINY)));
  return divide(means, norms);
}

export interface Head {
  /** `[labels, dimension]` */
  readonly weights: Tensor;
  /** `[labels]` */
  readonly shifts: Tensor;
}

/** @param scale what every logit's linear part is multiplied by, so that one learning rate suits head and encoder */
export const logitsOf = (embedding: Tensor, { weights, shifts }: Head, scale: number): Tensor =>
  add(matmul(embedding, transpose(multiply(weights, scalar(scale)), [1, 0])), shifts);

/**
 * Binary cross-entropy, the mean over the labels and the weighted sum over the texts.
 * @param weights `[batch, 1]`; 0 leaves a text out, 1/batch for each gives the mean
 */
export function multilabelLoss(logits: Tensor, targets: Tensor, weights: Tensor): Tensor {
  return sum(mean(definedLosses(logits, targets, weights), [1]));
}

/** Inverted dropout: `keep` is 0 or 1/(1 − p), drawn by the caller, so that a repeated run drops the same. */
export const dropped = (x: Tensor, keep: Tensor): Tensor => multiply(x, keep);
