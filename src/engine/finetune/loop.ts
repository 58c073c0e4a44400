/**
 * The training itself, in two stages. Choosing: epochs on some of the documents, each validated on the others, until
 * none is better any more; the state before the first step takes part. Fitting: as many epochs as were best, on all
 * documents. Both keep checkpoints, and stop within a step.
 */
import { batchesOf, inSteps, type Batch } from '../../core/learning/finetune/batches.ts';
import { rateAt, type Schedule } from '../../core/learning/finetune/schedule.ts';
import { Random } from '../../core/random.ts';
import type { FinetuneEvent } from '../../protocol/finetune.ts';
import type { Task } from '../task.ts';
import type { Checkpoint, EpochRecord, Progress } from './checkpoint.ts';
import { divergedAt, savingIfCancelled } from './interruption.ts';
import type { BatchInput, Sessions, StepInput, TrainingState } from './sessions.ts';
import { windowOf, type ReadText } from './texts.ts';

/** Keeps the streams of different seeds apart. */
const STEPS = 2 ** 24;

export interface LoopOptions {
  /** That the schedule is made for. */
  readonly epochs: number;
  readonly batch: number;
  /** Batches of one step. */
  readonly accumulate: number;
  readonly buckets: readonly number[];
  readonly schedule: Schedule;
  /** Share of the embedding's numbers dropped in training. */
  readonly dropout: number;
  readonly seed: number;
  /** Epochs without a better validation after which training stops. */
  readonly patience: number;
  /** Steps between two checkpoints. */
  readonly checkpointEvery: number;
}

export interface LoopData {
  readonly texts: readonly ReadText[];
  readonly targets: readonly (readonly number[])[];
  /** What each logit holds that is not trained, row-major `[texts, labels]`. */
  readonly offsets: Float32Array;
  readonly labels: number;
  readonly dimension: number;
}

export interface LoopPorts {
  readonly sessions: Pick<Sessions, 'step'>;
  save(checkpoint: Checkpoint): Promise<void>;
  onEvent(event: FinetuneEvent): void;
  readonly task: Task;
}

export interface ChoosingPorts extends LoopPorts {
  /** On the documents held out. */
  validate(parameters: Float32Array): Promise<Pick<EpochRecord, 'averagePrecision' | 'microF1'>>;
}

/** A training between two steps. */
interface Point {
  readonly state: TrainingState;
  readonly progress: Progress;
}

/** The step of the stage at which the loss was no number any more. */
export interface Diverged {
  readonly diverged?: number;
}

export async function beginChoosing(
  state: TrainingState,
  fingerprint: string,
  { validate, save, task }: ChoosingPorts,
): Promise<Checkpoint> {
  task.progress('Validating');
  const record = { epoch: 0, ...(await validate(state.parameters)) };
  const checkpoint: Checkpoint = {
    state,
    best: state.parameters,
    progress: {
      fingerprint,
      stage: 'choosing',
      choosingSteps: 0,
      step: 0,
      epoch: 0,
      batch: 0,
      lossSum: 0,
      history: [record],
      bestEpoch: 0,
    },
  };
  await save(checkpoint);
  return checkpoint;
}

/**
 * @param from where it begins or was interrupted
 * @throws `training-diverged` when nothing better than the start was found before
 */
export async function chooseEpoch(
  from: Checkpoint,
  data: LoopData,
  options: LoopOptions,
  ports: ChoosingPorts,
): Promise<Checkpoint & Diverged> {
  const plan = planOf(data, options);
  let { best, ...point }: Point & { best: Float32Array } = from;
  for (const { epoch } of point.progress.history) tellEpoch(point.progress, epoch, ports);
  while (point.progress.epoch < options.epochs && !isOver(point.progress, options)) {
    const ran = await runEpoch(point, plan, data, options, ports, (now) => ports.save({ ...now, best }));
    if (ran.diverged !== undefined) {
      if (ran.progress.bestEpoch === 0) throw divergedAt(ran.diverged);
      return { ...ran, best };
    }
    const { state, progress } = ran;
    ports.task.progress('Validating');
    const scores = await savingIfCancelled(
      () => ports.validate(state.parameters),
      () => ports.save({ state, progress, best }),
    );
    const loss = progress.lossSum / Math.max(1, plan[progress.epoch]?.length ?? 0);
    const record = { epoch: progress.epoch + 1, loss, ...scores };
    const better = record.averagePrecision > bestOf(progress).averagePrecision;
    if (better) best = state.parameters;
    point = {
      state,
      progress: {
        ...progress,
        epoch: progress.epoch + 1,
        batch: 0,
        lossSum: 0,
        history: [...progress.history, record],
        bestEpoch: better ? record.epoch : progress.bestEpoch,
      },
    };
    await ports.save({ ...point, best });
    tellEpoch(point.progress, record.epoch, ports);
  }
  return { ...point, best };
}

