/** From labelled documents to a classifier folder. */
import { labelText, type Taxonomy } from '../../core/corpus/taxonomy.ts';
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import { FOLDS, MIN_DOCUMENTS_TO_TRAIN, MIN_POSITIVES, type TrainedHead } from '../../core/learning/head.ts';
import { VIEW_NAMES, viewText, type View } from '../../core/patent/view.ts';
import type { Embedder } from '../encoder/embedder.ts';
import type { Task } from '../task.ts';
import { VERSION } from '../version.ts';
import { trainFrozenHead } from './frozen-head.ts';
import { measure } from './measure.ts';
import { trainingGroupKeys } from './seen.ts';
import { statedPlace } from '../classifier/encoder-place.ts';
import { FORMAT_VERSION, type ClassifierDescription } from '../classifier/format.ts';
import { saveClassifier, sha256, type StoredClassifier } from '../classifier/store.ts';

export interface TrainingRequest {
  readonly taxonomy: Taxonomy;
  readonly documents: readonly LabelledDocument[];
  readonly view: View;
  readonly seed: number;
  readonly folder: string;
  readonly name: string;
  /** Folder of the encoder, where that is not the built-in one. */
  readonly encoder?: string;
  /** When the documents were read (ISO 8601): decisions from then on are newer than the classifier. Now by default. */
  readonly asOf?: string;
}

export type Choices = Pick<ClassifierDescription['training'], 'folds' | 'priorWeight' | 'lexicalScale'>;

export async function trainClassifier(
  request: TrainingRequest,
  embedder: Embedder,
  task: Task,
): Promise<StoredClassifier> {
  const started = performance.now();
  const { taxonomy, documents, view, asOf: trainedAt = new Date().toISOString() } = request;
  const { labels } = taxonomy;
  const texts = documents.map((document) => viewText(document.patent, view).text);
  const { head, vocabulary } = await trainFrozenHead({ ...request, texts }, embedder, task);
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
      ...placeOf(request),
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
      ...choicesOf(head),
      seconds: (performance.now() - started) / 1000,
    },
    ...outOfFoldMetrics(head, request),
    notes: notesOf(head, request, texts),
  };
  await task.checkpoint();
  return saveClassifier(request.folder, description, head.classifier, vocabulary);
}

export function basisOf(
  head: Pick<TrainedHead, 'validation'>,
  positives: number,
): 'trained' | 'few' | 'zero-shot' {
  if (!head.validation || positives === 0) return 'zero-shot';
  return positives < MIN_POSITIVES ? 'few' : 'trained';
}

/** An encoder in the classifier's own folder needs no name. */
const placeOf = ({ encoder, folder }: TrainingRequest): Pick<ClassifierDescription['encoder'], 'folder'> =>
  encoder === undefined || encoder === folder ? {} : { folder: statedPlace(folder, encoder) };

/** What cross-validation chose, as a classifier states it. */
export function choicesOf({ validation }: Pick<TrainedHead, 'validation'>): Choices {
  if (!validation) return {};
  const { folds, priorWeight, lexicalScale } = validation;
  return { folds, priorWeight, lexicalScale };
}

/** Of the documents that each fold had not seen. */
export function outOfFoldMetrics(
  head: TrainedHead,
  { documents, taxonomy, seed }: Pick<TrainingRequest, 'documents' | 'taxonomy' | 'seed'>,
): Pick<ClassifierDescription, 'metrics'> {
  if (!head.validation) return {};
  return measure({
    documents,
    labels: taxonomy.labels.length,
    logits: head.validation.logits,
    thresholds: head.thresholds.perLabel,
    counted: taxonomy.labels.flatMap((_, label) => ((head.positives[label] ?? 0) > 0 ? [label] : [])),
    seed,
  });
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
  { documents, taxonomy, view, encoder }: TrainingRequest,
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
  if (encoder === undefined) {
    notes.push(
      'The built-in encoder was trained on English; texts in other languages are read with less certainty.',
    );
  }
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
