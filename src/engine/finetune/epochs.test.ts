/** Epochs of a training: which state is kept, when it stops, and what a fault leaves behind. */
import { describe, expect, it } from 'vitest';
import { PatentLabError } from '../../core/errors.ts';
import { quietTask } from '../task.ts';
import type { Checkpoint } from './checkpoint.ts';
import {
  firstCheckpoint,
  trainEpochs,
  type EpochPorts,
  type Measuring,
  type Position,
  type TrainedEpochs,
} from './epochs.ts';
import { stateAt, type TrainingState } from './stepper.ts';

interface Scores {
  readonly heldOut: number;
}

type Saved = Checkpoint<Position<Scores>>;
type Ports = EpochPorts<Scores, Position<Scores>>;

const OPTIONS = {
  epochs: 5,
  schedule: { kind: 'constant', peak: 1, warmup: 0 },
  patience: 2,
  checkpointEvery: 2,
} as const;
const STEPS = 3;

const at = (step: number): TrainingState => stateAt(Float32Array.of(step));

/** A training whose only parameter counts its steps. @param scores after each epoch, the start's first */
function training(scores: readonly number[], changed: Partial<Ports> = {}) {
  const saved: Saved[] = [];
  const measuring: Measuring<Scores> = {
    measure: ([steps = 0]) => Promise.resolve({ heldOut: scores[steps / STEPS] ?? Number.NaN }),
    isBetter: (one, than) => one.heldOut < than.heldOut,
  };
  const ports: Ports = {
    sessions: onSomeDevice(),
    stepsOf: () => STEPS,
    step: (_, { step }) => Promise.resolve({ loss: 1, norm: 1, state: at(step + 1) }),
    measuring,
    save: (checkpoint) => {
      saved.push(checkpoint);
      return Promise.resolve();
    },
    messageOf: () => 'Training',
    task: quietTask,
    ...changed,
  };
  const run = async (from?: Saved): Promise<TrainedEpochs<Position<Scores>>> =>
    trainEpochs(
      from ?? (await firstCheckpoint(at(0), (start) => start, 'f', measuring, ports.save, quietTask)),
      OPTIONS,
      ports,
    );
  return { run, saved };
}

/** The state is a copy there, so that what is kept is what was read. */
function onSomeDevice(): Ports['sessions'] {
  const copy = <T extends object>(state: T): Promise<T> => Promise.resolve({ ...state });
  return { place: copy, read: (state) => copy(state as TrainingState) };
}

const noNumberAt = (fault: number): Partial<Ports> => ({
  step: (_, { step }) =>
    Promise.resolve({ loss: step + 1 === fault ? Number.NaN : 1, norm: 1, state: at(step + 1) }),
});

describe('epochs', () => {
  it('end when none is better any more, and the best is kept', async () => {
    const trained = await training([9, 5, 4, 6, 7, 1]).run();
    expect(trained).toMatchObject({ progress: { bestEpoch: 2, step: 4 * STEPS } });
    expect([...trained.best]).toEqual([2 * STEPS]);
    expect(trained.progress.history.map(({ heldOut }) => heldOut)).toEqual([9, 5, 4, 6, 7]);
  });

  it('keep the start where nothing is better', async () => {
    const trained = await training([1, 5, 4]).run();
    expect(trained).toMatchObject({ progress: { bestEpoch: 0, step: 2 * STEPS } });
    expect([...trained.best]).toEqual([0]);
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

describe('where nothing is measured', () => {
  it('as many epochs are made as were best before, from any checkpoint', async () => {
    const begun: Saved = {
      state: at(0),
      best: Float32Array.of(6),
      progress: { fingerprint: 'f', step: 0, epoch: 0, batch: 0, lossSum: 0, history: [], bestEpoch: 2 },
    };
    const { run, saved } = training([], { measuring: undefined });
    const whole = await run(begun);
    expect([...whole.last]).toEqual([2 * STEPS]);
    expect([...whole.best]).toEqual([6]);
    expect(saved.map(({ progress: { step } }) => step)).toEqual([2, 3, 4, 6, 6]);
    for (const from of saved) expect(await training([], { measuring: undefined }).run(from)).toEqual(whole);
  });
});

describe('a loss that is no number', () => {
  it('gives the best epoch before it, and names the step', async () => {
    const trained = await training([9, 5, 4], noNumberAt(8)).run();
    expect(trained).toMatchObject({ progress: { bestEpoch: 2 }, diverged: 8 });
    expect([...trained.best]).toEqual([2 * STEPS]);
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

describe('a device that fails', () => {
  const failure = new Error('device lost');
  const scores = [9, 5, 4, 3, 2, 1];
  const failingAt = (fault: number): Partial<Ports> => ({
    step: (_, { step }) =>
      step + 1 === fault
        ? Promise.reject(failure)
        : Promise.resolve({ loss: 1, norm: 1, state: at(step + 1) }),
  });

  it('leaves the step before, from which the training goes on', async () => {
    const { run, saved } = training(scores, failingAt(8));
    await expect(run()).rejects.toBe(failure);
    expect(saved.at(-1)?.progress.step).toBe(7);
    expect(await training(scores).run(saved.at(-1))).toEqual(await training(scores).run());
  });

  it('and does not give its state back leaves the checkpoint before', async () => {
    const { place, read } = onSomeDevice();
    let isLost = false;
    const { run, saved } = training(scores, {
      sessions: { place, read: (state) => (isLost ? Promise.reject(failure) : read(state)) },
      step: (_, { step }) => {
        isLost = step === 7;
        return isLost ? Promise.reject(failure) : Promise.resolve({ loss: 1, norm: 1, state: at(step + 1) });
      },
    });
    await expect(run()).rejects.toBe(failure);
    expect(saved.at(-1)?.progress.step).toBe(6);
    expect(await training(scores).run(saved.at(-1))).toEqual(await training(scores).run());
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
