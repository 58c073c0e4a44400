/**
 * The trained head: every label's calibrated logit is affine in the document's embedding and in its TF-IDF vector,
 *   logitₖ = interceptₖ + denseₖ · embedding + lexicalₖ · tfidf,
 * with label texts, learned weights and calibration folded into the three arrays. That is what makes the logit a sum
 * over the text's tokens.
 */
import type { SparseVector } from './tfidf.ts';

export interface LinearClassifier {
  readonly labels: number;
  /** Width of the embedding. */
  readonly dimension: number;
  /** Size of the vocabulary. */
  readonly words: number;
  /** Row-major `[labels, dimension]`. */
  readonly dense: Float32Array;
  /** Row-major `[labels, words]`. */
  readonly lexical: Float32Array;
  /** `[labels]`. */
  readonly intercepts: Float32Array;
  /** Mean embedding of the training documents, `[dimension]`: the reference that evidence is measured against. */
  readonly centre: Float32Array;
}

/** Calibrated logits `[labels]` of one document. */
export function classifierLogits(
  classifier: LinearClassifier,
  embedding: ArrayLike<number>,
  words: SparseVector,
): Float64Array {
  return Float64Array.from(
    { length: classifier.labels },
    (_, label) =>
      (classifier.intercepts[label] as number) +
      denseShare(classifier, label, embedding) +
      lexicalShare(classifier, label, words),
  );
}

/** What an embedding (or a part of one) adds to a label's logit. */
export function denseShare(classifier: LinearClassifier, label: number, part: ArrayLike<number>): number {
  let total = 0;
  const start = label * classifier.dimension;
  for (let d = 0; d < classifier.dimension; d++)
    total += (classifier.dense[start + d] as number) * (part[d] as number);
  return total;
}

export function lexicalShare(classifier: LinearClassifier, label: number, words: SparseVector): number {
  let total = 0;
  const start = label * classifier.words;
  for (let i = 0; i < words.indices.length; i++) {
    total +=
      (classifier.lexical[start + (words.indices[i] as number)] as number) * (words.values[i] as number);
  }
  return total;
}

/** The classifier whose every logit z is slope·z + shift instead. */
export function rescaled(
  classifier: LinearClassifier,
  { slope, shift }: { readonly slope: number; readonly shift: number },
): LinearClassifier {
  const scaled = (weights: Float32Array): Float32Array => weights.map((weight) => slope * weight);
  return {
    ...classifier,
    dense: scaled(classifier.dense),
    lexical: scaled(classifier.lexical),
    intercepts: classifier.intercepts.map((intercept) => slope * intercept + shift),
  };
}
