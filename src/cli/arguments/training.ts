/** Options that say how the steps of a training are made. */
import { SCHEDULES } from '../../core/learning/finetune/schedule.ts';
import { USUAL_TRAINING, type TrainingOptions } from '../../core/learning/finetune/training-options.ts';
import { count, positive, text, usageError, type Values } from './options.ts';

export const TRAINING_OPTIONS = {
  accumulate: { type: 'string' },
  schedule: { type: 'string' },
  clip: { type: 'string' },
} as const;

export function trainingOf(values: Values): Omit<TrainingOptions, 'dropout'> {
  return {
    accumulate: count(values['accumulate'], '--accumulate', USUAL_TRAINING.accumulate, 1),
    schedule: scheduleOf(values['schedule']),
    maxNorm: positive(values['clip'], '--clip', USUAL_TRAINING.maxNorm),
  };
}

function scheduleOf(value: Values[string]): TrainingOptions['schedule'] {
  const given = text(value) ?? USUAL_TRAINING.schedule;
  const kind = SCHEDULES.find((one) => one === given);
  if (!kind) throw usageError(`--schedule is one of ${SCHEDULES.join(', ')}, not "${given}".`);
  return kind;
}

export function dropoutOf(value: Values[string]): number {
  const given = text(value);
  if (given === undefined) return USUAL_TRAINING.dropout;
  const share = Number(given);
  if (given.trim() === '' || !(share >= 0 && share < 1)) {
    throw usageError(`--dropout needs a share from 0 to below 1, not "${given}".`);
  }
  return share;
}
