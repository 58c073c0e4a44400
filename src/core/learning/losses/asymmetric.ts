/**
 * Asymmetric loss (Ridnik et al. 2021): positives are focused mildly, γ+ = 1, negatives sharply, γ− = 4, and a negative
 * cell under a probability of 0.05 costs nothing (METHODS 1):
 *   L+ = (1 − p)·(−log p),  L− = q⁴·(−log(1 − q)) with q = max(p − 0.05, 0).
 */
import { add, logarithm, multiply, negate, relu, sigmoid, softplus, subtract } from '../../graph/build.ts';
import { scalar } from '../../graph/tensor.ts';
import type { Loss } from './loss.ts';

/** How much probability a negative cell has for nothing. */
export const CLIP = 0.05;

export const asymmetric: Loss = {
  id: 'asymmetric',
  rowCount: 0,
  rows: () => [],
  cells: ({ logits, targets }) => {
    const one = scalar(1);
    const ifPositive = multiply(sigmoid(negate(logits)), softplus(negate(logits)));
    const excess = relu(subtract(sigmoid(logits), scalar(CLIP)));
    const squared = multiply(excess, excess);
    const ifNegative = multiply(multiply(squared, squared), negate(logarithm(subtract(one, excess))));
    return add(multiply(targets, ifPositive), multiply(subtract(one, targets), ifNegative));
  },
};
