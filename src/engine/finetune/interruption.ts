/** What ends a training before its time: a person who cancels it, or a loss that is no number any more. */
import { rm } from 'node:fs/promises';
import { PatentLabError } from '../../core/errors.ts';
import { isCancelled } from '../task.ts';

/** A training that is cancelled, or whose device fails, keeps what it has done. */
export async function savingIfStopped<T>(work: () => Promise<T>, save: () => Promise<void>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isCancelled(cause)) await save();
    // A lost device may not give its state back: what was saved before holds then, and the failure is what is told.
    else await save().catch(() => undefined);
    throw cause;
  }
}

/** It would diverge again at the same step, and its checkpoint stand in the way of a training with a lower rate. */
export async function forgettingDiverged<T>(training: Promise<T>, file: string): Promise<T> {
  try {
    return await training;
  } catch (cause) {
    if (cause instanceof PatentLabError && cause.code === 'training-diverged')
      await rm(file, { force: true });
    throw cause;
  }
}

/** For a training of which no epoch was better than its start. @param step from 1 */
export const divergedAt = (step: number): PatentLabError =>
  new PatentLabError({
    code: 'training-diverged',
    message: `The loss was no number any more at step ${step}, and no epoch before it was better than the start.`,
    remedy: 'Train with a lower rate (--rate); nothing was replaced.',
  });
