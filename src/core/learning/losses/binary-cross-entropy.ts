/** log(1 + e^wrongness): the log-likelihood of independent labels. */
import { softplus } from '../../graph/build.ts';
import { wrongness, type Loss } from './loss.ts';

export const binaryCrossEntropy: Loss = {
  id: 'binary-cross-entropy',
  rowCount: 0,
  rows: () => [],
  cells: ({ logits, targets }) => softplus(wrongness(logits, targets)),
};
