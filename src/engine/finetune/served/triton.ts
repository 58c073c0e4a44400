/**
 * A fine-tuned classifier as a Triton model repository, `NAME/1/model.onnx` and `NAME/config.pbtxt`, with its tokenizer,
 * labels and card beside them. What was written is loaded back with plain ONNX Runtime and must say what the classifier
 * says, before anything counts as exported.
 */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { PatentLabError } from '../../../core/errors.ts';
import { classifierLogits } from '../../../core/learning/linear-classifier.ts';
import { classifierCard } from '../../classifier/card.ts';
import { CARD_FILE } from '../../classifier/format.ts';
import { sha256, type StoredClassifier } from '../../classifier/store.ts';
import { copyOne, TOKENIZER_FILES } from '../../encoder/copy.ts';
import { Encoder } from '../../encoder/encoder.ts';
import { writeFileAtomically } from '../../files/write.ts';
import { createSession, ort } from '../../onnx/runtime.ts';
import { LABELS_FILE, labelsText, tunedClassifier, type Exported } from '../export.ts';
import { mergedModel } from '../merged.ts';
import { encoderFeeds } from '../texts.ts';
import { tritonConfig } from './config.ts';
import { LOGITS, PROBABILITIES, servedModel, SUMS, WORD_LOGITS, type ServedModel } from './model.ts';

const CONFIG_FILE = 'config.pbtxt';
const VERSION = '1';
const MODEL_FILE = 'model.onnx';

/** Logits of a server and of this tool may differ by so much, in the scale of the larger of 1 and the logit. */
const TOLERANCE = 1e-5;

/**
 * @param folder the repository, which may hold other models @param name of the model in it
 * @throws `usage`, `export-differs`
 */
export async function exportTriton(model: string, folder: string, name: string): Promise<Exported> {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(name)) throw badName(name);
  const { classifier, base, tuned } = await tunedClassifier(model);
  const served = servedModel(await mergedModel(base, tuned.weights), base.spec, classifier.model);
  const encoder = await Encoder.load(base.folder, { tuned });
  const place = path.join(folder, name);
  const file = path.join(place, VERSION, MODEL_FILE);
  await writeFileAtomically(file, served.bytes);
  await requireSameLogits(file, encoder, classifier).catch(async (cause: unknown) => {
    await rm(file, { force: true });
    throw cause;
  });
  for (const one of TOKENIZER_FILES) await copyOne(base.folder, place, one);
  await writeFileAtomically(path.join(place, LABELS_FILE), labelsText(classifier));
  await writeFileAtomically(path.join(place, CARD_FILE), cardOf(classifier, served, encoder));
  await writeFileAtomically(path.join(place, CONFIG_FILE), tritonConfig(name, served));
  const files = [`${VERSION}/${MODEL_FILE}`, ...TOKENIZER_FILES, LABELS_FILE, CARD_FILE, CONFIG_FILE];
  return { folder, files: files.map((one) => `${name}/${one}`), sha256: sha256(served.bytes) };
}

/** Held against the classifier itself, on its labels' names, as one batch with padding. */
async function requireSameLogits(
  file: string,
  encoder: Encoder,
  { model, description }: StoredClassifier,
): Promise<void> {
  const session = await createSession(await readFile(file));
  try {
    const names = description.labels.map((label) => label.name);
    const texts = [names[0] ?? '', names.slice(0, 3).join(', ')];
    const { startToken, endToken, maxTokens } = encoder.spec;
    const windows = texts.map((text) =>
      Int32Array.of(startToken, ...encoder.tokenize(text).ids.subarray(0, maxTokens - 2), endToken),
    );
    const length = Math.max(...windows.map((window) => window.length));
    const given = encoderFeeds(windows, length);
    const feeds: Record<string, ort.Tensor> = {};
    for (const name of session.inputNames) {
      feeds[name] =
        name === WORD_LOGITS
          ? new ort.Tensor('float32', new Float32Array(texts.length * model.labels), [
              texts.length,
              model.labels,
            ])
          : new ort.Tensor('int64', given[name as keyof typeof given], [texts.length, length]);
    }
    const found = (await session.run(feeds))[LOGITS]?.data as Float32Array | undefined;
    for (const [row, window] of windows.entries()) {
      const embedding = await encoder.embedWindow(window);
      const expected = classifierLogits(model, embedding, {
        indices: new Int32Array(),
        values: new Float32Array(),
      });
      expected.forEach((logit, label) => {
        const served = found?.[row * model.labels + label] ?? Number.NaN;
        const differs = !(Math.abs(served - logit) <= TOLERANCE * Math.max(1, Math.abs(logit)));
        if (differs) throw differing(file, served, logit);
      });
    }
  } finally {
    await session.release();
  }
}

function cardOf(
  { description, model }: StoredClassifier,
  { inputs }: ServedModel,
  { spec }: Encoder,
): string {
  const pooled =
    spec.pooling === 'cls'
      ? 'the state of the first token'
      : 'the sum of the states of all tokens that count';
  return `${classifierCard(description)}
## How to ask the server

- Inputs: ${inputs.map(({ name }) => `\`${name}\``).join(', ')}. Token ids begin with ${spec.startToken} and end with ${spec.endToken}; at most ${spec.maxTokens} in all; padding has mask 0.
- Outputs: \`${LOGITS}\` and \`${PROBABILITIES}\`, one a label in the order of \`${LABELS_FILE}\`, which has the thresholds; \`${SUMS}\`, ${pooled}.
- A text of several windows: add up the \`${SUMS}\` of its windows, bring the total to unit length, and multiply it by the head, which the plain export holds. The probabilities of one window are those of that window alone.
${
  model.words > 0
    ? `- This classifier also weighs ${model.words} words. What they add to each logit goes into \`${WORD_LOGITS}\`; with zeros there, the answer is that of the encoder alone and differs from the classifier's.\n`
    : ''
}`;
}

const badName = (name: string): PatentLabError =>
  new PatentLabError({
    code: 'usage',
    message: `A model of a Triton repository cannot be named "${name}".`,
    remedy: 'Use letters, digits, points, hyphens and underscores (--name).',
  });

const differing = (file: string, served: number, own: number): PatentLabError =>
  new PatentLabError({
    code: 'export-differs',
    message: `The exported model gives a logit of ${served} where the classifier gives ${own}; it was removed.`,
    remedy: 'Export the plain layout instead, and please report this with the name of the encoder.',
    place: { file },
  });
