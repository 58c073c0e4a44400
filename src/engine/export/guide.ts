/** How an exported model is asked, for someone who has its files alone: the second half of its card. */
import { VIEW_NAMES } from '../../core/patent/view.ts';
import { CLASSIFIER_FILE, LABELS_FILE, EXPORTED_VOCABULARY_FILE } from '../classifier/format.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import { ENCODER_SPEC_FILE } from '../encoder/spec.ts';
import { TOKENIZER_FILE } from '../encoder/tokenizer.ts';
import type { CheckedText, Exporting } from './check.ts';
import { VALUE_FORMULA } from './vocabulary-file.ts';
import {
  LOGITS,
  PREVIOUS_SUMS,
  PROBABILITIES,
  SUMS,
  WORDS,
  type ModelTensor,
  type WholeModel,
} from './whole-model.ts';

/** Labels that the example tells. */
const TOLD = 5;
const DIGITS = 6;

export interface Guide extends Omit<WholeModel, 'bytes'> {
  /** The model's file. */
  readonly model: string;
  /** Whether the folder is one of this tool, too. */
  readonly isPlain: boolean;
  /** What the model was checked on. */
  readonly example: CheckedText | undefined;
}

export function exportGuide(
  exporting: Exporting,
  { inputs, outputs, model, isPlain, example }: Guide,
): string {
  return `
## How to ask the model

\`${model}\` takes token ids${has(inputs, WORDS) ? ' and words' : ''} and gives probabilities; any ONNX runtime runs it. It was read back with ONNX Runtime, and said what the classifier says.

| | name | type | shape |
|---|---|---|---|
${[...inputs.map(rowOf('in')), ...outputs.map(rowOf('out'))].join('\n')}

${steps(exporting, inputs)
  .map((step, i) => `${i + 1}. ${step}`)
  .join('\n')}
${isPlain ? `\n\`${CLASSIFIER_FILE}\`, \`weights-….bin\` and \`${ENCODER_SPEC_FILE}\` make the folder one that \`patent-lab classify --model\` takes; nothing else needs them.\n` : ''}${example ? workedExample(exporting.classifier, has(inputs, WORDS), example) : ''}`;
}

const has = (tensors: readonly ModelTensor[], name: string): boolean =>
  tensors.some((tensor) => tensor.name === name);

const rowOf =
  (direction: 'in' | 'out') =>
  ({ name, type, dims }: ModelTensor): string =>
    `| ${direction} | \`${name}\` | ${type} | batch × ${dims.map((size) => (size < 0 ? 'tokens' : size)).join(' × ')} |`;

function steps(
  { classifier: { description }, encoder: { spec }, isAlone }: Exporting,
  inputs: readonly ModelTensor[],
): readonly string[] {
  const { startToken, endToken, maxTokens, pooling } = spec;
  const types = has(inputs, 'token_type_ids') ? ', `token_type_ids` are 0' : '';
  return [
    `**Text.** ${VIEW_NAMES[description.view]}: each title, abstract and claim on a line of its own, as far as the document has them.`,
    `**Tokens.** Those of \`${TOKENIZER_FILE}\` without its own special tokens, ${startToken} before them and ${endToken} behind: at most ${maxTokens} in all. \`attention_mask\` is 1${types}${isAlone ? '' : '; padding has mask 0'}. A longer text has several windows, one after the other, all of it read. Patent Lab ends a window at the last sentence in its second half that ends there; other borders change probabilities a little.`,
    ...(has(inputs, WORDS)
      ? [
          `**Words.** \`${EXPORTED_VOCABULARY_FILE}\` has the words in the order of \`${WORDS}\`, and their idf. Words of a text are the matches of its \`pattern\` (Unicode) in lower case. A word's number is \`${VALUE_FORMULA}\`, 0 where it does not occur; then the vector is divided by its length (the root of the sum of squares). It is that of the whole text, in each of its windows.`,
        ]
      : []),
    `**Windows.** \`${PREVIOUS_SUMS}\` is 0 for a text's first window, and for each further one the \`${SUMS}\` that the one before gave: ${pooling === 'cls' ? 'the states of the first tokens' : 'the states of all tokens'}, added up. The \`${PROBABILITIES}\` of the last window are those of the text.${isAlone ? ' One window a run and no padding: this encoder is quantised with a scale that it takes from everything in a run.' : ''}`,
    `**Labels.** One number a label, in the order of \`${LABELS_FILE}\`. A label is assigned where its probability reaches the \`threshold\` there; probability = 1 / (1 + exp(−\`${LOGITS}\`)).`,
  ];
}

function workedExample(
  { description, vocabulary }: StoredClassifier,
  weighsWords: boolean,
  { text, windows, words, probabilities }: CheckedText,
): string {
  const values = [...words.entries()].filter(([, value]) => value !== 0);
  const told = [...probabilities.entries()].sort(([, a], [, b]) => b - a).slice(0, TOLD);
  return `
### An example

The text \`${text}\` has the token ids ${[...(windows[0] ?? [])].join(' ')}.
${
  weighsWords
    ? `
| position in \`${WORDS}\` | word | value |
|---:|---|---:|
${values.map(([at, value]) => `| ${at} | ${vocabulary.words[at] ?? ''} | ${value.toFixed(DIGITS)} |`).join('\n')}
`
    : ''
}
| position in \`${PROBABILITIES}\` | label | value |
|---:|---|---:|
${told.map(([at, value]) => `| ${at} | ${description.labels[at]?.name ?? ''} | ${value.toFixed(DIGITS)} |`).join('\n')}
`;
}
