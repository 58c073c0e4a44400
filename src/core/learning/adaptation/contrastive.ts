/**
 * A patent's abstract belongs to its own claims and not to those of the others in the batch: InfoNCE with in-batch
 * negatives in both directions (van den Oord et al. 2018; Radford et al. 2021, figure 3).
 *
 * [ours] Documents of one family or text are no negatives for each other: they share abstracts.
 */
import { add, matmul, multiply, slice, sum, transpose } from '../../graph/build.ts';
import { input, scalar, type Tensor } from '../../graph/tensor.ts';
import { crossEntropy, type Measured } from './cross-entropy.ts';

/** Cosines are divided by it (Gao et al. 2021). [ours] */
export const USUAL_TEMPERATURE = 0.05;

/** Added to the logit of a pair that is no negative: its share of the sum is 0 in single precision. */
const BLOCKED = -1e4;

/**
 * Inputs `blocked` `[pairs, pairs]` and `weights` `[pairs, 1]`.
 * @param embeddings of unit length, `[2 × pairs, dimension]`: all abstracts, then all claims
 */
export function pairingLoss(embeddings: Tensor, temperature: number): Measured {
  const pairs = (embeddings.shape[0] ?? 0) / 2;
  const blocked = input('blocked', [pairs, pairs]);
  const weights = input('weights', [pairs, 1]);
  const abstracts = multiply(slice(embeddings, 0, 0, pairs), scalar(1 / temperature));
  const claims = slice(embeddings, 0, pairs, 2 * pairs);
  const right = sum(multiply(abstracts, claims), [1], { keepDimensions: true });
  const logits = add(matmul(abstracts, transpose(claims, [1, 0])), blocked);
  const halves = multiply(weights, scalar(0.5));
  const there = crossEntropy(logits, right, halves);
  const back = crossEntropy(transpose(logits, [1, 0]), right, halves);
  return { loss: add(there.loss, back.loss), hits: add(there.hits, back.hits) };
}

/**
 * Which pairs are no negatives for each other, row-major `[size, size]`. @param groups of the pairs there are; the rows
 * beyond them are filled up with repetitions, which are nobody's negatives.
 */
export function blockedPairs(groups: readonly string[], size: number): Float32Array {
  const blocked = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (row === column) continue;
      const isFilling = groups[row] === undefined || groups[column] === undefined;
      if (isFilling || groups[row] === groups[column]) blocked[row * size + column] = BLOCKED;
    }
  }
  return blocked;
}
