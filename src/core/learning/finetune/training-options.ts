/** How steps are made, whatever is learned. */
import { USUAL_OPTIMISER } from './optimiser.ts';
import type { ScheduleKind } from './schedule.ts';

export interface TrainingOptions {
  /** Batches whose gradients make one step together: as one batch so many times as large, in the memory of one. */
  readonly accumulate: number;
  readonly schedule: ScheduleKind;
  /** Gradients are scaled down to this norm where theirs is larger. */
  readonly maxNorm: number;
  /** Share of the embedding's numbers dropped in training. */
  readonly dropout: number;
}

/** Dropout as in BERT's classifiers (Devlin et al. 2019). */
export const USUAL_TRAINING: TrainingOptions = {
  accumulate: 1,
  schedule: 'linear',
  maxNorm: USUAL_OPTIMISER.maxNorm,
  dropout: 0.1,
};
