/** How long an adaptation will take, from a few steps of it that are made and thrown away. */
import { Random } from '../../core/random.ts';
import type { Batch } from '../../core/learning/finetune/batches.ts';
import type { TrainingState } from '../finetune/sessions.ts';
import type { Task } from '../task.ts';
import type { Plan } from './plan.ts';
import type { Prepared } from './prepare.ts';
import { runOf } from './runs.ts';
import type { AdaptationSessions } from './sessions.ts';

/** After one that also compiles the graph. [ours] */
const MEASURED = 2;
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
  const state: TrainingState = {
    parameters: start,
    first: new Float32Array(start.length),
    second: new Float32Array(start.length),
  };
  const secondsOf = new Map<number, number>();
  for (const [done, length] of lengths.entries()) {
    const found = batches.find(({ one }) => one.length === length);
    if (!found) continue;
    const random = new Random(0);
    const run = runOf(documents.train, found.one, goal, { size: batch, turn: found.turn, random });
    const times: number[] = [];
    for (let time = 0; time <= MEASURED; time++) {
      await task.checkpoint();
      task.progress(
        'Measuring how long a step takes',
        done * (MEASURED + 1) + time,
        lengths.length * (MEASURED + 1),
      );
      const began = performance.now();
      await sessions.step(state, [run], 0, 1);
      if (time > 0) times.push((performance.now() - began) / 1000);
    }
    secondsOf.set(length, times.reduce((a, b) => a + b, 0) / MEASURED);
  }
  // A length that only held-out documents have is as slow as the slowest at most.
  const slowest = Math.max(0, ...secondsOf.values());
  const of = (some: readonly Batch[]): number =>
    some.reduce((sum, { length }) => sum + (secondsOf.get(length) ?? slowest), 0);
  return of(batches.map(({ one }) => one)) + (epochs.length + 1) * FORWARD * of(heldOut.batches);
}
