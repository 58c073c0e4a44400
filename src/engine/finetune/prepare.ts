/** From a request to what the two stages of a fine-tuning start from. */
import { stratifiedGroupFolds } from '../../core/corpus/folds.ts';
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import { PatentLabError } from '../../core/errors.ts';
import { bucketLengths } from '../../core/learning/finetune/batches.ts';
import { encoderParameters } from '../../core/learning/finetune/method.ts';
import { layoutOf, startValues, type Layout } from '../../core/learning/finetune/parameters.ts';
import { USUAL_PATIENCE } from '../../core/learning/finetune/recipe.ts';
import { USUAL_WARMUP } from '../../core/learning/finetune/schedule.ts';
import { headParameters } from '../../core/learning/finetune/step.ts';
import { USUAL_TRAINING } from '../../core/learning/finetune/training-options.ts';
import { denseShare, lexicalShare } from '../../core/learning/linear-classifier.ts';
import { tfidfOfText } from '../../core/learning/tfidf.ts';
import { viewText } from '../../core/patent/view.ts';
import { Random } from '../../core/random.ts';
import type { Embedder } from '../encoder/embedder.ts';
import type { Task } from '../task.ts';
import { trainFrozenHead, type FrozenHead } from '../training/frozen-head.ts';
import { targetsOf } from '../training/measure.ts';
import { openBase, type BaseModel } from './base.ts';
import type { LoopData, LoopOptions } from './loop.ts';
import type { FinetuneRequest } from './request.ts';
import { encoderAt, FEW_TOKENS } from './sessions.ts';
import { readTexts, type ReadText } from './texts.ts';
import type { ValidationData } from './validation.ts';

/** Every fifth document (by whole groups) validates. [ours] */
const VALIDATION_FOLDS = 5;
const CHECKPOINT_EVERY = 100;
/** Fewer cannot be split into training and validation. [ours] */
export const MIN_DOCUMENTS_TO_FINETUNE = 25;

export interface Prepared {
  readonly base: BaseModel;
  readonly documents: readonly LabelledDocument[];
  /** What is read of each document. */
  readonly texts: readonly string[];
  readonly tokens: readonly ReadText[];
  /** Whether a document is held out while the epoch is chosen. */
  readonly isHeld: readonly boolean[];
  readonly options: LoopOptions;
}

/** Where a stage begins: the frozen encoder with the head of the stage's documents. */
export interface Stage {
  readonly frozen: FrozenHead;
  readonly layout: Layout;
  readonly start: Float32Array;
  readonly data: LoopData;
}

export async function prepare(
  {
    documents,
    taxonomy,
    view,
    seed,
    base: folder,
    rate,
    training = USUAL_TRAINING,
    patience = USUAL_PATIENCE,
    ...request
  }: FinetuneRequest,
  { encoder }: Embedder,
  task: Task,
): Promise<Prepared> {
  if (documents.length < MIN_DOCUMENTS_TO_FINETUNE) throw tooFew(documents.length);
  task.progress('Reading the model');
  const base = await openBase(folder);
  const texts = documents.map((document) => viewText(document.patent, view).text);
  const folds = stratifiedGroupFolds(
    {
      groups: documents.map(({ group }) => group),
      labels: documents.map((document) => document.labels),
      labelCount: taxonomy.labels.length,
    },
    VALIDATION_FOLDS,
    new Random(seed),
  );
  const isHeld = documents.map((_, i) => folds[i] === 0);
  if (isHeld.every((held) => held === isHeld[0])) throw tooFew(documents.length);
  return {
    base,
    documents,
    texts,
    tokens: readTexts(texts, encoder),
    isHeld,
    options: {
      epochs: request.epochs,
      batch: request.batch,
      buckets: bucketLengths(base.spec.maxTokens),
      accumulate: training.accumulate,
      schedule: { kind: training.schedule, peak: rate, warmup: USUAL_WARMUP },
      dropout: training.dropout,
      seed,
      patience,
      checkpointEvery: CHECKPOINT_EVERY,
    },
  };
}

