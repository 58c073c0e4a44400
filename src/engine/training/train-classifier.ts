/** From labelled documents to a classifier folder. */
import { labelText, type Taxonomy } from '../../core/corpus/taxonomy.ts';
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import {
  FOLDS,
  MIN_DOCUMENTS_TO_TRAIN,
  MIN_POSITIVES,
  trainHead,
  type TrainedHead,
} from '../../core/learning/head.ts';
import { fromLogOdds } from '../../core/learning/thresholds.ts';
import { fitVocabulary, tfidfOfText } from '../../core/learning/tfidf.ts';
import { evaluateMultilabel } from '../../core/metrics/evaluate.ts';
import { VIEW_NAMES, viewText, type View } from '../../core/patent/view.ts';
import type { Embedder } from '../encoder/embedder.ts';
import { onnxCompute } from '../onnx/compute.ts';
import type { Task } from '../task.ts';
import { VERSION } from '../version.ts';
import { trainingGroupKeys } from './seen.ts';
import { FORMAT_VERSION, type ClassifierDescription } from '../classifier/format.ts';
import { saveClassifier, sha256, type StoredClassifier } from '../classifier/store.ts';

export interface TrainingRequest {
  readonly taxonomy: Taxonomy;
  readonly documents: readonly LabelledDocument[];
  readonly view: View;
  readonly seed: number;
  readonly folder: string;
  readonly name: string;
  /** When the documents were read (ISO 8601): decisions from then on are newer than the classifier. Now by default. */
  readonly asOf?: string;
}

/** Resamples behind the intervals of the card. */
const RESAMPLES = 1000;

export async function trainClassifier(
  request: TrainingRequest,
  embedder: Embedder,
  task: Task,
): Promise<StoredClassifier> {
  const started = performance.now();
  const { taxonomy, documents, view, asOf: trainedAt = new Date().toISOString() } = request;
  const { labels } = taxonomy;
  const texts = documents.map((document) => viewText(document.patent, view).text);
  const labelTexts = labels.map(labelText);
  const labelEmbeddings = await embedder.embedAll(labelTexts, task, 'Reading the taxonomy');
  const embeddings = await embedder.embedAll(texts, task, 'Encoding labelled documents');
  const vocabulary = fitVocabulary(texts);
  const head = await trainHead(
    onnxCompute,
    {
      documents: documents.length,
      labels: labels.length,
      dimension: embedder.encoder.dimension,
      vocabulary: vocabulary.words.length,
      embeddings,
      words: texts.map((text) => tfidfOfText(text, vocabulary)),
      targets: documents.map((document) => document.labels),
      groups: documents.map((document) => document.group),
      labelEmbeddings,
      labelWords: labelTexts.map((text) => tfidfOfText(text, vocabulary)),
    },
    {
      seed: request.seed,
      onProgress: async (message, share) => {
        await task.checkpoint();
        task.progress(message, Math.round(100 * share), 100);
      },
    },
  );
  task.progress('Measuring');
  const { spec } = embedder.encoder;
  const description: Omit<ClassifierDescription, 'weights' | 'vocabulary'> = {
    format: 'patent-lab-classifier',
    version: FORMAT_VERSION,
    name: request.name,
    trainedAt,
    patentLab: VERSION,
    encoder: {
      id: spec.id,
      precision: spec.precision,
      sha256: spec.sha256,
      dimension: spec.dimension,
      maxTokens: spec.maxTokens,
    },
    taxonomy: { name: taxonomy.name, sha256: taxonomyHash(taxonomy) },
    view,
    labels: labels.map((label, position) => {
      const positives = head.positives[position] ?? 0;
      const l2 = head.validation?.ridges[position];
      return {
        id: label.id,
        name: label.name,
        positives,
        basis: basisOf(head, positives),
        threshold: head.thresholds.perLabel[position] ?? head.thresholds.global,
        ...(l2 !== undefined && positives > 0 ? { l2 } : {}),
      };
    }),
    thresholds: { global: head.thresholds.global },
    ...(head.validation ? { calibration: [...head.validation.calibration] } : {}),
    training: {
      documents: documents.length,
      groups: new Set(documents.map((document) => document.group)).size,
      synthetic: documents.filter((document) => document.provenance === 'synthetic').length,
      sha256: trainingHash(documents, texts),
      groupKeys: trainingGroupKeys(documents),
      seed: request.seed,
      ...(head.validation
        ? {
            folds: FOLDS,
            priorWeight: head.validation.priorWeight,
            lexicalScale: head.validation.lexicalScale,
          }
        : {}),
      seconds: (performance.now() - started) / 1000,
    },
    ...outOfFoldMetrics(head, request),
    notes: notesOf(head, request, texts),
  };
  await task.checkpoint();
  return saveClassifier(request.folder, description, head.classifier, vocabulary);
}

