/** What ends a training before its time: a person who cancels it, or a loss that is no number any more. */
import { PatentLabError } from '../../core/errors.ts';
import { isCancelled } from '../task.ts';

/** A cancelled training keeps what it has done. */
export async function savingIfCancelled<T>(work: () => Promise<T>, save: () => Promise<void>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isCancelled(cause)) await save();
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
