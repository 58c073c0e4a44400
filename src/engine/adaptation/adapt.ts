/** From unlabelled patents and a base encoder to an encoder folder that was trained on them. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import { inSteps, type Batch } from '../../core/learning/finetune/batches.ts';
import { Random } from '../../core/random.ts';
import { sha256 } from '../classifier/store.ts';
import { readState, writeCheckpoint, type Checkpoint } from '../finetune/checkpoint.ts';
import {
  trainEpochs,
  type EpochOptions,
  type EpochPorts,
  type Position,
  type TrainedEpochs,
} from '../finetune/epochs.ts';
import { requireMemory } from '../finetune/sessions.ts';
import { packTuned } from '../finetune/tuned.ts';
import type { Task } from '../task.ts';
import { HeldOut, type HeldOutScores } from './held-out.ts';
import { positionSchema } from './position.ts';
import { prepare, type Prepared } from './prepare.ts';
import { epochsTo } from './events.ts';
import type { AdaptationRequest } from './request.ts';
import { batchesOfItems, runOf } from './runs.ts';
import { AdaptationSessions } from './sessions.ts';
import { saveAdapted, type AdaptedEncoder } from './save.ts';

export const CHECKPOINT_FILE = 'adaptation.checkpoint';

export interface AdaptationResult {
  readonly encoder: AdaptedEncoder;
  readonly trained: TrainedEpochs<HeldOutScores>;
  /** Steps that an interrupted training had done before. */
  readonly resumed: number;
}

const PATIENCE = 3;
const CHECKPOINT_EVERY = 100;
const WARMUP = 0.1;
/** Keeps the streams of different seeds apart. */
const STEPS = 2 ** 24;

/**
 * @throws `adaptation-unsupported`, `adaptation-too-small`, `memory-insufficient`, `training-diverged`,
 * `training-interrupted`, and what reading the base throws
 */
export async function adapt(request: AdaptationRequest, task: Task): Promise<AdaptationResult> {
  const started = performance.now();
  requireOwnFolder(request);
  const prepared = await prepare(request, task);
  const { base, goal, documents, layout, optimiser } = prepared;
  const { method, batch, folder } = request;
  const file = path.join(folder, CHECKPOINT_FILE);
  const fingerprint = fingerprintOf(request, prepared);
  const interrupted = await interruptedAt(file, request, fingerprint);
  const plan = planOf(request, prepared);
  const { accumulate } = request.training;
  const sessions = new AdaptationSessions({ base, method, layout, goal, batch, accumulate, optimiser });
  requireMemory(sessions.memoryNeed(plan.lengths));
  const tellEpochs = epochsTo(request.onEvent);
  if (interrupted) tellEpochs(interrupted.progress);
  try {
    const trained = await trainEpochs<HeldOutScores>(
      interrupted ?? beginning(prepared),
      fingerprint,
      epochOptions(request),
      {
        ...learning(request, prepared, plan, sessions, task),
        save: async (checkpoint) => {
          await writeCheckpoint(file, checkpoint);
          tellEpochs(checkpoint.progress);
        },
        task,
      },
    );
    task.progress('Saving');
    const values = packTuned(base, method, trained.parameters, layout);
    const seconds = (performance.now() - started) / 1000;
    const encoder = await saveAdapted(request, { base, documents, trained, seconds }, values);
    await rm(file, { force: true });
    return { encoder, trained, resumed: interrupted?.progress.step ?? 0 };
  } finally {
    await sessions.release();
  }
}

type Interrupted = Checkpoint<Position<HeldOutScores>>;

async function interruptedAt(
  file: string,
  { restart }: AdaptationRequest,
  fingerprint: string,
): Promise<Interrupted | undefined> {
  if (restart) await rm(file, { force: true });
  const interrupted = await readState(file, positionSchema);
  if (interrupted && interrupted.progress.fingerprint !== fingerprint) throw otherTraining(file);
  return interrupted;
}

