/**
 * A fine-tuned classifier as files that need nothing of ours: the encoder as one plain ONNX file with the trained
 * numbers in their places, its tokenizer, the head, the labels with thresholds, and the card. It is an encoder folder
 * and a classifier folder at once.
 */
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import { CLASSIFIER_FILE } from '../classifier/format.ts';
import { readDescription, loadClassifier, saveClassifier } from '../classifier/store.ts';
import { writeFileAtomically } from '../files/write.ts';
import { writeMergedEncoder } from './merged.ts';
import { readTuned } from './tuned.ts';

export const LABELS_FILE = 'labels.json';

export interface Exported {
  readonly folder: string;
  readonly files: readonly string[];
  readonly sha256: string;
}

export async function exportClassifier(model: string, folder: string): Promise<Exported> {
  const { finetuned } = await readDescription(model);
  if (!finetuned) {
    throw new PatentLabError({
      code: 'usage',
      message: `The classifier in ${model} has a frozen encoder: the published model is its encoder already.`,
      remedy: 'Export a fine-tuned classifier, or use the published encoder with this folder.',
    });
  }
  const { base, tuned } = await readTuned(model, finetuned);
  const classifier = await loadClassifier(model, { ...base.spec, sha256: tuned.sha256 });
  const { spec, files } = await writeMergedEncoder(base, tuned.weights, folder);
  const { description } = classifier;
  const labels = description.labels.map(({ id, name, threshold }) => ({ id, name, threshold }));
  await writeFileAtomically(path.join(folder, LABELS_FILE), `${JSON.stringify(labels, null, 2)}\n`);
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
