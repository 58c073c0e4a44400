/**
 * Cross-entropy in which the positive cells of a label weigh as much as its negative ones together: (N − n)/n each, as
 * `pos_weight` in PyTorch's BCEWithLogitsLoss. A label without positives has none to weigh.
 */
import { add, multiply, softplus, subtract } from '../../graph/build.ts';
import { scalar } from '../../graph/tensor.ts';
import { wrongness, type Loss } from './loss.ts';

export const inverseFrequency: Loss = {
  id: 'inverse-frequency',
  rowCount: 1,
  rows: ({ positives, documents }) => [
    positives.map((count) => (count > 0 ? (documents - count) / count : 1)),
  ],
  cells: ({ logits, targets, rows: [positiveWeight = scalar(1)] }) => {
    const weight = add(multiply(targets, subtract(positiveWeight, scalar(1))), scalar(1));
    return multiply(weight, softplus(wrongness(logits, targets)));
  },
};
