/** From unlabelled patents and a base encoder to an encoder folder that was trained on them. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import type { ImportedEncoder } from '../../core/graph/import/encoder.ts';
import { guessingParameters } from '../../core/learning/adaptation/masked-language.ts';
import { wordTable } from '../../core/learning/adaptation/word-table.ts';
import { bucketLengths, inSteps } from '../../core/learning/finetune/batches.ts';
import { encoderParameters } from '../../core/learning/finetune/method.ts';
import { USUAL_OPTIMISER, type OptimiserOptions } from '../../core/learning/finetune/optimiser.ts';
import { layoutOf, startValues, type Layout, type Parameter } from '../../core/learning/finetune/parameters.ts';
import { Random } from '../../core/random.ts';
import { sha256 } from '../classifier/store.ts';
import { TextReader } from '../encoder/reader.ts';
import { openBase, type BaseModel } from '../finetune/base.ts';
import { readState, writeCheckpoint } from '../finetune/checkpoint.ts';
import { trainEpochs, type TrainedEpochs } from '../finetune/epochs.ts';
import { encoderAt, FEW_TOKENS, requireMemory, type TrainingState } from '../finetune/sessions.ts';
import { packTuned } from '../finetune/tuned.ts';
import type { Task } from '../task.ts';
import { adaptationDocuments, pairOf, wholeView, type AdaptationDocuments } from './documents.ts';
import { HeldOut, type HeldOutScores } from './held-out.ts';
import { positionSchema } from './position.ts';
import type { AdaptationObjective, AdaptationRequest } from './request.ts';
import { batchesOfItems, runOf, type Goal } from './runs.ts';
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
/** Highest rate of the head that guesses words: it is new, whatever of the encoder is trained. [ours] */
const HEAD_RATE = 1e-3;
/** Keeps the streams of different seeds apart. */
const STEPS = 2 ** 24;

interface Prepared {
  readonly base: BaseModel;
  readonly goal: Goal;
  readonly documents: AdaptationDocuments;
  readonly layout: Layout;
  readonly start: Float32Array;
  readonly buckets: readonly number[];
  readonly optimiser: OptimiserOptions;
}

/**
 * @throws `adaptation-unsupported`, `adaptation-too-small`, `memory-insufficient`, `training-diverged`,
 * `training-interrupted`, and what reading the base throws
 */