/** The second stage's beginning. @param state nothing learned yet, on all documents */
export const beginFitting = ({ progress, best }: Checkpoint, state: TrainingState): Checkpoint => ({
  state,
  best,
  progress: {
    ...progress,
    stage: 'fitting',
    choosingSteps: progress.step,
    step: 0,
    epoch: 0,
    batch: 0,
    lossSum: 0,
  },
});

/** As many epochs as were best, with the rates that they had. */
export async function fitAll(
  from: Checkpoint,
  data: LoopData,
  options: LoopOptions,
  ports: LoopPorts,
): Promise<Checkpoint & Diverged> {
  const plan = planOf(data, options);
  const { best } = from;
  let point: Point = from;
  while (point.progress.epoch < point.progress.bestEpoch) {
    const ran = await runEpoch(point, plan, data, options, ports, (now) => ports.save({ ...now, best }));
    if (ran.diverged !== undefined) return { ...ran, best };
    const { state, progress } = ran;
    point = { state, progress: { ...progress, epoch: progress.epoch + 1, batch: 0, lossSum: 0 } };
    await ports.save({ ...point, best });
  }
  return { ...point, best };
}

/** Steps of all epochs on these texts. */
export const stepsOf = (texts: LoopData['texts'], options: LoopOptions): number =>
  planOf({ texts }, options).reduce((sum, steps) => sum + steps.length, 0);

/** The batches of each step of each epoch. */
type Plan = readonly (readonly (readonly Batch[])[])[];

const planOf = (data: Pick<LoopData, 'texts'>, options: LoopOptions): Plan =>
  Array.from({ length: options.epochs }, (_, epoch) =>
    inSteps(epochBatches(data, options, epoch), options.accumulate),
  );

async function runEpoch(
  from: Point,
  plan: Plan,
  data: LoopData,
  options: LoopOptions,
  { sessions, task, onEvent }: LoopPorts,
  save: (point: Point) => Promise<void>,
): Promise<Point & Diverged> {
  const steps = plan.reduce((sum, epoch) => sum + epoch.length, 0);
  const ahead = (plan[from.progress.epoch] ?? []).slice(from.progress.batch);
  let { state, progress } = from;
  for (const batches of ahead) {
    await savingIfCancelled(
      () => task.checkpoint(),
      () => save({ state, progress }),
    );
    task.progress(messageOf(progress, options), progress.step, steps);
    const rate = rateAt(options.schedule, progress.step, steps);
    const made = await sessions.step(state, stepInput(batches, progress, rate, data, options));
    const step = progress.step + 1;
    if (!Number.isFinite(made.loss) || !Number.isFinite(made.norm)) return { ...from, diverged: step };
    state = made.state;
    progress = { ...progress, step, batch: progress.batch + 1, lossSum: progress.lossSum + made.loss };
    onEvent({ kind: 'step', stage: progress.stage, step, steps, loss: made.loss });
    if (step % options.checkpointEvery === 0) await save({ state, progress });
  }
  return { state, progress };
}

const messageOf = ({ stage, epoch, bestEpoch }: Progress, { epochs }: LoopOptions): string =>
  stage === 'choosing'
    ? `Training, epoch ${epoch + 1} of ${epochs}`
    : `Training on all documents, epoch ${epoch + 1} of ${bestEpoch}`;

function tellEpoch({ history, bestEpoch }: Progress, epoch: number, { onEvent }: LoopPorts): void {
  const scores = history.find((record) => record.epoch === epoch);
  if (scores) onEvent({ kind: 'epoch', scores, kept: epoch === bestEpoch });
}

function bestOf({ history, bestEpoch }: Progress): EpochRecord {
  const found = history.find(({ epoch }) => epoch === bestEpoch);
  if (!found) throw new Error('the best epoch is in the history');
  return found;
}

const isOver = ({ epoch, bestEpoch }: Progress, { patience }: LoopOptions): boolean =>
  epoch - bestEpoch >= patience;

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
  { epoch, step }: Progress,
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