/** One entry for each document that is wanted. */
const pick = <T>(items: readonly T[], wanted: readonly boolean[]): readonly T[] =>
  items.filter((_, i) => wanted[i] === true);

/** @param wanted which documents the stage trains on */
export async function beginStage(
  { taxonomy, seed, method, rate, headRate }: FinetuneRequest,
  prepared: Prepared,
  wanted: readonly boolean[],
  embedder: Embedder,
  task: Task,
): Promise<Stage> {
  const documents = pick(prepared.documents, wanted);
  const texts = pick(prepared.texts, wanted);
  const frozen = await trainFrozenHead({ taxonomy, documents, texts, seed }, embedder, task);
  const embeddings = await embedder.embedAll(texts, task, 'Encoding labelled documents');
  const { classifier } = frozen.head;
  const parameters = [
    ...encoderParameters(encoderAt(prepared.base, 1, FEW_TOKENS), method, new Random(seed)),
    ...headParameters(classifier.dense, classifier.intercepts, headRate / rate),
  ];
  const layout = layoutOf(parameters);
  const { labels, dimension } = classifier;
  return {
    frozen,
    layout,
    start: startValues(layout, parameters),
    data: {
      texts: pick(prepared.tokens, wanted),
      targets: documents.map((document) => document.labels),
      offsets: startOffsets(frozen, texts, embeddings),
      labels,
      dimension,
    },
  };
}

/**
 * What each logit holds that is not trained, row-major `[texts, labels]`: so much that every document begins at what the
 * head says of it where it has not learned it (out of fold). Its own documents a head knows nearly by heart: from there an
 * encoder would have nothing to learn but their noise. Where nothing was held out, it is the share of the words. [ours]
 */
function startOffsets(
  { head, vocabulary }: FrozenHead,
  texts: readonly string[],
  embeddings: Float32Array,
): Float32Array {
  const { classifier, validation } = head;
  const { labels, dimension, intercepts } = classifier;
  const offsets = new Float32Array(texts.length * labels);
  texts.forEach((text, row) => {
    const words = tfidfOfText(text, vocabulary);
    const embedding = embeddings.subarray(row * dimension, (row + 1) * dimension);
    for (let label = 0; label < labels; label++) {
      const unseen = validation?.logits[row * labels + label];
      const trained = denseShare(classifier, label, embedding) + (intercepts[label] ?? 0);
      offsets[row * labels + label] =
        unseen === undefined ? lexicalShare(classifier, label, words) : unseen - trained;
    }
  });
  return offsets;
}

/** The documents held out, in the words of a head. */
export function heldOut(
  { documents, texts, tokens, isHeld, base }: Prepared,
  { frozen }: Stage,
): ValidationData {
  const { labels } = frozen.head.classifier;
  return {
    texts: pick(tokens, isHeld),
    words: pick(texts, isHeld).map((text) => tfidfOfText(text, frozen.vocabulary)),
    targets: targetsOf(pick(documents, isHeld), labels),
    labels,
    dimension: base.spec.dimension,
  };
}

/** Lengths that the texts' windows fall into. */
export function usedBuckets({ tokens, options: { buckets } }: Prepared): readonly number[] {
  const lengths = tokens.flatMap(({ windows }) => windows.map((window) => window.length));
  return buckets.filter((bucket, i) =>
    lengths.some((length) => length <= bucket && length > (buckets[i - 1] ?? 0)),
  );
}

const tooFew = (count: number): PatentLabError =>
  new PatentLabError({
    code: 'corpus-unlabelled',
    message: `There are ${count} labelled documents; fine-tuning needs ${MIN_DOCUMENTS_TO_FINETUNE} in several groups.`,
    remedy: 'Label more documents, or train a head on the frozen encoder (patent-lab train).',
  });
