/**
 * A classifier as files that need nothing of ours: one ONNX file from token ids and words to probabilities, its
 * tokenizer, vocabulary, labels with thresholds, and the card; in a plain folder, or as a model of a Triton repository.
 * The plain folder is an encoder folder and a classifier folder of this tool too.
 */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { PatentLabError, unreachable } from '../../core/errors.ts';
import type { ExportedClassifier, ExportLayout } from '../../protocol/classifier-export.ts';
import { classifierCard } from '../classifier/card.ts';
import {
  CARD_FILE,
  CLASSIFIER_FILE,
  EXPORTED_VOCABULARY_FILE,
  LABELS_FILE,
  type ClassifierDescription,
} from '../classifier/format.ts';
import {
  readDescription,
  removeReplaced,
  saveClassifier,
  type StoredClassifier,
} from '../classifier/store.ts';
import { readModelFile } from '../encoder/model-file.ts';
import { ENCODER_SPEC_FILE, readEncoderSpec, type EncoderSpec } from '../encoder/spec.ts';
import { requireApart } from '../files/places.ts';
import { writeTogether } from '../files/together.ts';
import { writeFileAtomically } from '../files/write.ts';
import {
  copyCompanions,
  encoderPlaces,
  MODEL_FILE,
  writeModel,
  writeSpec,
  type FileLimit,
} from '../finetune/merged.ts';
import { quietTask, type Task } from '../task.ts';
import { checkExport } from './check.ts';
import { exportGuide } from './guide.ts';
import { openOriginal, type Original } from './original.ts';
import { tritonConfig } from './triton-config.ts';
import { exportedVocabulary } from './vocabulary-file.ts';
import { wholeModel, type WholeModel } from './whole-model.ts';

const CONFIG_FILE = 'config.pbtxt';
const TRITON_VERSION = '1';

export interface ExportRequest extends FileLimit {
  /** Folder of the classifier. */
  readonly model: string;
  /** Where its encoder lies if nothing of it was trained. */
  readonly encoder: string;
  readonly folder: string;
  readonly layout: ExportLayout;
}

/** @throws `usage`, `export-differs`, and what reading the classifier throws; then nothing is replaced */
export async function exportClassifier(
  { model, encoder, folder, layout, ...limit }: ExportRequest,
  task: Task = quietTask,
): Promise<ExportedClassifier> {
  const place = placeOf(folder, layout);
  task.progress('Reading the classifier');
  const original = await openOriginal(model, encoder);
  try {
    await requireReplaceable(place, model, original);
    const before = await readDescription(place).catch(() => undefined);
    const { files, sha256, description } = await writeTogether(place, (stage) =>
      writeAll(original, stage, layout, limit, task),
    );
    if (description) await removeReplaced(before, place, description);
    const inside = path.relative(folder, place);
    return { folder, files: files.map((file) => path.posix.join(inside, file)), sha256 };
  } finally {
    await original.encoder.release();
  }
}

/** @throws `usage` where an export would be lost to what it is made from, or another encoder to it */
async function requireReplaceable(place: string, model: string, { base }: Original): Promise<void> {
  const kept = [
    { folder: model, name: 'the classifier' },
    ...encoderPlaces(base, await readEncoderSpec(base)),
  ];
  await requireApart([place, path.join(place, TRITON_VERSION)], kept);
  requireNoEncoder(place);
}

interface Written {
  readonly files: readonly string[];
  readonly sha256: string;
  /** Where the folder is a classifier of this tool, too. */
  readonly description?: StoredClassifier['description'];
}

async function writeAll(
  original: Original,
  stage: string,
  layout: ExportLayout,
  limit: FileLimit,
  task: Task,
): Promise<Written> {
  const { classifier, encoder, base } = original;
  const { spec } = encoder;
  await task.checkpoint();
  task.progress('Writing the model');
  const { whole, model, files, sha256 } = await writeWhole(original, stage, layout, limit);
  const companions = await copyCompanions(base, stage);
  await writeFileAtomically(path.join(stage, LABELS_FILE), labelsText(classifier));
  const described = await describe(classifier, { ...spec, sha256 }, stage, layout);
  await task.checkpoint();
  task.progress('Reading it back');
  const exporting = { classifier, encoder, isAlone: spec.precision === 'int8' };
  const [example] = await checkExport(exporting, stage, model, task);
  const guide = exportGuide(exporting, { ...whole, model, isPlain: layout.kind === 'plain', example });
  const card = classifierCard(withEncoder(classifier.description, { sha256 }));
  await writeFileAtomically(path.join(stage, CARD_FILE), card + guide);
  const all = [...files, ...companions, LABELS_FILE, CARD_FILE, ...described.files];
  if (layout.kind === 'plain') return { ...described, files: all, sha256 };
  const config = tritonConfig(layout.name, whole, exporting.isAlone);
  await writeFileAtomically(path.join(stage, CONFIG_FILE), config);
  return { files: [...all, CONFIG_FILE], sha256 };
}

