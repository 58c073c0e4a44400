/**
 * The training itself, in two stages. Choosing: epochs on some of the documents, each validated on the others, until
 * none is better any more; the state before the first step takes part. Fitting: as many epochs as were best, on all
 * documents. Both keep checkpoints, and stop within a step.
 */
import {
  batchesOf,
  heaviest,
  inSteps,
  type Batch,
  type BatchPlan,
} from '../../core/learning/finetune/batches.ts';
import { Random } from '../../core/random.ts';
import type { FinetuneEvent } from '../../protocol/finetune.ts';
import type { Task } from '../task.ts';
import type { Checkpoint, EpochRecord, Progress } from './checkpoint.ts';
import {
  firstCheckpoint,
  trainEpochs,
  type EpochOptions,
  type EpochPorts,
  type Measuring,
  type TrainedEpochs,
} from './epochs.ts';
import type { BatchInput, Sessions, StepInput } from './sessions.ts';
import type { TrainingState } from './stepper.ts';
import { windowOf, type ReadText } from './texts.ts';

/** Keeps the streams of different seeds apart. */
const STEPS = 2 ** 24;

export interface LoopOptions extends EpochOptions {
  readonly batch: number;
  /** Batches of one step. */
  readonly accumulate: number;
  readonly buckets: readonly number[];
  /** Share of the embedding's numbers dropped in training. */
  readonly dropout: number;
  readonly seed: number;
}

export interface LoopData {
  readonly texts: readonly ReadText[];
  readonly targets: readonly (readonly number[])[];
  /** What each logit holds that is not trained, row-major `[texts, labels]`. */
  readonly offsets: Float32Array;
  readonly labels: number;
  readonly dimension: number;
}

type Scores = Pick<EpochRecord, 'averagePrecision' | 'microF1'>;

export interface LoopPorts {
  readonly sessions: Pick<Sessions, 'step' | 'place' | 'read'>;
  save(checkpoint: Checkpoint): Promise<void>;
  onEvent(event: FinetuneEvent): void;
  readonly task: Task;
}

export interface ChoosingPorts extends LoopPorts {
  /** On the documents held out. */
  validate(parameters: Float32Array): Promise<Scores>;
}

/** Where a fine-tuning begins: how the frozen encoder does. */
export const beginChoosing = (
  state: TrainingState,
  fingerprint: string,
  ports: ChoosingPorts,
): Promise<Checkpoint> =>
  firstCheckpoint(
    state,
    (start) => ({ ...start, stage: 'choosing', choosingSteps: 0 }),
    fingerprint,
    measuringOf(ports),
    (checkpoint: Checkpoint) => ports.save(checkpoint),
    ports.task,
  );

/**
 * @param from where it begins or was interrupted
 * @throws `training-diverged` when nothing better than the start was found before
 */
export const chooseEpoch = (
  from: Checkpoint,
  data: LoopData,
  options: LoopOptions,
  ports: ChoosingPorts,
): Promise<TrainedEpochs<Progress>> =>
  trainEpochs(from, options, epochPorts(data, options, ports, measuringOf(ports)));

const measuringOf = ({ validate }: ChoosingPorts): Measuring<Scores> => ({
  measure: validate,
  isBetter: (scores, than) => scores.averagePrecision > than.averagePrecision,
});

/** The second stage's beginning. @param state nothing learned yet, on all documents */
export const beginFitting = (
  { progress, best, diverged }: Pick<TrainedEpochs<Progress>, 'progress' | 'best' | 'diverged'>,
  state: TrainingState,
): Checkpoint => ({
  state,
  best,
  progress: {
    ...progress,
    ...(diverged === undefined ? {} : { diverged }),
    stage: 'fitting',
    isUnproven: false,
    choosingSteps: progress.step,
    step: 0,
    epoch: 0,
    batch: 0,
    lossSum: 0,
  },
});

