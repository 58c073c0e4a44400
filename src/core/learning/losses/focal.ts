/** Focal loss (Lin et al. 2017): (1 − pₜ)^γ · cross-entropy, so that cells which are right already count little. */
import { multiply, sigmoid, softplus } from '../../graph/build.ts';
import { wrongness, type Loss } from './loss.ts';

// γ = 2: the weight is the probability of being wrong, squared. [ours: METHODS 2 gives none; Lin et al. prefer it]

export const focal: Loss = {
  id: 'focal',
  rowCount: 0,
  rows: () => [],
  cells: ({ logits, targets }) => {
    const wrong = wrongness(logits, targets);
    const doubt = sigmoid(wrong);
    return multiply(multiply(doubt, doubt), softplus(wrong));
  },
};
