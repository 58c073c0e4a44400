/**
 * Epochs of any training of an encoder: steps, a measurement after each epoch, checkpoints, and when to stop. What a step
 * reads and what is measured are the caller's. The state stays where the steps are computed, and comes into memory to be
 * measured and kept.
 */
import { rateAt, type Schedule } from '../../core/learning/finetune/schedule.ts';
import type { Task } from '../task.ts';
import type { Checkpoint } from './checkpoint.ts';
import { divergedAt, savingIfStopped } from './interruption.ts';
import {
  releaseState,
  type PlacedState,
  type Stepper,
  type StepResult,
  type TrainingState,
} from './stepper.ts';

/** What an epoch came to. @typeParam S what is measured on held-out documents */
export type Epoch<S> = S & {
  readonly epoch: number;
  /** Mean loss over the epoch's steps; none before the first. */
  readonly loss?: number | undefined;
};

/** How far a training is. */
export interface Position<S> {
  /** Of everything that determines the numbers. */
  readonly fingerprint: string;
  /** Steps done. */
  readonly step: number;
  readonly epoch: number;
  /** Steps of the epoch done, and their losses added up. */
  readonly batch: number;
  readonly lossSum: number;
  readonly history: readonly Epoch<S>[];
  readonly bestEpoch: number;
}

export interface EpochOptions {
  /** That the schedule is made for. */
  readonly epochs: number;
  readonly schedule: Schedule;
  /** Epochs without a better measurement after which training stops. */
  readonly patience: number;
  /** Steps between two checkpoints. */
  readonly checkpointEvery: number;
}

/** What is measured after an epoch. */
export interface Measuring<S> {
  /** On the held-out documents. */
  measure(parameters: Float32Array): Promise<S>;
  isBetter(scores: S, than: S): boolean;
}

/** @typeParam P a position of this training */
export interface EpochPorts<S, P extends Position<S>> {
  readonly sessions: Pick<Stepper, 'place' | 'read'>;
  stepsOf(epoch: number): number;
  step(state: PlacedState, at: P, rate: number): Promise<StepResult>;
  /** Where nothing is measured, as many epochs are made as were best before. */
  readonly measuring: Measuring<S> | undefined;
  save(checkpoint: Checkpoint<P>): Promise<void>;
  /** @param total steps of all epochs */
  onStep?(at: P, loss: number, total: number): void;
  /** Also of those that an interrupted training had made. */
  onEpoch?(record: Epoch<S>, kept: boolean): void;
  /** What a person reads while an epoch runs. */
  messageOf(at: P): string;
  readonly task: Task;
}

export interface TrainedEpochs<P> {
  readonly progress: P;
  /** Parameters of the best epoch. */
  readonly best: Float32Array;
  /** Parameters after the last step; of the best epoch where the loss was no number any more. */
  readonly last: Float32Array;
  /** The step at which that was. */
  readonly diverged?: number;
}

/** Before the first step: how the start does. */
export async function firstCheckpoint<S extends object, P>(
  state: TrainingState,
  begin: (start: Position<S>) => P,
  fingerprint: string,
  { measure }: Measuring<S>,
  save: (checkpoint: Checkpoint<P>) => Promise<void>,
  task: Task,
): Promise<Checkpoint<P>> {
  task.progress('Measuring');
  const record = { ...(await measure(state.parameters)), epoch: 0 };
  const start = { fingerprint, step: 0, epoch: 0, batch: 0, lossSum: 0, history: [record], bestEpoch: 0 };
  const checkpoint = { state, best: state.parameters, progress: begin(start) };
  await save(checkpoint);
  return checkpoint;
}

/**
 * @param from where it begins or was interrupted
 * @throws `training-diverged` when nothing better than the start was found before
 */
export async function trainEpochs<S extends object, P extends Position<S>>(
  from: Checkpoint<P>,
  options: EpochOptions,
  ports: EpochPorts<S, P>,
): Promise<TrainedEpochs<P>> {
  const { sessions, measuring, task } = ports;
  const steps = Array.from({ length: options.epochs }, (_, epoch) => ports.stepsOf(epoch));
  const total = steps.reduce((sum, count) => sum + count, 0);
  let { best, progress: at } = from;
  if (measuring) for (const record of at.history) ports.onEpoch?.(record, record.epoch === at.bestEpoch);
  let state = await sessions.place(from.state);
  const save = async (): Promise<void> =>
    ports.save({ progress: at, state: await sessions.read(state), best });

  try {
    while (measuring ? goesOn(at, options) : at.epoch < at.bestEpoch) {
      const count = steps[at.epoch] ?? 0;
      while (at.batch < count) {
        await savingIfStopped(() => task.checkpoint(), save);
        task.progress(ports.messageOf(at), at.step, total);
        const rate = rateAt(options.schedule, at.step, total);
        const made = await savingIfStopped(() => ports.step(state, at, rate), save);
        if (!Number.isFinite(made.loss) || !Number.isFinite(made.norm)) {
          releaseState(made.state);
          return afterDivergence(at, best);
        }
        state = made.state;
        at = { ...at, step: at.step + 1, batch: at.batch + 1, lossSum: at.lossSum + made.loss };
        ports.onStep?.(at, made.loss, total);
        if (at.step % options.checkpointEvery === 0) await save();
      }
      const next = { epoch: at.epoch + 1, batch: 0, lossSum: 0 };
      if (measuring) {
        task.progress('Measuring');
        const { parameters } = await sessions.read(state);
        const scores = await savingIfStopped(() => measuring.measure(parameters), save);
        const isBest = measuring.isBetter(scores, bestOf(at));
        const record = { ...scores, epoch: next.epoch, loss: at.lossSum / Math.max(1, count) };
        if (isBest) best = parameters;
        const bestEpoch = isBest ? record.epoch : at.bestEpoch;
        at = { ...at, ...next, history: [...at.history, record], bestEpoch };
        await save();
        ports.onEpoch?.(record, isBest);
      } else {
        at = { ...at, ...next };
        await save();
      }
    }
    const { parameters: last } = await sessions.read(state);
    return { progress: at, best, last };
  } finally {
    releaseState(state);
  }
}

const goesOn = <S>({ epoch, bestEpoch }: Position<S>, { epochs, patience }: EpochOptions): boolean =>
  epoch < epochs && epoch - bestEpoch < patience;

function bestOf<S>({ history, bestEpoch }: Position<S>): Epoch<S> {
  const found = history.find(({ epoch }) => epoch === bestEpoch);
  if (!found) throw new Error('the best epoch is in the history');
  return found;
}

function afterDivergence<S, P extends Position<S>>(progress: P, best: Float32Array): TrainedEpochs<P> {
  const diverged = progress.step + 1;
  if (progress.bestEpoch === 0) throw divergedAt(diverged);
  return { progress, best, last: best, diverged };
}
