/**
 * The classifier over an encoder as a graph: one vector of unit length a text, as the engine's embeddings are, and one
 * affine logit a label.
 */
import { unreachable } from '../../errors.ts';
import {
  add,
  divide,
  matmul,
  mean,
  multiply,
  reshape,
  slice,
  squareRoot,
  sum,
  transpose,
} from '../../graph/build.ts';
import { scalar, type Tensor } from '../../graph/tensor.ts';
import { definedLosses } from '../logistic-loss.ts';

/** Keeps a vector of zeros from being divided by 0; far below any real norm. */
const TINY = 1e-12;

/** How the hidden states of the tokens become one vector: their mean, or the state of the first, special token. */
export type Pooling = 'mean' | 'cls';

/**
 * What a window adds to the vector of its text: the hidden states of the tokens that the mask lets through, or that of
 * the first one. @param mask 0/1, `[batch, length]`
 * @returns `[batch, dimension]`
 */
export function summed(hidden: Tensor, mask: Tensor, pooling: Pooling): Tensor {
  const [batch = 0, length = 0, dimension = 0] = hidden.shape;
  switch (pooling) {
    case 'mean':
      // A product of [1, length] and [length, dimension] a text: no masked copy of the hidden states is made.
      return reshape(matmul(reshape(mask, [batch, 1, length]), hidden), [batch, dimension]);
    case 'cls':
      return reshape(slice(hidden, 1, 0, 1), [batch, dimension]);
    default:
      return unreachable(pooling);
  }
}

/** The same of a text of one window at unit length. */
export function pooled(hidden: Tensor, mask: Tensor, pooling: Pooling): Tensor {
  const total = summed(hidden, mask, pooling);
  const vector = pooling === 'mean' ? divide(total, sum(mask, [1], { keepDimensions: true })) : total;
  const norms = squareRoot(add(sum(multiply(vector, vector), [1], { keepDimensions: true }), scalar(TINY)));
  return divide(vector, norms);
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
