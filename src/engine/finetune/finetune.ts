/** From labelled documents and a base encoder to a classifier folder with a fine-tuned encoder. */
import path from 'node:path';
import { labelText, type Taxonomy } from '../../core/corpus/taxonomy.ts';
import { stratifiedGroupFolds } from '../../core/corpus/folds.ts';
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import { PatentLabError } from '../../core/errors.ts';
import { bucketLengths } from '../../core/learning/finetune/batches.ts';
import { encoderParameters, type Method } from '../../core/learning/finetune/method.ts';
import { USUAL_OPTIMISER } from '../../core/learning/finetune/optimiser.ts';
import { layoutOf, startValues, type Layout } from '../../core/learning/finetune/parameters.ts';
import type { Schedule } from '../../core/learning/finetune/schedule.ts';
import { headParameters } from '../../core/learning/finetune/step.ts';
import { MIN_POSITIVES, trainHead } from '../../core/learning/head.ts';
import { makeVocabulary } from '../../core/learning/tfidf.ts';
import { fromLogOdds } from '../../core/learning/thresholds.ts';
import { evaluateMultilabel } from '../../core/metrics/evaluate.ts';
import { viewText, type View } from '../../core/patent/view.ts';
import { Random } from '../../core/random.ts';
import { rm } from 'node:fs/promises';
import { FORMAT_VERSION, type ClassifierDescription } from '../classifier/format.ts';
import { saveClassifier, sha256, type StoredClassifier } from '../classifier/store.ts';
import type { Embedder } from '../encoder/embedder.ts';
import { onnxCompute } from '../onnx/compute.ts';
import type { Task } from '../task.ts';
import { trainingGroupKeys } from '../training/seen.ts';
import { taxonomyHash, trainingHash } from '../training/train-classifier.ts';
import { VERSION } from '../version.ts';
import { openBase, type BaseModel } from './base.ts';
import { CHECKPOINT_FILE, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { trainLoop, type LoopOptions, type Trained } from './loop.ts';
import { encoderAt, requireMemory, Sessions } from './sessions.ts';
import { readTexts, type ReadText } from './texts.ts';
import { packTuned, saveTuned, tunedIdentity } from './tuned.ts';
import { validated, validationScores, type Validated, type ValidationData } from './validation.ts';

export interface FinetuneRequest {
  readonly taxonomy: Taxonomy;
  readonly documents: readonly LabelledDocument[];
  readonly view: View;
  readonly method: Method;
  readonly epochs: number;
  readonly batch: number;
  /** Highest learning rate. */
  readonly rate: number;
  readonly seed: number;
  /** Of the base encoder. */
  readonly base: string;
  readonly folder: string;
  /** Forget an interrupted training. */
  readonly restart: boolean;
}

export interface FinetuneResult {
  readonly classifier: StoredClassifier;
  readonly trained: Trained;
  /** Steps that an interrupted training had done before. */
  readonly resumed: number;
}

/** Every fifth document (by whole groups) validates. [ours] */
const VALIDATION_FOLDS = 5;
const DROPOUT = 0.1;
const PATIENCE = 3;
const CHECKPOINT_EVERY = 100;
const WARMUP = 0.1;
const RESAMPLES = 1000;
/** Fewer cannot be split into training and validation. [ours] */
export const MIN_DOCUMENTS_TO_FINETUNE = 25;

interface Prepared {
  readonly base: BaseModel;
  readonly layout: Layout;
  readonly start: Float32Array;
  readonly train: readonly LabelledDocument[];
  readonly held: readonly LabelledDocument[];
  readonly trainTexts: readonly ReadText[];
  readonly heldTexts: readonly ReadText[];
  readonly allTexts: readonly string[];
  readonly options: LoopOptions;
}

/** @param embedder of the base encoder */
export async function finetune(
  request: FinetuneRequest,
  embedder: Embedder,
  task: Task,
): Promise<FinetuneResult> {
  const started = performance.now();
  const prepared = await prepare(request, embedder, task);
  const { base, layout, options } = prepared;
  const labels = request.taxonomy.labels.length;
  const model = { method: request.method, layout, labels };
  const sessions = new Sessions(base, model, request.batch, USUAL_OPTIMISER);
  const file = path.join(request.folder, CHECKPOINT_FILE);
  if (request.restart) await rm(file, { force: true });
  const fingerprint = fingerprintOf(request, prepared);
  const interrupted = await readCheckpoint(file);
  if (interrupted && interrupted.progress.fingerprint !== fingerprint) throw otherTraining(file);
  requireMemory(sessions.memoryNeed(usedBuckets(prepared)));
  const data: ValidationData = {
    texts: prepared.heldTexts,
    targets: targetsOf(prepared.held, labels),
    labels,
    dimension: base.spec.dimension,
  };
  const lengthFor = (tokens: number): number =>
    options.buckets.find((length) => tokens <= length) ?? base.spec.maxTokens;
  const validate = (parameters: Float32Array): Promise<Validated> =>
    validated(parameters, model, data, sessions, lengthFor);
  try {
    const state = {
      parameters: prepared.start,
      first: new Float32Array(layout.size),
      second: new Float32Array(layout.size),
    };
    const trained = await trainLoop(
      interrupted ?? { state, best: prepared.start },
      fingerprint,
      {
        texts: prepared.trainTexts,
        targets: prepared.train.map((document) => document.labels),
        labels,
        dimension: base.spec.dimension,
      },
      options,
      {
        sessions,
        validate: async (parameters) => validationScores(await validate(parameters), data),
        save: (checkpoint) => writeCheckpoint(file, checkpoint),
        task,
      },
    );
    task.progress('Saving');
    const final = await validate(trained.parameters);
    const seconds = (performance.now() - started) / 1000;
    const classifier = await save(request, prepared, trained, final, data, seconds);
    await rm(file, { force: true });
    return { classifier, trained, resumed: interrupted?.progress.step ?? 0 };
  } finally {
    await sessions.release();
  }
}

async function prepare(request: FinetuneRequest, embedder: Embedder, task: Task): Promise<Prepared> {
  const { documents, taxonomy, view, seed, method } = request;
  const labels = taxonomy.labels.length;
  if (documents.length < MIN_DOCUMENTS_TO_FINETUNE) throw tooFew(documents.length);
  task.progress('Reading the model');
  const base = await openBase(request.base);
  const allTexts = documents.map((document) => viewText(document.patent, view).text);
  const folds = stratifiedGroupFolds(
    {
      groups: documents.map(({ group }) => group),
      labels: documents.map((document) => document.labels),
      labelCount: labels,
    },
    VALIDATION_FOLDS,
    new Random(seed),
  );
  const pick = <T>(items: readonly T[], held: boolean): readonly T[] =>
    items.filter((_, i) => (folds[i] === 0) === held);
  const [train, held] = [pick(documents, false), pick(documents, true)];
  if (train.length === 0 || held.length === 0) throw tooFew(documents.length);
  const [trainTexts, heldTexts] = [false, true].map((which) =>
    readTexts(pick(allTexts, which), embedder.encoder),
  );
  const head = await headOf(request, train, pick(allTexts, false), embedder, task);
  const parameters = [
    ...encoderParameters(encoderAt(base, 1, 8), method, new Random(seed)),
    ...headParameters(head.dense, head.intercepts),
  ];
  const layout = layoutOf(parameters);
  const schedule: Schedule = { kind: 'linear', peak: request.rate, warmup: WARMUP };
  return {
    base,
    layout,
    start: startValues(layout, parameters),
    train,
    held,
    trainTexts: trainTexts ?? [],
    heldTexts: heldTexts ?? [],
    allTexts,
    options: {
      epochs: request.epochs,
      batch: request.batch,
      buckets: bucketLengths(base.spec.maxTokens),
      schedule,
      dropout: DROPOUT,
      seed,
      patience: PATIENCE,
      checkpointEvery: CHECKPOINT_EVERY,
    },
  };
}

/** Training starts from the head that the frozen encoder would have (Kumar et al. 2022: first the head, then all). */
async function headOf(
  { taxonomy, seed }: FinetuneRequest,
  train: readonly LabelledDocument[],
  texts: readonly string[],
  embedder: Embedder,
  task: Task,
) {
  const labelTexts = taxonomy.labels.map(labelText);
  const nothing = { indices: new Int32Array(), values: new Float32Array() };
  const { classifier } = await trainHead(
    onnxCompute,
    {
      documents: train.length,
      labels: labelTexts.length,
      dimension: embedder.encoder.dimension,
      vocabulary: 0,
      embeddings: await embedder.embedAll(texts, task, 'Encoding labelled documents'),
      words: texts.map(() => nothing),
      targets: train.map((document) => document.labels),
      groups: train.map(({ group }) => group),
      labelEmbeddings: await embedder.embedAll(labelTexts, task, 'Reading the taxonomy'),
      labelWords: labelTexts.map(() => nothing),
    },
    {
      seed,
      onProgress: async (message, share) => {
        await task.checkpoint();
        task.progress(message, Math.round(100 * share), 100);
      },
    },
  );
  return classifier;
}

function usedBuckets({ trainTexts, options }: Prepared): readonly number[] {
  const lengths = trainTexts.flatMap(({ windows }) => windows.map((window) => window.length));
  return options.buckets.filter((bucket, i) =>
    lengths.some((length) => length <= bucket && length > (options.buckets[i - 1] ?? 0)),
  );
}

function targetsOf(documents: readonly LabelledDocument[], labels: number): Uint8Array {
  const targets = new Uint8Array(documents.length * labels);
  documents.forEach((document, row) => {
    for (const label of document.labels) targets[row * labels + label] = 1;
  });
  return targets;
}

/** Of everything that determines the numbers of a training. */
function fingerprintOf(request: FinetuneRequest, { base, options, allTexts }: Prepared): string {
  const { method, taxonomy, documents, view } = request;
  return sha256(
    JSON.stringify([
      base.spec.sha256,
      method,
      options,
      view,
      taxonomyHash(taxonomy),
      documents.map(({ labels, group }, i) => [sha256(allTexts[i] ?? ''), labels, group]),
      USUAL_OPTIMISER,
    ]),
  );
}

async function save(
  request: FinetuneRequest,
  prepared: Prepared,
  trained: Trained,
  final: Validated,
  data: ValidationData,
  seconds: number,
): Promise<StoredClassifier> {
  const { taxonomy, documents, view, seed, method, folder } = request;
  const { base, train, held } = prepared;
  const tuned = packTuned(base, method, trained.parameters, prepared.layout);
  const file = await saveTuned(folder, tuned);
  const shape = { rows: held.length, columns: taxonomy.labels.length };
  const probabilities = final.logits.map(fromLogOdds);
  const assigned = Uint8Array.from(probabilities, (probability, cell) =>
    probability >= (final.thresholds.perLabel[cell % shape.columns] ?? 1) ? 1 : 0,
  );
  const { metrics } = evaluateMultilabel(
    { ...shape, data: data.targets },
    { ...shape, data: probabilities },
    { ...shape, data: assigned },
    { seed, resamples: RESAMPLES, groups: held.map(({ group }) => group) },
  );
  const description: Omit<ClassifierDescription, 'weights' | 'vocabulary'> = {
    format: 'patent-lab-classifier',
    version: FORMAT_VERSION,
    name: path.basename(folder),
    trainedAt: new Date().toISOString(),
    patentLab: VERSION,
    encoder: {
      id: base.spec.id,
      precision: base.spec.precision,
      sha256: tunedIdentity(base.spec.sha256, tuned.sha256),
      dimension: base.spec.dimension,
      maxTokens: base.spec.maxTokens,
    },
    finetuned: {
      method: method.kind === 'lora' ? { ...method, targets: [...method.targets] } : method,
      base: { folder: path.resolve(request.base), sha256: base.spec.sha256 },
      file,
      sha256: tuned.sha256,
      bestEpoch: trained.bestEpoch,
      history: [...trained.history],
    },
    taxonomy: { name: taxonomy.name, sha256: taxonomyHash(taxonomy) },
    view,
    labels: taxonomy.labels.map((label, position) => {
      const positives = documents.filter((document) => document.labels.includes(position)).length;
      return {
        id: label.id,
        name: label.name,
        positives,
        basis: positives === 0 ? 'zero-shot' : positives < MIN_POSITIVES ? 'few' : 'trained',
        threshold: final.thresholds.perLabel[position] ?? final.thresholds.global,
      };
    }),
    thresholds: { global: final.thresholds.global },
    training: {
      documents: documents.length,
      groups: new Set(documents.map(({ group }) => group)).size,
      synthetic: documents.filter(({ provenance }) => provenance === 'synthetic').length,
      sha256: trainingHash(documents, prepared.allTexts),
      groupKeys: trainingGroupKeys(documents),
      seed,
      seconds,
    },
    metrics: {
      microF1: metrics.microF1,
      macroF1: metrics.macroF1,
      microAP: metrics.microAveragePrecision,
    },
    notes: notesOf(request, prepared, trained, train.length, held.length),
  };
  return saveClassifier(folder, description, final.head, makeVocabulary([], new Float32Array()));
}

function notesOf(
  { taxonomy, documents }: FinetuneRequest,
  { trainTexts }: Prepared,
  { bestEpoch, diverged, history }: Trained,
  train: number,
  held: number,
): string[] {
  const unused = taxonomy.labels.filter(
    (_, label) => !documents.some(({ labels }) => labels.includes(label)),
  );
  const long = trainTexts.filter(({ windows }) => windows.length > 1).length;
  return [
    `Trained on ${train} documents; ${held} others, never in a group with them, chose the epoch and the thresholds.`,
    ...(bestEpoch === 0
      ? [
          'No epoch was better on the held-out documents than the frozen encoder: its head is kept, and the encoder is as published.',
        ]
      : []),
    ...(diverged === undefined
      ? []
      : [
          `The loss was no number any more at step ${diverged}; this is the state after epoch ${bestEpoch} of ${history.length - 1}.`,
        ]),
    ...(long > 0
      ? [
          `${long} of ${train} training documents are longer than the encoder reads at once; each epoch trained on one part of them, in turn.`,
        ]
      : []),
    ...(unused.length > 0
      ? [
          `${unused.length} labels have no example: training could only push them down from where their texts had put them.`,
        ]
      : []),
    'Macro-F1 counts every label; one without an example among the held-out documents can only score 0.',
  ];
}

const tooFew = (count: number): PatentLabError =>
  new PatentLabError({
    code: 'corpus-unlabelled',
    message: `There are ${count} labelled documents; fine-tuning needs ${MIN_DOCUMENTS_TO_FINETUNE} in several groups.`,
    remedy: 'Label more documents, or train a head on the frozen encoder (patent-lab train).',
  });

const otherTraining = (file: string): PatentLabError =>
  new PatentLabError({
    code: 'training-interrupted',
    message: 'An interrupted training with other documents or settings is kept here.',
    remedy: 'Continue it with its own settings, start anew with --restart, or choose another --out.',
    place: { file },
  });
