/** A person who cancels a training. */
import { cancelled, makeTask, type Task } from '../task.ts';

/** Cancels while the training makes this step of a stage: it is finished, and no other begun. @param step from 1 */
export function cancelAt(step: number, stage = 'Training'): Task {
  let reached = false;
  const task = makeTask(
    (message, done) => {
      if (message.startsWith(stage) && done === step - 1) reached = true;
    },
    () => false,
  );
  return {
    ...task,
    checkpoint: async () => {
      if (reached) throw cancelled();
      await task.checkpoint();
    },
  };
}