/** As many epochs as were best, with the rates that they had. */
export const fitAll = (
  from: Checkpoint,
  data: LoopData,
  options: LoopOptions,
  ports: LoopPorts,
): Promise<TrainedEpochs<Progress>> =>
  trainEpochs(from, options, epochPorts(data, options, ports, undefined));

function epochPorts(
  data: LoopData,
  options: LoopOptions,
  { sessions, save, onEvent, task }: LoopPorts,
  measuring: Measuring<Scores> | undefined,
): EpochPorts<Scores, Progress> {
  const plan = planOf(data, options);
  return {
    sessions,
    stepsOf: (epoch) => plan[epoch]?.length ?? 0,
    step: (state, at, rate) =>
      sessions.step(state, stepInput(plan[at.epoch]?.[at.batch] ?? [], at, rate, data, options)),
    measuring,
    save,
    onStep: ({ stage, step }, loss, steps) => onEvent({ kind: 'step', stage, step, steps, loss }),
    onEpoch: (scores, kept) => onEvent({ kind: 'epoch', scores, kept }),
    messageOf: (at) => messageOf(at, options),
    task,
  };
}

/** The step that takes the most memory, at the highest rate. @param step from 1 */
export function heaviestStep(data: LoopData, options: LoopOptions, step: number): StepInput {
  const { epoch, batches } = heaviest(planOf(data, options));
  const input = stepInput(batches, { epoch, step: 0 }, options.schedule.peak, data, options);
  return { ...input, step };
}

/** Steps of all epochs on these texts. */
export const stepsOf = (texts: LoopData['texts'], options: LoopOptions): number =>
  planOf({ texts }, options).reduce((sum, steps) => sum + steps.length, 0);

const planOf = (data: Pick<LoopData, 'texts'>, options: LoopOptions): BatchPlan =>
  Array.from({ length: options.epochs }, (_, epoch) =>
    inSteps(epochBatches(data, options, epoch), options.accumulate),
  );

const messageOf = ({ stage, epoch, bestEpoch }: Progress, { epochs }: LoopOptions): string =>
  stage === 'choosing'
    ? `Training, epoch ${epoch + 1} of ${epochs}`
    : `Training on all documents, epoch ${epoch + 1} of ${bestEpoch}`;

function epochBatches(
  { texts }: Pick<LoopData, 'texts'>,
  { buckets, batch, seed }: LoopOptions,
  epoch: number,
): readonly Batch[] {
  const lengths = texts.map((text) => windowOf(text, epoch).length);
  return batchesOf(lengths, buckets, batch, seed, epoch);
}

function stepInput(
  batches: readonly Batch[],
  { epoch, step }: Pick<Progress, 'epoch' | 'step'>,
  rate: number,
  data: LoopData,
  options: LoopOptions,
): StepInput {
  const random = new Random(options.seed * STEPS + step);
  return {
    batches: batches.map((batch) => batchInput(batch, epoch, data, options, random)),
    rate,
    step: step + 1,
  };
}

function batchInput(
  { length, texts }: Batch,
  epoch: number,
  data: LoopData,
  { batch, dropout }: LoopOptions,
  random: Random,
): BatchInput {
  const { labels } = data;
  const targets = new Float32Array(texts.length * labels);
  const offsets = new Float32Array(texts.length * labels);
  texts.forEach((text, row) => {
    for (const label of data.targets[text] ?? []) targets[row * labels + label] = 1;
    offsets.set(data.offsets.subarray(text * labels, (text + 1) * labels), row * labels);
  });
  const keep = Float32Array.from({ length: batch * data.dimension }, () =>
    random.uniform() < dropout ? 0 : 1 / (1 - dropout),
  );
  const windows = texts.map((text) => {
    const one = data.texts[text];
    if (!one) throw new Error(`no text ${text}`);
    return windowOf(one, epoch);
  });
  return { windows, length, targets, offsets, keep };
}
