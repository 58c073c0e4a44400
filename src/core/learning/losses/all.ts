/** Every loss by its name. */
import { asymmetric } from './asymmetric.ts';
import { binaryCrossEntropy } from './binary-cross-entropy.ts';
import { distributionBalanced } from './distribution-balanced.ts';
import { focal } from './focal.ts';
import { inverseFrequency } from './inverse-frequency.ts';
import type { Loss, LossId } from './loss.ts';

export const LOSSES: Readonly<Record<LossId, Loss>> = {
  'binary-cross-entropy': binaryCrossEntropy,
  'inverse-frequency': inverseFrequency,
  focal,
  asymmetric,
  'distribution-balanced': distributionBalanced,
};
