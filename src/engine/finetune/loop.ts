/** The training itself: steps, validation after each epoch, checkpoints, and when to stop. */
import { PatentLabError } from '../../core/errors.ts';
import { batchesOf, type Batch } from '../../core/learning/finetune/batches.ts';
import { rateAt, type Schedule } from '../../core/learning/finetune/schedule.ts';
import { Random } from '../../core/random.ts';
import { isCancelled, type Task } from '../task.ts';
import type { Checkpoint, EpochRecord, Progress } from './checkpoint.ts';
import type { Sessions, TrainingState } from './sessions.ts';
import { windowOf, type ReadText } from './texts.ts';

/** Keeps the streams of different seeds apart. */
const STEPS = 2 ** 24;

export interface LoopOptions {
  readonly epochs: number;
  readonly batch: number;
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
  readonly labels: number;
  readonly dimension: number;
}

export interface LoopPorts {
  readonly sessions: Pick<Sessions, 'step'>;
  /** On the validation documents. */
  validate(parameters: Float32Array): Promise<Pick<EpochRecord, 'averagePrecision' | 'microF1'>>;
  save(checkpoint: Checkpoint): Promise<void>;
  readonly task: Task;
}

export interface Trained {
  readonly parameters: Float32Array;
  readonly history: readonly EpochRecord[];
  readonly bestEpoch: number;
  readonly steps: number;
  /** The step at which the loss was no number any more. */
  readonly diverged?: number;
}

/** @param start where an interrupted training was, or the state before the first step */
export async function trainLoop(
  start: Omit<Checkpoint, 'progress'> & { readonly progress?: Progress },
  fingerprint: string,
  data: LoopData,
  options: LoopOptions,
  ports: LoopPorts,
): Promise<Trained> {
  const plan = Array.from({ length: options.epochs }, (_, epoch) => epochBatches(data, options, epoch));
  const total = plan.reduce((sum, batches) => sum + batches.length, 0);
  let { state, best } = start;
  let progress = start.progress ?? (await firstProgress(state, fingerprint, ports));
  const save = (): Promise<void> => ports.save({ progress, state, best });
  if (!start.progress) await save();

  for (; progress.epoch < options.epochs && !isOver(progress, options);) {
    const batches = plan[progress.epoch] ?? [];
    while (progress.batch < batches.length) {
      await cancellable(ports.task, save);
      ports.task.progress(`Training, epoch ${progress.epoch + 1} of ${options.epochs}`, progress.step, total);
      const batch = batches[progress.batch];
      if (!batch) break;
      const rate = rateAt(options.schedule, progress.step, total);
      const made = await ports.sessions.step(state, stepInput(batch, progress, rate, data, options));
      if (!Number.isFinite(made.loss) || !Number.isFinite(made.norm)) {
        return afterDivergence(progress, best);
      }
      state = made.state;
      progress = {
        ...progress,
        step: progress.step + 1,
        batch: progress.batch + 1,
        lossSum: progress.lossSum + made.loss,
      };
      if (progress.step % options.checkpointEvery === 0) await save();
    }
    ports.task.progress('Validating');
    const record = {
      epoch: progress.epoch + 1,
      loss: progress.lossSum / Math.max(1, batches.length),
      ...(await ports.validate(state.parameters)),
    };
    const better = record.averagePrecision > bestOf(progress).averagePrecision;
    if (better) best = state.parameters;
    progress = {
      ...progress,
      epoch: progress.epoch + 1,
      batch: 0,
      lossSum: 0,
      history: [...progress.history, record],
      bestEpoch: better ? record.epoch : progress.bestEpoch,
    };
    await save();
  }
  return { parameters: best, history: progress.history, bestEpoch: progress.bestEpoch, steps: progress.step };
}

async function firstProgress(
  state: TrainingState,
  fingerprint: string,
  { validate, task }: LoopPorts,
): Promise<Progress> {
  task.progress('Validating');
  const record = { epoch: 0, ...(await validate(state.parameters)) };
  return { fingerprint, step: 0, epoch: 0, batch: 0, lossSum: 0, history: [record], bestEpoch: 0 };
}

function bestOf({ history, bestEpoch }: Progress): EpochRecord {
  const found = history.find(({ epoch }) => epoch === bestEpoch);
  if (!found) throw new Error('the best epoch is in the history');
  return found;
}

const isOver = ({ epoch, bestEpoch }: Progress, { patience }: LoopOptions): boolean =>
  epoch - bestEpoch >= patience;

/** A cancelled training keeps what it has done. */
async function cancellable(task: Task, save: () => Promise<void>): Promise<void> {
  try {
    await task.checkpoint();
  } catch (cause) {
    if (isCancelled(cause)) await save();
    throw cause;
  }
}

function epochBatches(
  { texts }: LoopData,
  { buckets, batch, seed }: LoopOptions,
  epoch: number,
): readonly Batch[] {
  const lengths = texts.map((text) => windowOf(text, epoch).length);
  return batchesOf(lengths, buckets, batch, seed, epoch);
}

function stepInput(
  { length, texts }: Batch,
  { epoch, step }: Progress,
  rate: number,
  data: LoopData,
  { batch, dropout, seed }: LoopOptions,
) {
  const targets = new Float32Array(texts.length * data.labels);
  texts.forEach((text, row) => {
    for (const label of data.targets[text] ?? []) targets[row * data.labels + label] = 1;
  });
  const random = new Random(seed * STEPS + step);
  const keep = Float32Array.from({ length: batch * data.dimension }, () =>
    random.uniform() < dropout ? 0 : 1 / (1 - dropout),
  );
  const windows = texts.map((text) => {
    const one = data.texts[text];
    if (!one) throw new Error(`no text ${text}`);
    return windowOf(one, epoch);
  });
  return { windows, length, targets, keep, rate, step: step + 1 };
}

/** @throws `training-diverged` when nothing better than the start was found before */
function afterDivergence({ history, bestEpoch, step }: Progress, best: Float32Array): Trained {
  if (bestEpoch > 0) return { parameters: best, history, bestEpoch, steps: step, diverged: step + 1 };
  throw new PatentLabError({
    code: 'training-diverged',
    message: `The loss was no number any more at step ${step + 1}, and no epoch before it was better than the start.`,
    remedy: 'Train with a lower rate (--rate); nothing was replaced.',
  });
}