interface WrittenModel {
  readonly whole: WholeModel;
  /** Its file. */
  readonly model: string;
  readonly files: readonly string[];
  readonly sha256: string;
}

async function writeWhole(
  { classifier, encoder: { spec }, base, weights }: Original,
  stage: string,
  { kind }: ExportLayout,
  limit: FileLimit,
): Promise<WrittenModel> {
  const published = await readEncoderSpec(base);
  const source = await readModelFile(path.join(base, published.model), spec.output);
  const whole = wholeModel(source.bytes, spec, classifier.model);
  const version = kind === 'triton' ? TRITON_VERSION : '';
  await mkdir(path.join(stage, version), { recursive: true });
  const { files, sha256 } = await writeModel(
    { bytes: whole.bytes, readExternal: source.readExternal },
    weights,
    path.join(stage, version),
    limit,
  );
  const placed = (file: string): string => path.posix.join(version, file);
  return { whole, model: placed(MODEL_FILE), files: files.map(placed), sha256 };
}

/** The classifier with its encoder beside it, which has in its weights what was trained of it. */
function withEncoder(
  { finetuned, ...description }: ClassifierDescription,
  { sha256 }: Pick<EncoderSpec, 'sha256'>,
): ClassifierDescription {
  const merged = finetuned && { method: finetuned.method, bestEpoch: finetuned.bestEpoch };
  const encoder = { ...description.encoder, sha256, folder: undefined };
  return { ...description, ...(merged ? { merged } : {}), encoder };
}

/** The vocabulary; in the plain layout also what makes the folder a classifier and an encoder of this tool. */
async function describe(
  { description, model, vocabulary }: StoredClassifier,
  spec: EncoderSpec,
  stage: string,
  { kind }: ExportLayout,
): Promise<Omit<Written, 'sha256'>> {
  const words = {
    file: EXPORTED_VOCABULARY_FILE,
    text: `${JSON.stringify(exportedVocabulary(vocabulary))}\n`,
  };
  switch (kind) {
    case 'triton':
      await writeFileAtomically(path.join(stage, words.file), words.text);
      return { files: [words.file] };
    case 'plain': {
      await writeSpec(stage, { ...spec, model: MODEL_FILE });
      const saved = await saveClassifier(stage, withEncoder(description, spec), model, vocabulary, words);
      const { weights } = saved.description;
      return {
        files: [weights.file, words.file, ENCODER_SPEC_FILE, CLASSIFIER_FILE],
        description: saved.description,
      };
    }
    default:
      return unreachable(kind);
  }
}

/** Ids, names and thresholds, in the order of the classifier's outputs. */
function labelsText({ description }: StoredClassifier): string {
  const labels = description.labels.map(({ id, name, threshold }) => ({ id, name, threshold }));
  return `${JSON.stringify(labels, null, 2)}\n`;
}

/** The folder in which all files of the export lie. */
function placeOf(folder: string, layout: ExportLayout): string {
  if (layout.kind === 'plain') return folder;
  const { name } = layout;
  if (/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(name)) return path.join(folder, name);
  throw new PatentLabError({
    code: 'usage',
    message: `A model of a Triton repository cannot be named "${name}".`,
    remedy: 'Use letters, digits, points, hyphens and underscores (--name).',
  });
}

/** What lies there is published or was trained, and is no earlier export. */
function requireNoEncoder(place: string): void {
  const holds = (name: string): boolean => existsSync(path.join(place, name));
  if (!holds(ENCODER_SPEC_FILE) || holds(CLASSIFIER_FILE)) return;
  throw new PatentLabError({
    code: 'usage',
    message: `Nothing is written to ${place}: an encoder lies there, which would be lost.`,
    remedy: 'Choose another folder.',
    place: { file: place },
  });
}
