/**
 * A fine-tuned classifier as files that need nothing of ours: the encoder as one plain ONNX file with the trained
 * numbers in their places, its tokenizer, the head, the labels with thresholds, and the card. It is an encoder folder
 * and a classifier folder at once.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import { withWeights } from '../../core/graph/import/patch.ts';
import { CLASSIFIER_FILE } from '../classifier/format.ts';
import { readDescription, loadClassifier, saveClassifier, sha256 } from '../classifier/store.ts';
import { copyOne, TOKENIZER_FILES } from '../encoder/copy.ts';
import { externalReader } from '../encoder/external-data.ts';
import { ENCODER_SPEC_FILE } from '../encoder/spec.ts';
import { writeFileAtomically } from '../files/write.ts';
import { readTuned } from './tuned.ts';

export const LABELS_FILE = 'labels.json';
const MODEL_FILE = 'model.onnx';

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
  const published = await readFile(path.join(base.folder, base.spec.model));
  const bytes = withWeights(published, tuned.weights, externalReader(base.folder));
  const hash = sha256(bytes);
  const spec = { ...base.spec, model: MODEL_FILE, sha256: hash, precision: 'fp32' as const };
  const classifier = await loadClassifier(model, { ...base.spec, sha256: tuned.sha256 });
  await writeFileAtomically(path.join(folder, MODEL_FILE), bytes);
  for (const name of TOKENIZER_FILES) await copyOne(base.folder, folder, name);
  await writeFileAtomically(path.join(folder, ENCODER_SPEC_FILE), `${JSON.stringify(spec, null, 2)}\n`);
  const { description } = classifier;
  const labels = description.labels.map(({ id, name, threshold }) => ({ id, name, threshold }));
  await writeFileAtomically(path.join(folder, LABELS_FILE), `${JSON.stringify(labels, null, 2)}\n`);
  const saved = await saveClassifier(
    folder,
    {
      ...description,
      finetuned: undefined,
      encoder: { ...description.encoder, sha256: hash, precision: 'fp32' },
    },
    classifier.model,
    classifier.vocabulary,
  );
  return {
    folder,
    files: [
      CLASSIFIER_FILE,
      MODEL_FILE,
      ...TOKENIZER_FILES,
      ENCODER_SPEC_FILE,
      LABELS_FILE,
      saved.description.weights.file,
    ],
    sha256: hash,
  };
}
