import { describe, expect, it } from 'vitest';
import { classifierLogits, denseShare, lexicalShare, type LinearClassifier } from './linear-classifier.ts';
import type { SparseVector } from './tfidf.ts';

const CLASSIFIER: LinearClassifier = {
  labels: 2,
  dimension: 3,
  words: 4,
  dense: Float32Array.of(1, 2, 3, -1, 0, 0.5),
  lexical: Float32Array.of(10, 0, 0, 20, 0, 1, 0, -1),
  intercepts: Float32Array.of(-4, 0.25),
  centre: new Float32Array(3),
};

const words = (indices: number[], values: number[]): SparseVector => ({
  indices: Int32Array.from(indices),
  values: Float32Array.from(values),
});
const NONE = words([], []);

describe('a linear classifier', () => {
  it.each([
    { what: 'nothing', embedding: [0, 0, 0], sparse: NONE, logits: [-4, 0.25] },
    { what: 'an embedding', embedding: [1, -1, 2], sparse: NONE, logits: [-4 + 5, 0.25] },
    { what: 'words', embedding: [0, 0, 0], sparse: words([0, 3], [0.5, 0.25]), logits: [6, 0] },
    { what: 'both', embedding: [2, 0, 0], sparse: words([1], [1]), logits: [-2, -0.75] },
  ])('gives the logits of $what', ({ embedding, sparse, logits }) => {
    expect([...classifierLogits(CLASSIFIER, embedding, sparse)]).toEqual(logits);
  });

  it('adds up: intercept, embedding and words', () => {
    const embedding = Float32Array.of(0.5, -0.25, 0.125);
    const sparse = words([0, 1, 3], [0.5, 0.25, 0.125]);
    classifierLogits(CLASSIFIER, embedding, sparse).forEach((logit, label) => {
      const intercept = CLASSIFIER.intercepts[label] ?? Number.NaN;
      const share = denseShare(CLASSIFIER, label, embedding) + lexicalShare(CLASSIFIER, label, sparse);
      expect(logit).toBeCloseTo(intercept + share, 12);
    });
  });

  it('adds up over the parts of an embedding', () => {
    const [part, rest] = [Float32Array.of(1, 2, 3), Float32Array.of(-0.5, 0, 4)];
    const whole = part.map((value, i) => value + (rest[i] ?? 0));
    for (const label of [0, 1]) {
      expect(denseShare(CLASSIFIER, label, whole)).toBeCloseTo(
        denseShare(CLASSIFIER, label, part) + denseShare(CLASSIFIER, label, rest),
        12,
      );
    }
  });
});
