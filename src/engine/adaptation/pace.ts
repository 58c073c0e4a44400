/** How long an adaptation will take, from a few steps of it that are made and thrown away. */
import { Random } from '../../core/random.ts';
import type { Batch } from '../../core/learning/finetune/batches.ts';
import { timed } from '../finetune/pace.ts';
import { stateAt } from '../finetune/stepper.ts';
import type { Task } from '../task.ts';
import type { Plan } from './plan.ts';
import type { Prepared } from './prepare.ts';
import { runOf } from './runs.ts';
import type { AdaptationSessions } from './sessions.ts';

/** Of a step, what going forward takes: going backward takes about twice as much. [ours] */
const FORWARD = 1 / 3;

/** @returns seconds */
export async function pace(
  { goal, documents, start }: Pick<Prepared, 'goal' | 'documents' | 'start'>,
  { epochs, heldOut, lengths }: Plan,
  batch: number,
  sessions: Pick<AdaptationSessions, 'step'>,
  task: Task,
): Promise<number> {
  // Which part of a long text is read, and so its length, goes by the epoch.
  const batches = epochs.flatMap((steps, turn) => steps.flat().map((one) => ({ one, turn })));
  const state = stateAt(start);
  const learned = lengths.filter((length) => batches.some(({ one }) => one.length === length));
  const secondsOf = await timed(
    learned,
    (length) => {
      const found = batches.find(({ one }) => one.length === length);
      if (!found) throw new Error(`no batch has the length ${length}`);
      const setting = { size: batch, turn: found.turn, random: new Random(0) };
      return sessions.step(state, [runOf(documents.train, found.one, goal, setting)], 0, 1);
    },
    task,
  );
  // A length that only held-out documents have is as slow as the slowest at most.
  const slowest = Math.max(0, ...secondsOf.values());
  const of = (some: readonly Batch[]): number =>
    some.reduce((sum, { length }) => sum + (secondsOf.get(length) ?? slowest), 0);
  return of(batches.map(({ one }) => one)) + (epochs.length + 1) * FORWARD * of(heldOut.batches);
}
