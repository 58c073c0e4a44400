/** What was exported, loaded back with plain ONNX Runtime and held against the classifier before it counts. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import { classifierLogits } from '../../core/learning/linear-classifier.ts';
import { fromLogOdds } from '../../core/learning/thresholds.ts';
import { tfidfOfText } from '../../core/learning/tfidf.ts';
import { EXPORTED_VOCABULARY_FILE } from '../classifier/format.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import type { Encoder } from '../encoder/encoder.ts';
import { TextReader } from '../encoder/reader.ts';
import { readTexts } from '../finetune/texts.ts';
import { createSession, type ort } from '../onnx/runtime.ts';
import type { Task } from '../task.ts';
import { askModel, type AskedText } from './client.ts';
import { exportedVocabularySchema, wordsVector } from './vocabulary-file.ts';

/** Probabilities may differ by so much. */
const TOLERANCE = 1e-5;
/** Logits too, in the scale of the larger of 1 and the logit: far from one half no probability tells them apart. */
const LOGIT_TOLERANCE = 1e-4;
/** Encoders that read more tokens at once are not checked on a text of several windows, which could take minutes. [ours] */
const LONGEST_WINDOW = 1024;
/** Words of the vocabulary in a short text. */
const FEW_WORDS = 12;

/** One text with what goes into the model and what comes out: what was checked, and an example to tell. */
export interface CheckedText extends AskedText {
  readonly text: string;
  readonly probabilities: Float32Array;
}

export interface Exporting {
  readonly classifier: StoredClassifier;
  readonly encoder: Encoder;
  /** Whether no other window may be in a window's batch. */
  readonly isAlone: boolean;
}

/**
 * @param folder of the exported files @param model its file in it
 * @returns a short text and, where it has one, a long one
 * @throws `export-differs`
 */
export async function checkExport(
  { classifier, encoder, isAlone }: Exporting,
  folder: string,
  model: string,
  task: Task,
): Promise<readonly CheckedText[]> {
  const file = path.join(folder, model);
  const texts = checkTexts(classifier, encoder);
  const asked = await readAsked(texts, folder, encoder);
  const session = await createSession(file);
  try {
    const checked: CheckedText[] = [];
    for (const { text, ...one } of asked) {
      await task.checkpoint();
      const probabilities = await requireSame(session, [{ text, ...one }], { classifier, encoder }, file);
      checked.push({ text, ...one, probabilities });
    }
    if (!isAlone) await requireSame(session, asked, { classifier, encoder }, file);
    return checked;
  } finally {
    await session.release();
  }
}

/** A short text with words that count, one of them twice, a label's name, and a text of several windows. */
function checkTexts({ description, vocabulary }: StoredClassifier, encoder: Encoder): readonly string[] {
  const names = description.labels.map(({ name }) => name);
  const words = vocabulary.words.length > 0 ? vocabulary.words : names;
  // From frequent words to rare ones.
  const stride = Math.max(1, Math.floor(words.length / FEW_WORDS));
  const some = words.filter((_, at) => at % stride === 0).slice(0, FEW_WORDS);
  const short = [[...some, some.at(-1) ?? ''].join(' '), names[0] ?? ''];
  if (encoder.spec.maxTokens > LONGEST_WINDOW) return short;
  for (let count = encoder.spec.maxTokens; ; count *= 2) {
    const long = sentencesOf(Array.from({ length: count }, (_, i) => words[i % words.length] ?? ''));
    if (encoder.layout(long).windows.length > 1) return [...short, long];
  }
}

const sentencesOf = (words: readonly string[]): string =>
  words.map((word, i) => ((i + 1) % FEW_WORDS === 0 ? `${word}.` : word)).join(' ');

async function readAsked(
  texts: readonly string[],
  folder: string,
  { spec }: Encoder,
): Promise<readonly (AskedText & { readonly text: string })[]> {
  const reader = await TextReader.open(folder, spec);
  const stored: unknown = JSON.parse(await readFile(path.join(folder, EXPORTED_VOCABULARY_FILE), 'utf8'));
  const vocabulary = exportedVocabularySchema.parse(stored);
  return readTexts(texts, reader).map(({ windows }, i) => {
    const text = texts[i] ?? '';
    return { text, windows, words: wordsVector(text, vocabulary) };
  });
}

/** @returns the probabilities of the first text */
async function requireSame(
  session: ort.InferenceSession,
  asked: readonly (AskedText & { readonly text: string })[],
  { classifier: { model, vocabulary }, encoder }: Omit<Exporting, 'isAlone'>,
  file: string,
): Promise<Float32Array> {
  const answers = await askModel(session, asked, encoder.dimension);
  for (const [i, { text }] of asked.entries()) {
    const { embedding } = await encoder.encode(text);
    const expected = classifierLogits(model, embedding, tfidfOfText(text, vocabulary));
    expected.forEach((logit, label) => {
      const answered = answers[i]?.logits[label] ?? Number.NaN;
      const probability = answers[i]?.probabilities[label] ?? Number.NaN;
      const isSame =
        Math.abs(probability - fromLogOdds(logit)) <= TOLERANCE &&
        Math.abs(answered - logit) <= LOGIT_TOLERANCE * Math.max(1, Math.abs(logit));
      if (!isSame) throw differing(file, answered, logit);
    });
  }
  return answers[0]?.probabilities ?? new Float32Array();
}

const differing = (file: string, exported: number, own: number): PatentLabError =>
  new PatentLabError({
    code: 'export-differs',
    message: `The exported model gives a logit of ${exported} where the classifier gives ${own}. Nothing was exported.`,
    remedy:
      'Please report this with the name of the encoder; use the classifier itself (classify) meanwhile.',
    place: { file },
  });
