/** What a training set and a duration come to: optimiser steps, the documents of each, and how frequent labels are. */
import type { LabelFrequencies } from '../learning/losses/loss.ts';
import type { Batch } from '../learning/training/adamw.ts';
import type { Random } from '../random.ts';
import type { Duration, TrainingSet } from './family.ts';

/** Optimiser steps of all phases; 0 until convergence. @param batch documents of a step */
export const stepsOf = (sizes: readonly number[], duration: Duration, batch: number): number =>
  phaseSteps(sizes, duration, batch).reduce((total, steps) => total + steps, 0);

/** Steps of each phase. A fixed number of steps is shared out by the phases' sizes. */
function phaseSteps(sizes: readonly number[], duration: Duration, batch: number): readonly number[] {
  switch (duration.kind) {
    case 'convergence':
      return sizes.map(() => 0);
    case 'epochs':
      return sizes.map((size) => duration.epochs * Math.ceil(size / batch));
    case 'steps': {
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const [first = 0] = sizes;
      if (sizes.length < 2) return [duration.steps];
      const ofFirst = Math.round((duration.steps * first) / Math.max(1, total));
      return [ofFirst, duration.steps - ofFirst];
    }
  }
}

/** Passes over shuffled documents, cut off where the steps end. */
export function batchesOf(
  { phases, weights }: TrainingSet,
  duration: Exclude<Duration, { kind: 'convergence' }>,
  size: number,
  random: Random,
): readonly Batch[] {
  const steps = phaseSteps(
    phases.map(({ length }) => length),
    duration,
    size,
  );
  return phases.flatMap((phase, at) => {
    const batches: Batch[] = [];
    const wanted = phase.length === 0 ? 0 : (steps[at] ?? 0);
    while (batches.length < wanted) {
      const order = random.shuffle(phase.slice());
      for (let from = 0; from < order.length && batches.length < wanted; from += size) {
        const rows = order.subarray(from, from + size);
        batches.push(
          weights.size === 0
            ? { rows }
            : { rows, weights: Float32Array.from(rows, (row) => weights.get(row) ?? 1) },
        );
      }
    }
    return batches;
  });
}

/** @param targets 0/1, row-major `[documents, labels]` */
export function frequenciesOf(
  { phases }: TrainingSet,
  targets: ArrayLike<number>,
  labels: number,
): LabelFrequencies {
  const positives = new Float32Array(labels);
  let documents = 0;
  for (const phase of phases) {
    documents += phase.length;
    for (const row of phase) {
      for (let label = 0; label < labels; label++) {
        positives[label] = (positives[label] ?? 0) + (targets[row * labels + label] ?? 0);
      }
    }
  }
  return { positives, documents };
}