function basisOf(head: TrainedHead, positives: number): 'trained' | 'few' | 'zero-shot' {
  if (!head.validation || positives === 0) return 'zero-shot';
  return positives < MIN_POSITIVES ? 'few' : 'trained';
}

function outOfFoldMetrics(
  head: TrainedHead,
  { documents, taxonomy, seed }: TrainingRequest,
): Pick<ClassifierDescription, 'metrics'> {
  if (!head.validation) return {};
  const columns = taxonomy.labels.length;
  const rows = documents.length;
  const truth = new Uint8Array(rows * columns);
  documents.forEach((document, row) => {
    for (const label of document.labels) truth[row * columns + label] = 1;
  });
  const probabilities = head.validation.logits.map(fromLogOdds);
  const assigned = Uint8Array.from(probabilities, (probability, cell) =>
    probability >= (head.thresholds.perLabel[cell % columns] ?? 1) ? 1 : 0,
  );
  const groups = documents.map((document) => document.group);
  const options = { seed, resamples: RESAMPLES, groups };
  const { metrics } = evaluateMultilabel(
    { rows, columns, data: truth },
    { rows, columns, data: probabilities },
    { rows, columns, data: assigned },
    options,
  );
  // Macro-F1 is a mean over labels; one without an example can only score 0, whatever the classifier is worth.
  const used = taxonomy.labels.flatMap((_, label) => ((head.positives[label] ?? 0) > 0 ? [label] : []));
  const pick = <T extends Uint8Array | Float64Array>(data: T, made: T): T => {
    made.forEach((_, cell) => {
      const label = used[cell % used.length] ?? 0;
      made[cell] = data[Math.floor(cell / used.length) * columns + label] ?? 0;
    });
    return made;
  };
  const size = rows * used.length;
  const shape = { rows, columns: used.length };
  const { metrics: overUsed } = evaluateMultilabel(
    { ...shape, data: pick(truth, new Uint8Array(size)) },
    { ...shape, data: pick(probabilities, new Float64Array(size)) },
    { ...shape, data: pick(assigned, new Uint8Array(size)) },
    options,
  );
  return {
    metrics: {
      microF1: metrics.microF1,
      macroF1: overUsed.macroF1,
      microAP: metrics.microAveragePrecision,
    },
  };
}

function whyUnvalidated(documents: readonly LabelledDocument[]): string {
  if (documents.length < MIN_DOCUMENTS_TO_TRAIN) {
    return `There are ${documents.length} labelled documents; from ${MIN_DOCUMENTS_TO_TRAIN} on a head is trained.`;
  }
  const groups = new Set(documents.map((document) => document.group)).size;
  if (groups < FOLDS) {
    return `The ${documents.length} labelled documents are in ${groups} groups; a head is trained when there are ${FOLDS}, because a group is never split.`;
  }
  return `None of the ${documents.length} labelled documents has a label; a head is trained when some have.`;
}

function notesOf(
  head: TrainedHead,
  { documents, taxonomy, view }: TrainingRequest,
  texts: readonly string[],
): string[] {
  const notes: string[] = [];
  if (!head.validation) {
    notes.push(
      `${whyUnvalidated(documents)} Until then the labels' own texts decide, and nothing is validated.`,
    );
  }
  const withoutClaims = documents.filter((document) => document.patent.claims.length === 0).length;
  if (view === 'TAC' && documents.length > 0 && withoutClaims / documents.length > 0.5) {
    notes.push(
      `${withoutClaims} of ${documents.length} labelled documents have no claims, so the claims of a full patent are read with what was learned on titles and abstracts.`,
    );
  }
  const empty = texts.filter((text) => text === '').length;
  if (empty > 0) {
    notes.push(
      `${empty} of ${documents.length} labelled documents have nothing of what is read (${VIEW_NAMES[view]}), so they teach nothing but how frequent labels are.`,
    );
  }
  const bare = taxonomy.labels.filter((label) => !label.description).length;
  if (bare > 0) notes.push(`${bare} labels have no description; their text evidence is their name alone.`);
  notes.push(
    'The built-in encoder was trained on English; texts in other languages are read with less certainty.',
  );
  return notes;
}

/** Over what the model depends on: ids, names and texts of the labels, in order. */
export const taxonomyHash = (taxonomy: Taxonomy): string =>
  sha256(JSON.stringify(taxonomy.labels.map((label) => [label.id, label.name, labelText(label)])));

export function trainingHash(documents: readonly LabelledDocument[], texts: readonly string[]): string {
  const records = documents.map((document, i) =>
    JSON.stringify([document.patent.id, sha256(texts[i] ?? ''), document.labels, document.group]),
  );
  return sha256(records.sort().join('\n'));
}
