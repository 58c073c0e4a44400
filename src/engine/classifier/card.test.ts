/** What the card says of the encoder, the head and the figures, by what was trained. */
import { expect, it } from 'vitest';
import { madeUpClassifier } from '../testing/classifier.ts';
import { classifierCard } from './card.ts';
import type { ClassifierDescription, Tuning } from './format.ts';

const SHA256 = 'a'.repeat(64);
const INTERVAL = { value: 0.5, low: 0.4, high: 0.6 };
const LORA: Tuning['method'] = { kind: 'lora', rank: 8, alpha: 16, targets: ['query'] };

const { description } = madeUpClassifier({
  id: 'all-MiniLM-L6-v2',
  precision: 'fp32',
  model: 'model.onnx',
  sha256: SHA256,
  dimension: 4,
  maxTokens: 256,
  pooling: 'mean',
  startToken: 101,
  endToken: 102,
  output: 'last_hidden_state',
  licence: 'Apache-2.0',
});

const CHOICES = { folds: 5, priorWeight: 8, lexicalScale: 0.85 };

const card = (
  training: Partial<ClassifierDescription['training']>,
  tuning: Pick<Partial<ClassifierDescription>, 'finetuned' | 'merged'> = {},
): string =>
  classifierCard({
    ...description,
    ...tuning,
    training: { ...description.training, ...training },
    vocabulary: { file: 'vocabulary-000000000000.json', sha256: SHA256, words: 321 },
    metrics: { microF1: INTERVAL, macroF1: INTERVAL, microAP: INTERVAL },
  });

const finetuned = (tuning: Tuning): Pick<ClassifierDescription, 'finetuned'> => ({
  finetuned: {
    ...tuning,
    base: { folder: '/encoders/base', sha256: SHA256 },
    file: 'encoder-000000000000.bin',
    sha256: SHA256,
    history: [],
  },
});

const FROZEN = [', frozen.', 'one logistic regression a label', '| out-of-fold |', 'the respective fold'];
const TUNED = ['fine-tuned', 'trained together with the encoder', '| validation |', 'were held out'];
const WORDS = 'TF-IDF of 321 words';

it.each<[string, string, readonly string[], readonly string[]]>([
  ['a frozen encoder', card(CHOICES), [...FROZEN, WORDS, 'Chosen by 5-fold'], TUNED],
  [
    'a frozen encoder whose words do not pay',
    card({ ...CHOICES, lexicalScale: 0 }),
    FROZEN,
    [...TUNED, WORDS],
  ],
  [
    'a fine-tuned one',
    card(CHOICES, finetuned({ method: LORA, bestEpoch: 3 })),
    [...TUNED, 'LoRA, rank 8, alpha 16) for 3 epochs', `weights on ${WORDS} stay`],
    [...FROZEN, 'Nothing was validated', 'Chosen by'],
  ],
  [
    'one whose last layer was trained for one epoch',
    card(CHOICES, finetuned({ method: { kind: 'last-k', layers: 1 }, bestEpoch: 1 })),
    [...TUNED, '(the last layer) for 1 epoch.'],
    FROZEN,
  ],
  [
    'one whose words do not pay',
    card({ ...CHOICES, lexicalScale: 0 }, finetuned({ method: { kind: 'full' }, bestEpoch: 3 })),
    TUNED,
    [...FROZEN, WORDS],
  ],
  [
    'one of which the frozen encoder was kept',
    card(CHOICES, finetuned({ method: LORA, bestEpoch: 0 })),
    [...FROZEN, WORDS, 'Chosen by 5-fold'],
    [...TUNED, 'epoch', 'Nothing was validated'],
  ],
  [
    'an export of a fine-tuned one',
    card(CHOICES, { merged: { method: LORA, bestEpoch: 3 } }),
    [...TUNED, WORDS],
    [...FROZEN, 'Nothing was validated'],
  ],
  [
    'an export of the frozen encoder that was kept',
    card(CHOICES, { merged: { method: LORA, bestEpoch: 0 } }),
    [...FROZEN, 'Chosen by 5-fold'],
    TUNED,
  ],
])('of %s', (_, text, said, unsaid) => {
  for (const words of said) expect(text).toContain(words);
  for (const words of unsaid) expect(text).not.toContain(words);
});
