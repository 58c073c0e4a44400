/**
 * Which labels a classifier gives to documents as they are and with the labels' words masked. A classifier must not
 * judge what it was trained on, so it is asked about documents it has not seen or, where there are none, the same
 * recipe is trained several times and asked each time about what was left out (cross-fitting).
 */
import { stratifiedGroupFolds } from '../../core/corpus/folds.ts';
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import { labelText, type Taxonomy } from '../../core/corpus/taxonomy.ts';
import { TermMatcher } from '../../core/leakage/terms/matcher.ts';
import { FOLDS, trainHead } from '../../core/learning/head.ts';
import { classifierLogits, type LinearClassifier } from '../../core/learning/linear-classifier.ts';
import { fromLogOdds } from '../../core/learning/thresholds.ts';
import { fitVocabulary, tfidfOfText, type Vocabulary } from '../../core/learning/tfidf.ts';
import type { LabelMatrix } from '../../core/metrics/matrix.ts';
import { viewText, type View } from '../../core/patent/view.ts';
import { Random } from '../../core/random.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import type { Embedder } from '../encoder/embedder.ts';
import { onnxCompute } from '../onnx/compute.ts';
import type { Task } from '../task.ts';
import { maskedForEncoder, namesOnly } from './masked.ts';
import { originOf } from '../../core/corpus/origin.ts';

export interface Judged {
  /** Positions of the documents in the request, ascending. */
  readonly rows: readonly number[];
  /** `[rows, labels of the taxonomy]`. */
  readonly unmasked: LabelMatrix;
  /** With labels' names and aliases masked, and with their keywords masked too. */
  readonly masked: LabelMatrix;
  readonly maskedAll: LabelMatrix;
}

/** The ways in which a document is read. */
const READINGS = ['unmasked', 'masked', 'maskedAll'] as const;
type Reading = (typeof READINGS)[number];

type Texts = Readonly<
  Record<Reading, { readonly texts: readonly string[]; readonly embeddings: Float32Array }>
>;

export interface JudgingRequest {
  readonly documents: readonly LabelledDocument[];
  readonly taxonomy: Taxonomy;
  readonly matcher: TermMatcher;
  readonly view: View;
}

async function encoded(
  { documents, matcher, view }: JudgingRequest,
  rows: readonly number[],
  embedder: Embedder,
  task: Task,
): Promise<Texts> {
  const names = new TermMatcher(namesOnly(matcher.taxonomy));
  const unmasked: string[] = [];
  const masked: string[] = [];
  const maskedAll: string[] = [];
  for (const row of rows) {
    const patent = documents[row]?.patent;
    if (!patent) throw new RangeError(`no document ${row}`);
    if (unmasked.length % 32 === 0) await task.checkpoint();
    unmasked.push(viewText(patent, view).text);
    masked.push(viewText(maskedForEncoder(patent, names), view).text);
    maskedAll.push(viewText(maskedForEncoder(patent, matcher), view).text);
  }
  const read = async (texts: readonly string[], message: string): Promise<Texts[Reading]> => ({
    texts,
    embeddings: await embedder.embedAll(texts, task, message),
  });
  return {
    unmasked: await read(unmasked, 'Encoding documents'),
    masked: await read(masked, 'Encoding masked documents'),
    maskedAll: await read(maskedAll, 'Encoding documents with keywords masked too'),
  };
}

interface Head {
  readonly model: LinearClassifier;
  readonly vocabulary: Vocabulary;
  /** In label order of the model. */
  readonly thresholds: readonly number[];
  /** Position in the taxonomy of each label of the model. */
  readonly columns: readonly (number | undefined)[];
}

/** Sets 1 in a row of a matrix for each label that the head assigns. */
function assign(head: Head, text: string, embedding: Float32Array, into: Uint8Array, at: number): void {
  classifierLogits(head.model, embedding, tfidfOfText(text, head.vocabulary)).forEach((logit, label) => {
    const column = head.columns[label];
    if (column !== undefined) into[at + column] = fromLogOdds(logit) >= (head.thresholds[label] ?? 1) ? 1 : 0;
  });
}

