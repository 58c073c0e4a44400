/**
 * Epochs of any training of an encoder: steps, a measurement after each epoch, checkpoints, and when to stop. What a step
 * reads and what is measured are the caller's.
 */
import { rateAt, type Schedule } from '../../core/learning/finetune/schedule.ts';
import type { Task } from '../task.ts';
import type { Checkpoint } from './checkpoint.ts';
import { divergedAt, savingIfCancelled } from './interruption.ts';
import type { StepResult, TrainingState } from './sessions.ts';

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
  readonly epochs: number;
  readonly schedule: Schedule;
  /** Epochs without a better measurement after which training stops. */
  readonly patience: number;
  /** Steps between two checkpoints. */
  readonly checkpointEvery: number;
}

export interface EpochPorts<S> {
  stepsOf(epoch: number): number;
  step(state: TrainingState, at: Position<S>, rate: number): Promise<StepResult>;
  /** On the held-out documents. */
  measure(parameters: Float32Array): Promise<S>;
  isBetter(scores: S, than: S): boolean;
  save(checkpoint: Checkpoint<Position<S>>): Promise<void>;
  readonly task: Task;
}

export interface TrainedEpochs<S> {
  readonly parameters: Float32Array;
  readonly history: readonly Epoch<S>[];
  readonly bestEpoch: number;
  readonly steps: number;
  /** The step at which the loss was no number any more. */
  readonly diverged?: number;
}

/** @param start where an interrupted training was, or the state before the first step */
export async function trainEpochs<S extends object>(
  start: Checkpoint<Position<S> | undefined>,
  fingerprint: string,
  options: EpochOptions,
  ports: EpochPorts<S>,
): Promise<TrainedEpochs<S>> {
  const { task } = ports;
  const steps = Array.from({ length: options.epochs }, (_, epoch) => ports.stepsOf(epoch));
  const total = steps.reduce((sum, count) => sum + count, 0);
  let { state, best } = start;
  let at = start.progress ?? (await firstPosition(state, fingerprint, ports));
  const save = (): Promise<void> => ports.save({ progress: at, state, best });
  if (!start.progress) await save();

  while (at.epoch < options.epochs && at.epoch - at.bestEpoch < options.patience) {
    const count = steps[at.epoch] ?? 0;
    while (at.batch < count) {
      await savingIfCancelled(() => task.checkpoint(), save);
      task.progress(`Training, epoch ${at.epoch + 1} of ${options.epochs}`, at.step, total);
      const made = await ports.step(state, at, rateAt(options.schedule, at.step, total));
      if (!Number.isFinite(made.loss) || !Number.isFinite(made.norm)) return afterDivergence(at, best);
      state = made.state;
      at = { ...at, step: at.step + 1, batch: at.batch + 1, lossSum: at.lossSum + made.loss };
      if (at.step % options.checkpointEvery === 0) await save();
    }
    task.progress('Measuring');
    const { parameters } = state;
    const scores = await savingIfCancelled(() => ports.measure(parameters), save);
    const isBest = ports.isBetter(scores, bestOf(at));
    const record = { ...scores, epoch: at.epoch + 1, loss: at.lossSum / Math.max(1, count) };
    if (isBest) best = state.parameters;
    at = {
      ...at,
      epoch: record.epoch,
      batch: 0,
      lossSum: 0,
      history: [...at.history, record],
      bestEpoch: isBest ? record.epoch : at.bestEpoch,
    };
    await save();
  }
  return { parameters: best, history: at.history, bestEpoch: at.bestEpoch, steps: at.step };
}

async function firstPosition<S extends object>(
  state: TrainingState,
  fingerprint: string,
  { measure, task }: EpochPorts<S>,
): Promise<Position<S>> {
  task.progress('Measuring');
  const record = { ...(await measure(state.parameters)), epoch: 0 };
  return { fingerprint, step: 0, epoch: 0, batch: 0, lossSum: 0, history: [record], bestEpoch: 0 };
}

function bestOf<S>({ history, bestEpoch }: Position<S>): Epoch<S> {
  const found = history.find(({ epoch }) => epoch === bestEpoch);
  if (!found) throw new Error('the best epoch is in the history');
  return found;
}

/** @throws `training-diverged` when nothing better than the start was found before */
function afterDivergence<S>({ history, bestEpoch, step }: Position<S>, best: Float32Array): TrainedEpochs<S> {
  if (bestEpoch > 0) return { parameters: best, history, bestEpoch, steps: step, diverged: step + 1 };
  throw divergedAt(step + 1);
}
