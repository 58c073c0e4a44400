/** Saving and loading a classifier folder. Nothing is trusted on loading: format, encoder, weights' hash and sizes. */
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { PatentLabError, type ErrorCode } from '../../core/errors.ts';
import { parseJson } from '../../core/json.ts';
import type { LinearClassifier } from '../../core/learning/linear-classifier.ts';
import { makeVocabulary, type Vocabulary } from '../../core/learning/tfidf.ts';
import { encoderName, type EncoderSpec } from '../encoder/spec.ts';
import { readError } from '../files/errors.ts';
import { writeFileAtomically } from '../files/write.ts';
import { classifierCard } from './card.ts';
import {
  CARD_FILE,
  CLASSIFIER_FILE,
  classifierSchema,
  vocabularyFile,
  vocabularySchema,
  weightsFile,
  type ClassifierDescription,
} from './format.ts';

export interface StoredClassifier {
  readonly folder: string;
  readonly description: ClassifierDescription;
  readonly model: LinearClassifier;
  readonly vocabulary: Vocabulary;
}

export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/** The words of a classifier as a file. */
export interface WordsFile {
  readonly file: string;
  readonly text: string;
}

function ownWordsFile({ words, idf }: Vocabulary): WordsFile {
  const text = JSON.stringify({ words, idf: [...idf] });
  return { file: vocabularyFile(sha256(text)), text };
}

/**
 * The description is written when the files it names are there, so that the folder holds the old classifier or the
 * new one, never a mixture. What only the old one needed goes afterwards.
 */
export async function saveClassifier(
  folder: string,
  description: Omit<ClassifierDescription, 'weights' | 'vocabulary'>,
  model: LinearClassifier,
  vocabulary: Vocabulary,
  words: WordsFile = ownWordsFile(vocabulary),
): Promise<StoredClassifier> {
  const weights = packWeights(model);
  const before = await readDescription(folder).catch(() => undefined);
  const weightsHash = sha256(weights);
  const complete: ClassifierDescription = {
    ...description,
    weights: { file: weightsFile(weightsHash), sha256: weightsHash },
    vocabulary: { file: words.file, sha256: sha256(words.text), words: vocabulary.words.length },
  };
  await writeFileAtomically(path.join(folder, complete.weights.file), weights);
  await writeFileAtomically(path.join(folder, words.file), words.text);
  await writeFileAtomically(path.join(folder, CLASSIFIER_FILE), `${JSON.stringify(complete, null, 2)}\n`);
  await writeFileAtomically(path.join(folder, CARD_FILE), classifierCard(complete));
  await removeReplaced(before, folder, complete);
  return { folder, description: complete, model, vocabulary };
}

const dataFiles = ({ weights, vocabulary, finetuned }: ClassifierDescription): readonly string[] => [
  weights.file,
  vocabulary.file,
  ...(finetuned ? [finetuned.file] : []),
];

/** Only what the one before named: other files may belong to a training that runs at the same time. */
export async function removeReplaced(
  before: ClassifierDescription | undefined,
  folder: string,
  current: ClassifierDescription,
): Promise<void> {
  const kept = dataFiles(current);
  for (const name of before ? dataFiles(before) : []) {
    if (kept.includes(name)) continue;
    // Where a reader still holds it (Windows), it stays.
    await rm(path.join(folder, name), { force: true }).catch(() => undefined);
  }
}

export async function loadClassifier(folder: string, encoder: EncoderSpec): Promise<StoredClassifier> {
  const description = await readDescription(folder);
  if (description.encoder.sha256 !== encoder.sha256) {
    throw problem(
      'classifier-encoder-mismatch',
      `The classifier was trained with another encoder (${description.encoder.id} ${description.encoder.precision}) than the one loaded (${encoderName(encoder)}).`,
      'Train it again with this encoder; embeddings of different encoders do not compare.',
      path.join(folder, CLASSIFIER_FILE),
    );
  }
  const weights = await readVerified(folder, description.weights);
  const words = await readVerified(folder, description.vocabulary);
  const parsed = parseJson(words.toString('utf8'), vocabularySchema, {
    file: path.join(folder, description.vocabulary.file),
    code: 'classifier-invalid',
    remedy: 'Train the classifier again.',
  }).value;
  const vocabulary = makeVocabulary(parsed.words, Float32Array.from(parsed.idf));
  return { folder, description, model: unpackWeights(weights, description, folder), vocabulary };
}

export async function readDescription(folder: string): Promise<ClassifierDescription> {
  const file = path.join(folder, CLASSIFIER_FILE);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const error = readError(file, cause);
    if (error.code !== 'file-not-found') throw error;
    throw problem(
      'classifier-missing',
      `There is no classifier in ${folder}.`,
      'Train one first: "Patent Lab: Train Classifier", or patent-lab train.',
      file,
    );
  }
  return parseJson(text, classifierSchema, {
    file,
    code: 'classifier-invalid',
    remedy: 'The file was changed or comes from another version; train the classifier again.',
  }).value;
}

export async function readVerified(
  folder: string,
  stated: { readonly file: string; readonly sha256: string },
): Promise<Buffer> {
  const file = path.join(folder, stated.file);
  const content = await readFile(file).catch((cause: unknown) => {
    const error = readError(file, cause);
    if (error.code !== 'file-not-found') throw error;
    throw problem(
      'classifier-invalid',
      `The classifier in ${folder} is not complete: there is no ${stated.file}.`,
      'Train the classifier again.',
      file,
    );
  });
  if (sha256(content) === stated.sha256) return content;
  throw problem(
    'classifier-weights-mismatch',
    `${stated.file} is not the file the classifier was saved with.`,
    'It was changed or cut off. Train the classifier again.',
    file,
  );
}

/** Little-endian float32: dense, lexical, intercepts, centre. */
function packWeights({ dense, lexical, intercepts, centre }: LinearClassifier): Buffer {
  const parts = [dense, lexical, intercepts, centre];
  const buffer = Buffer.alloc(4 * parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) for (const value of part) at = buffer.writeFloatLE(value, at);
  return buffer;
}

function unpackWeights(
  content: Buffer,
  description: ClassifierDescription,
  folder: string,
): LinearClassifier {
  const labels = description.labels.length;
  const { dimension } = description.encoder;
  const { words } = description.vocabulary;
  const sizes = [labels * dimension, labels * words, labels, dimension];
  if (content.length !== 4 * sizes.reduce((total, size) => total + size, 0)) {
    throw problem(
      'classifier-invalid',
      `${description.weights.file} does not have the size that ${CLASSIFIER_FILE} states.`,
      'Train the classifier again.',
      path.join(folder, description.weights.file),
    );
  }
  let at = 0;
  const [dense, lexical, intercepts, centre] = sizes.map((size) => {
    const part = new Float32Array(size);
    for (let i = 0; i < size; i++, at += 4) part[i] = content.readFloatLE(at);
    return part;
  });
  const empty = new Float32Array();
  return {
    labels,
    dimension,
    words,
    dense: dense ?? empty,
    lexical: lexical ?? empty,
    intercepts: intercepts ?? empty,
    centre: centre ?? empty,
  };
}

const problem = (code: ErrorCode, message: string, remedy: string, file: string): PatentLabError =>
  new PatentLabError({ code, message, remedy, place: { file } });