/** A stored classifier on documents it has not seen. */
export async function judgeUnseen(
  request: JudgingRequest,
  rows: readonly number[],
  classifier: StoredClassifier,
  embedder: Embedder,
  task: Task,
): Promise<Judged> {
  const { labels } = classifier.description;
  const head: Head = {
    model: classifier.model,
    vocabulary: classifier.vocabulary,
    thresholds: labels.map(({ threshold }) => threshold),
    columns: labels.map(({ id }) => request.taxonomy.index.get(id)),
  };
  const texts = await encoded(request, rows, embedder, task);
  const result = emptyMatrices(rows, request.taxonomy);
  rows.forEach((_, at) => predict(head, texts, at, at, embedder.encoder.dimension, result));
  return result;
}

/** The recipe of a classifier, trained without each fold in turn and judged on the real documents of the fold. */
export async function crossFit(
  request: JudgingRequest,
  seed: number,
  embedder: Embedder,
  task: Task,
): Promise<Judged> {
  const { documents, taxonomy } = request;
  const { dimension } = embedder.encoder;
  const all = documents.map((_, row) => row);
  const texts = await encoded(request, all, embedder, task);
  const labelTexts = taxonomy.labels.map(labelText);
  const labelEmbeddings = await embedder.embedAll(labelTexts, task, 'Reading the taxonomy');
  const folds = stratifiedGroupFolds(
    {
      groups: documents.map(({ group }) => group),
      labels: documents.map(({ labels }) => labels),
      labelCount: taxonomy.labels.length,
    },
    FOLDS,
    new Random(seed),
  );
  const rows = all.filter((row) => documents[row]?.provenance === 'real');
  const result = emptyMatrices(rows, taxonomy);
  for (let fold = 0; fold < FOLDS; fold++) {
    const training = trainingRows(documents, folds, fold);
    const plain = training.map((row) => texts.unmasked.texts[row] ?? '');
    const vocabulary = fitVocabulary(plain);
    const embeddings = new Float32Array(training.length * dimension);
    training.forEach((row, at) => {
      const from = row * dimension;
      embeddings.set(texts.unmasked.embeddings.subarray(from, from + dimension), at * dimension);
    });
    const trained = await trainHead(
      onnxCompute,
      {
        documents: training.length,
        labels: taxonomy.labels.length,
        dimension,
        vocabulary: vocabulary.words.length,
        embeddings,
        words: plain.map((text) => tfidfOfText(text, vocabulary)),
        targets: training.map((row) => documents[row]?.labels ?? []),
        groups: training.map((row) => documents[row]?.group ?? ''),
        labelEmbeddings,
        labelWords: labelTexts.map((text) => tfidfOfText(text, vocabulary)),
      },
      {
        seed,
        onProgress: async (message, share) => {
          await task.checkpoint();
          const whole = (fold + share) / FOLDS;
          task.progress(`Training ${fold + 1} of ${FOLDS}: ${message}`, Math.round(100 * whole), 100);
        },
      },
    );
    const { perLabel, global } = trained.thresholds;
    const head: Head = {
      model: trained.classifier,
      vocabulary,
      thresholds: taxonomy.labels.map((_, label) => perLabel[label] ?? global),
      columns: taxonomy.labels.map((_, label) => label),
    };
    rows.forEach((row, at) => {
      if (folds[row] === fold) predict(head, texts, row, at, dimension, result);
    });
  }
  return result;
}

/** Everything outside the fold, without the synthetic documents that were made from what is in it. */
function trainingRows(documents: readonly LabelledDocument[], folds: Int32Array, fold: number): number[] {
  const held = new Set(documents.flatMap(({ patent }, row) => (folds[row] === fold ? [patent.id] : [])));
  return documents.flatMap(({ patent, provenance }, row) => {
    if (folds[row] === fold) return [];
    const isOfHeld = provenance === 'synthetic' && originOf(patent).parents.some((id) => held.has(id));
    return isOfHeld ? [] : [row];
  });
}

/** @param text position in `texts`; @param row position in the matrices. */
function predict(
  head: Head,
  texts: Texts,
  text: number,
  row: number,
  dimension: number,
  judged: Judged,
): void {
  for (const reading of READINGS) {
    const { columns, data } = judged[reading];
    const { texts: all, embeddings } = texts[reading];
    const embedding = embeddings.subarray(text * dimension, (text + 1) * dimension);
    assign(head, all[text] ?? '', embedding, data, row * columns);
  }
}

function emptyMatrices(rows: readonly number[], { labels }: Taxonomy): Judged {
  const empty = (): LabelMatrix => ({
    rows: rows.length,
    columns: labels.length,
    data: new Uint8Array(rows.length * labels.length),
  });
  return { rows, unmasked: empty(), masked: empty(), maskedAll: empty() };
}
