/** Epochs of a training: which state is kept, when it stops, and what a fault leaves behind. */
import { describe, expect, it } from 'vitest';
import { PatentLabError } from '../../core/errors.ts';
import { quietTask } from '../task.ts';
import type { Checkpoint } from './checkpoint.ts';
import { trainEpochs, type EpochPorts, type Position, type TrainedEpochs } from './epochs.ts';
import type { TrainingState } from './sessions.ts';

interface Scores {
  readonly heldOut: number;
}

type Saved = Checkpoint<Position<Scores>>;

const OPTIONS = {
  epochs: 5,
  schedule: { kind: 'constant', peak: 1, warmup: 0 },
  patience: 2,
  checkpointEvery: 2,
} as const;
const STEPS = 3;

const at = (step: number): TrainingState => ({
  parameters: Float32Array.of(step),
  first: new Float32Array(1),
  second: new Float32Array(1),
});

/** A training whose only parameter counts its steps. @param scores after each epoch, the start's first */
function training(scores: readonly number[], changed: Partial<EpochPorts<Scores>> = {}) {
  const saved: Saved[] = [];
  const ports: EpochPorts<Scores> = {
    stepsOf: () => STEPS,
    step: (_, { step }) => Promise.resolve({ loss: 1, norm: 1, state: at(step + 1) }),
    measure: ([steps = 0]) => Promise.resolve({ heldOut: scores[steps / STEPS] ?? Number.NaN }),
    isBetter: (one, than) => one.heldOut < than.heldOut,
    save: (checkpoint) => {
      saved.push(checkpoint);
      return Promise.resolve();
    },
    task: quietTask,
    ...changed,
  };
  const run = (from?: Saved): Promise<TrainedEpochs<Scores>> =>
    trainEpochs(from ?? { progress: undefined, state: at(0), best: at(0).parameters }, 'f', OPTIONS, ports);
  return { run, saved };
}

const noNumberAt = (fault: number): Partial<EpochPorts<Scores>> => ({
  step: (_, { step }) =>
    Promise.resolve({ loss: step + 1 === fault ? Number.NaN : 1, norm: 1, state: at(step + 1) }),
});

describe('epochs', () => {
  it('end when none is better any more, and the best is kept', async () => {
    const trained = await training([9, 5, 4, 6, 7, 1]).run();
    expect(trained).toMatchObject({ bestEpoch: 2, steps: 4 * STEPS });
    expect([...trained.parameters]).toEqual([2 * STEPS]);
    expect(trained.history.map(({ heldOut }) => heldOut)).toEqual([9, 5, 4, 6, 7]);
  });

  it('keep the start where nothing is better', async () => {
    const trained = await training([1, 5, 4]).run();
    expect(trained).toMatchObject({ bestEpoch: 0, steps: 2 * STEPS });
    expect([...trained.parameters]).toEqual([0]);
  });

  it('come to the same from any of their checkpoints', async () => {
    const scores = [9, 5, 6, 4, 3, 2];
    const { run, saved } = training(scores);
    const whole = await run();
    // Every second step, and the end of every epoch.
    expect(saved.map(({ progress: { step } }) => step)).toEqual([0, 2, 3, 4, 6, 6, 8, 9, 10, 12, 12, 14, 15]);
    for (const from of saved) expect(await training(scores).run(from)).toEqual(whole);
  });
});

describe('a loss that is no number', () => {
  it('gives the best epoch before it, and names the step', async () => {
    const trained = await training([9, 5, 4], noNumberAt(8)).run();
    expect(trained).toMatchObject({ bestEpoch: 2, diverged: 8 });
    expect([...trained.parameters]).toEqual([2 * STEPS]);
  });

  it('ends the training where no epoch was better, and the last good state stays', async () => {
    const { run, saved } = training([1, 5], noNumberAt(6));
    await expect(run()).rejects.toMatchObject({
      code: 'training-diverged',
      message: expect.stringContaining('at step 6') as unknown,
    });
    expect(saved.at(-1)?.progress.step).toBe(4);
    expect(saved.at(-1)?.state.parameters).toEqual(Float32Array.of(4));
  });
});

describe('a full disk', () => {
  it('is told, and the checkpoint before it is where the training goes on', async () => {
    const full = new PatentLabError({ code: 'disk-full', message: 'No space.', remedy: 'Free some.' });
    const kept: Saved[] = [];
    const scores = [9, 5, 4, 3, 2, 1];
    const { run } = training(scores, {
      save: (checkpoint) => {
        if (checkpoint.progress.step > 4) return Promise.reject(full);
        kept.push(checkpoint);
        return Promise.resolve();
      },
    });
    await expect(run()).rejects.toBe(full);
    expect(await training(scores).run(kept.at(-1))).toEqual(await training(scores).run());
  });
});
