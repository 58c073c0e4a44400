/**
 * A fine-tuned classifier as files that need nothing of ours: the encoder as one plain ONNX file with the trained
 * numbers in their places, its tokenizer, the head, the labels with thresholds, and the card. It is an encoder folder
 * and a classifier folder at once.
 */
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import { CLASSIFIER_FILE } from '../classifier/format.ts';
import {
  loadClassifier,
  readDescription,
  saveClassifier,
  type StoredClassifier,
} from '../classifier/store.ts';
import type { TunedWeights } from '../encoder/encoder.ts';
import { writeFileAtomically } from '../files/write.ts';
import type { BaseModel } from './base.ts';
import { writeMergedEncoder } from './merged.ts';
import { readTuned } from './tuned.ts';

export const LABELS_FILE = 'labels.json';

export interface Exported {
  readonly folder: string;
  readonly files: readonly string[];
  readonly sha256: string;
}

export interface TunedClassifier {
  readonly base: BaseModel;
  readonly tuned: TunedWeights;
  readonly classifier: StoredClassifier;
}

/** @throws `usage` where the encoder is frozen, and what reading it throws */
export async function tunedClassifier(model: string): Promise<TunedClassifier> {
  const { finetuned } = await readDescription(model);
  if (!finetuned) {
    throw new PatentLabError({
      code: 'usage',
      message: `The classifier in ${model} has a frozen encoder: the published model is its encoder already.`,
      remedy: 'Export a fine-tuned classifier, or use the published encoder with this folder.',
    });
  }
  const { base, tuned } = await readTuned(model, finetuned);
  return { base, tuned, classifier: await loadClassifier(model, { ...base.spec, sha256: tuned.sha256 }) };
}

/** Ids, names and thresholds, in the order of the classifier's outputs. */
export function labelsText({ description }: StoredClassifier): string {
  const labels = description.labels.map(({ id, name, threshold }) => ({ id, name, threshold }));
  return `${JSON.stringify(labels, null, 2)}\n`;
}

export async function exportClassifier(model: string, folder: string): Promise<Exported> {
  const { base, tuned, classifier } = await tunedClassifier(model);
  const { spec, files } = await writeMergedEncoder(base, tuned.weights, folder);
  await writeFileAtomically(path.join(folder, LABELS_FILE), labelsText(classifier));
  const { description } = classifier;
  const saved = await saveClassifier(
    folder,
    {
      ...description,
      finetuned: undefined,
      encoder: { ...description.encoder, sha256: spec.sha256, precision: spec.precision },
    },
    classifier.model,
    classifier.vocabulary,
  );
  return {
    folder,
    files: [...files, LABELS_FILE, CLASSIFIER_FILE, saved.description.weights.file],
    sha256: spec.sha256,
  };
}
