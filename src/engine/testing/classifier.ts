/** Made-up classifiers, for what does not depend on training. */
import type { LinearClassifier } from '../../core/learning/linear-classifier.ts';
import { makeVocabulary, type Vocabulary } from '../../core/learning/tfidf.ts';
import { Random } from '../../core/random.ts';
import type { ClassifierDescription } from '../classifier/format.ts';
import type { EncoderSpec } from '../encoder/spec.ts';

export interface MadeUpClassifier {
  readonly description: Omit<ClassifierDescription, 'weights' | 'vocabulary'>;
  readonly model: LinearClassifier;
  readonly vocabulary: Vocabulary;
}

const BASES = ['trained', 'few', 'zero-shot'] as const;

/** Three labels, of every basis one, with random weights. */
export function madeUpClassifier(encoder: EncoderSpec, seed = 1): MadeUpClassifier {
  const random = new Random(seed);
  const numbers = (count: number): Float32Array =>
    Float32Array.from({ length: count }, () => random.uniform() - 0.5);
  const words = ['wheelchair', 'walker', 'É♿'];
  const { id, precision, sha256, dimension, maxTokens } = encoder;
  return {
    description: {
      format: 'patent-lab-classifier',
      version: 1,
      name: 'made up',
      trainedAt: '2026-01-02T03:04:05.678Z',
      patentLab: '0.1.0',
      encoder: { id, precision, sha256, dimension, maxTokens },
      taxonomy: { name: 'Aids', sha256: 'e'.repeat(64) },
      view: 'TAC',
      labels: BASES.map((basis, position) => ({
        id: `label-${basis}`,
        name: `Label “${basis}”`,
        positives: [12, 3, 0][position] ?? 0,
        basis,
        threshold: [0.3, 0.25, 0.15][position] ?? 0,
      })),
      thresholds: { global: 0.27 },
      training: {
        documents: 15,
        groups: 14,
        synthetic: 2,
        sha256: 'f'.repeat(64),
        groupKeys: '',
        seed,
        seconds: 1.5,
      },
      notes: ['A note to read.'],
    },
    model: {
      labels: BASES.length,
      dimension,
      words: words.length,
      dense: numbers(BASES.length * dimension),
      lexical: numbers(BASES.length * words.length),
      intercepts: numbers(BASES.length),
      centre: numbers(dimension),
    },
    vocabulary: makeVocabulary(words, numbers(words.length)),
  };
}
