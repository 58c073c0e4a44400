/** Saving and loading a classifier folder. Nothing is trusted on loading: format, encoder, weights' hash and sizes. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
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
  VOCABULARY_FILE,
  vocabularySchema,
  WEIGHTS_FILE,
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

/** The description is written last, so that a folder with one is complete. */
export async function saveClassifier(
  folder: string,
  description: Omit<ClassifierDescription, 'weights' | 'vocabulary'>,
  model: LinearClassifier,
  vocabulary: Vocabulary,
): Promise<StoredClassifier> {
  const weights = packWeights(model);
  const words = JSON.stringify({ words: vocabulary.words, idf: [...vocabulary.idf] });
  const complete: ClassifierDescription = {
    ...description,
    weights: { file: WEIGHTS_FILE, sha256: sha256(weights) },
    vocabulary: { file: VOCABULARY_FILE, sha256: sha256(words), words: vocabulary.words.length },
  };
  await writeFileAtomically(path.join(folder, WEIGHTS_FILE), weights);
  await writeFileAtomically(path.join(folder, VOCABULARY_FILE), words);
  await writeFileAtomically(path.join(folder, CARD_FILE), classifierCard(complete));
  await writeFileAtomically(path.join(folder, CLASSIFIER_FILE), `${JSON.stringify(complete, null, 2)}\n`);
  return { folder, description: complete, model, vocabulary };
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
  const weights = await readVerified(folder, WEIGHTS_FILE, description.weights.sha256);
  const words = await readVerified(folder, VOCABULARY_FILE, description.vocabulary.sha256);
  const vocabularyFile = path.join(folder, VOCABULARY_FILE);
  const parsed = parseJson(words.toString('utf8'), vocabularySchema, {
    file: vocabularyFile,
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

async function readVerified(folder: string, name: string, expected: string): Promise<Buffer> {
  const file = path.join(folder, name);
  const content = await readFile(file).catch((cause: unknown) => {
    throw readError(file, cause);
  });
  if (sha256(content) === expected) return content;
  throw problem(
    'classifier-weights-mismatch',
    `${name} is not the file the classifier was saved with.`,
    'It was changed or cut off. Train the classifier again.',
    file,
  );
}

/** Little-endian float32: dense, lexical, intercepts. */
function packWeights({ dense, lexical, intercepts }: LinearClassifier): Buffer {
  const parts = [dense, lexical, intercepts];
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
  const sizes = [labels * dimension, labels * words, labels];
  if (content.length !== 4 * sizes.reduce((total, size) => total + size, 0)) {
    throw problem(
      'classifier-invalid',
      `${WEIGHTS_FILE} does not have the size that ${CLASSIFIER_FILE} states.`,
      'Train the classifier again.',
      path.join(folder, WEIGHTS_FILE),
    );
  }
  let at = 0;
  const [dense, lexical, intercepts] = sizes.map((size) => {
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
  };
}

const problem = (code: ErrorCode, message: string, remedy: string, file: string): PatentLabError =>
  new PatentLabError({ code, message, remedy, place: { file } });