export async function adapt(request: AdaptationRequest, task: Task): Promise<AdaptationResult> {
  const started = performance.now();
  requireOwnFolder(request);
  const prepared = await prepare(request, task);
  const { base, goal, documents, layout, start, buckets, optimiser } = prepared;
  const { method, batch, seed } = request;
  const { accumulate } = request.training;
  const file = path.join(request.folder, CHECKPOINT_FILE);
  if (request.restart) await rm(file, { force: true });
  const fingerprint = fingerprintOf(request, prepared);
  const interrupted = await readState(file, positionSchema);
  if (interrupted && interrupted.progress.fingerprint !== fingerprint) throw otherTraining(file);
  const setting = { buckets, batch, seed };
  const plans = Array.from({ length: request.epochs }, (_, epoch) =>
    inSteps(batchesOfItems(documents.train, goal, setting, epoch), accumulate),
  );
  const sessions = new AdaptationSessions({ base, method, layout, goal, batch, accumulate, optimiser });
  const heldOut = new HeldOut(documents.heldOut, goal, setting);
  if (plans.some(({ length }) => length === 0) || heldOut.batches.length === 0) throw nothingToLearn();
  const used = new Set([...plans.flat(2), ...heldOut.batches].map(({ length }) => length));
  requireMemory(sessions.memoryNeed([...used]));
  const state: TrainingState = {
    parameters: start,
    first: new Float32Array(layout.size),
    second: new Float32Array(layout.size),
  };
  try {
    const trained = await trainEpochs<HeldOutScores>(
      interrupted ?? { progress: undefined, state, best: start },
      fingerprint,
      {
        epochs: request.epochs,
        schedule: { kind: request.training.schedule, peak: request.rate, warmup: WARMUP },
        patience: PATIENCE,
        checkpointEvery: CHECKPOINT_EVERY,
      },
      {
        stepsOf: (epoch) => plans[epoch]?.length ?? 0,
        step: (before, at, rate) => {
          const random = new Random(seed * STEPS + at.step);
          const runs = (plans[at.epoch]?.[at.batch] ?? []).map((one) =>
            runOf(documents.train, one, goal, { size: batch, turn: at.epoch, random }),
          );
          return sessions.step(before, runs, rate, at.step + 1);
        },
        measure: (parameters) => heldOut.measure(parameters, sessions, task),
        isBetter: (scores, than) => scores.heldOutLoss < than.heldOutLoss,
        save: (checkpoint) => writeCheckpoint(file, checkpoint),
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

async function prepare(request: AdaptationRequest, task: Task): Promise<Prepared> {
  const { objective, method, seed } = request;
  task.progress('Reading the model');
  const base = await openBase(request.base);
  const reader = await TextReader.open(base.folder, base.spec);
  const encoder = encoderAt(base, 1, FEW_TOKENS);
  const goal = goalOf(objective, encoder, reader);
  const documents = await adaptationDocuments(
    request.documents,
    objective.kind === 'mlm' ? wholeView(objective.view) : pairOf(objective.pairs),
    reader,
    seed,
    task,
  );
  const parameters = [
    ...encoderParameters(encoder, method, new Random(seed)),
    ...headParameters(goal, documents, base.spec.dimension, HEAD_RATE / request.rate),
  ];
  const layout = layoutOf(parameters);
  return {
    base,
    goal,
    documents,
    layout,
    start: startValues(layout, parameters),
    buckets: bucketLengths(base.spec.maxTokens),
    optimiser: { ...USUAL_OPTIMISER, maxNorm: request.training.maxNorm },
  };
}

function goalOf(objective: AdaptationObjective, encoder: ImportedEncoder, { maskToken, spec }: TextReader): Goal {
  if (objective.kind === 'contrastive') {
    return { kind: 'contrastive', temperature: objective.temperature, pooling: spec.pooling };
  }
  const { table } = wordTable(encoder);
  if (maskToken === undefined) throw noMaskToken();
  return { kind: 'mlm', share: objective.share, maskToken, vocabulary: table.shape[0] ?? 0 };
}

/** @param rate the head's learning rate over the encoder's */
function headParameters(
  goal: Goal,
  { train }: AdaptationDocuments,
  dimension: number,
  rate: number,
): readonly Parameter[] {
  if (goal.kind === 'contrastive') return [];
  const counts = new Float64Array(goal.vocabulary);
  for (const { texts } of train)
    for (const { windows } of texts)
      for (const window of windows)
        for (const id of window.subarray(1, -1)) counts[id] = (counts[id] ?? 0) + 1;
  return guessingParameters(dimension, counts, rate);
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

const noMaskToken = (): PatentLabError =>
  new PatentLabError({
    code: 'adaptation-unsupported',
    message: "The encoder's tokenizer has no mask token, so that no word can be hidden.",
    remedy: 'Adapt it with --objective contrastive, or take another encoder.',
  });

const nothingToLearn = (): PatentLabError =>
  new PatentLabError({
    code: 'adaptation-too-small',
    message: 'Not every epoch has a batch of two documents or more, so that no pair can be told from another.',
    remedy: 'Choose larger batches (--batch) or give more documents.',
  });

const otherTraining = (file: string): PatentLabError =>
  new PatentLabError({
    code: 'training-interrupted',
    message: 'An interrupted adaptation with other documents or settings is kept here.',
    remedy: 'Continue it with its own settings, start anew with --restart, or choose another --out.',
    place: { file },
  });
