/** How long a training will take at most, from a few steps of it that are made and thrown away. */
import type { Layout } from '../../core/learning/finetune/parameters.ts';
import type { Task } from '../task.ts';
import { usedBuckets, type Prepared } from './prepare.ts';
import type { BatchInput, Sessions } from './sessions.ts';
import { stateAt } from './stepper.ts';

/** After one that also compiles the graph. [ours] */
const MEASURED = 2;

/** Seconds that some work takes on texts of each length. */
export async function timed(
  lengths: readonly number[],
  work: (length: number) => Promise<unknown>,
  task: Task,
): Promise<ReadonlyMap<number, number>> {
  const seconds = new Map<number, number>();
  for (const [done, length] of lengths.entries()) {
    let began = 0;
    for (let time = 0; time <= MEASURED; time++) {
      await task.checkpoint();
      task.progress(
        'Measuring how long a step takes',
        done * (MEASURED + 1) + time,
        lengths.length * (MEASURED + 1),
      );
      if (time === 1) began = performance.now();
      await work(length);
    }
    seconds.set(length, (performance.now() - began) / 1000 / MEASURED);
  }
  return seconds;
}

/** @returns seconds, of both stages; the head that training begins at takes little beside them */
export async function finetunePace(
  prepared: Prepared,
  { layout, labels }: { readonly layout: Layout; readonly labels: number },
  sessions: Pick<Sessions, 'step' | 'summing'>,
  task: Task,
): Promise<number> {
  const { tokens, isHeld, base, options } = prepared;
  const { batch, epochs, buckets } = options;
  const lengths = usedBuckets(prepared);
  const bucketOf = (window: Int32Array): number => buckets.find((bucket) => window.length <= bucket) ?? 0;
  const windows = tokens.flatMap((text) => text.windows);
  const parameters = new Float32Array(layout.size);
  const state = stateAt(parameters);
  const input = (length: number): BatchInput => {
    const some = windows.filter((window) => bucketOf(window) === length).slice(0, batch);
    return {
      windows: some,
      length,
      targets: new Float32Array(some.length * labels),
      offsets: new Float32Array(some.length * labels),
      keep: new Float32Array(batch * base.spec.dimension).fill(1),
    };
  };
  const steps = await timed(
    lengths,
    (length) => sessions.step(state, { batches: [input(length)], rate: 0, step: 1 }),
    task,
  );
  const reads = await sessions.summing(parameters, (sumOf) =>
    timed(lengths, (length) => sumOf(input(length).windows[0] ?? new Int32Array(), length), task),
  );
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  /** An epoch trains on one part of each text, in turn. */
  const epochOn = (wanted: (held: boolean) => boolean): number =>
    tokens
      .filter((_, i) => wanted(isHeld[i] === true))
      .reduce(
        (sum, text) => sum + mean(text.windows.map((window) => steps.get(bucketOf(window)) ?? 0)) / batch,
        0,
      );
  const validation = tokens
    .filter((_, i) => isHeld[i] === true)
    .flatMap((text) => text.windows)
    .reduce((sum, window) => sum + (reads.get(bucketOf(window)) ?? 0), 0);
  return epochs * (epochOn((held) => !held) + epochOn(() => true)) + (epochs + 1) * validation;
}