/** Nothing learned yet. */
const beginning = ({ start }: Prepared): Checkpoint<undefined> => ({
  progress: undefined,
  best: start,
  state: {
    parameters: start,
    first: new Float32Array(start.length),
    second: new Float32Array(start.length),
  },
});

const epochOptions = ({ epochs, rate, training }: AdaptationRequest): EpochOptions => ({
  epochs,
  schedule: { kind: training.schedule, peak: rate, warmup: WARMUP },
  patience: PATIENCE,
  checkpointEvery: CHECKPOINT_EVERY,
});

interface Plan {
  /** The batches of each step of each epoch. */
  readonly epochs: readonly (readonly (readonly Batch[])[])[];
  readonly heldOut: HeldOut;
  /** Lengths that occur. */
  readonly lengths: readonly number[];
}

function planOf({ epochs: count, batch, seed, training }: AdaptationRequest, prepared: Prepared): Plan {
  const { goal, documents, buckets } = prepared;
  const setting = { buckets, batch, seed };
  const epochs = Array.from({ length: count }, (_, epoch) =>
    inSteps(batchesOfItems(documents.train, goal, setting, epoch), training.accumulate),
  );
  const heldOut = new HeldOut(documents.heldOut, goal, setting);
  if (epochs.some(({ length }) => length === 0) || heldOut.batches.length === 0) throw nothingToLearn();
  const lengths = [...epochs.flat(2), ...heldOut.batches].map(({ length }) => length);
  return { epochs, heldOut, lengths: [...new Set(lengths)] };
}

/** What a step reads, and what is measured after an epoch. */
function learning(
  { batch, seed, onEvent }: AdaptationRequest,
  { goal, documents }: Prepared,
  { epochs, heldOut }: Plan,
  sessions: AdaptationSessions,
  task: Task,
): Pick<EpochPorts<HeldOutScores>, 'stepsOf' | 'step' | 'measure' | 'isBetter'> {
  return {
    stepsOf: (epoch) => epochs[epoch]?.length ?? 0,
    step: async (before, at, rate) => {
      const random = new Random(seed * STEPS + at.step);
      const runs = (epochs[at.epoch]?.[at.batch] ?? []).map((one) =>
        runOf(documents.train, one, goal, { size: batch, turn: at.epoch, random }),
      );
      const made = await sessions.step(before, runs, rate, at.step + 1);
      onEvent?.({ kind: 'step', step: at.step + 1, loss: made.loss });
      return made;
    },
    measure: (parameters) => heldOut.measure(parameters, sessions, task),
    isBetter: (scores, than) => scores.heldOutLoss < than.heldOutLoss,
  };
}

/** Of everything that determines the numbers of a training. */
function fingerprintOf(request: AdaptationRequest, { base, goal, documents, optimiser }: Prepared): string {
  const { method, objective, epochs, batch, training, rate, seed } = request;
  const { train, heldOut, read } = documents;
  return sha256(
    JSON.stringify([
      base.spec,
      { method, objective, goal, epochs, batch, training, rate, seed, optimiser, WARMUP, PATIENCE },
      [train, heldOut].map((items) => items.map(({ group }) => group)),
      sha256(JSON.stringify(read)),
    ]),
  );
}

/** The base would be overwritten before what it gave is finished. */
function requireOwnFolder({ base, folder }: AdaptationRequest): void {
  if (path.resolve(base) !== path.resolve(folder)) return;
  throw new PatentLabError({
    code: 'usage',
    message: 'The adapted encoder cannot take the place of its base.',
    remedy: 'Choose another --out.',
  });
}

const nothingToLearn = (): PatentLabError =>
  new PatentLabError({
    code: 'adaptation-too-small',
    message:
      'Not every epoch has a batch of two documents or more, so that no pair can be told from another.',
    remedy: 'Choose larger batches (--batch) or give more documents.',
  });

const otherTraining = (file: string): PatentLabError =>
  new PatentLabError({
    code: 'training-interrupted',
    message: 'An interrupted adaptation with other documents or settings is kept here.',
    remedy: 'Continue it with its own settings, start anew with --restart, or choose another --out.',
    place: { file },
  });
