/**
 * Evidence that adds up: how much of each label's logit every passage of the text carries.
 *
 * With mean pooling the embedding is a sum over tokens, and the TF-IDF vector is a sum over words; both enter the
 * logit linearly. So a passage's share is exact, and baseline + Σ passages = logit.
 *
 * Shares are measured against the average training document: each token is charged its part of the mean embedding,
 * and the baseline is credited with it. Otherwise whatever all patents have in common would count as evidence, and the
 * longest passage would always seem to carry most. [ours]
 */
import type { Span } from '../text/span.ts';
import { denseShare, type LinearClassifier } from './linear-classifier.ts';
import type { SparseVector, WordOccurrence } from './tfidf.ts';

export interface TokenShares {
  /** `[start₀, end₀, start₁, …]` of each token in the text. */
  readonly spans: Int32Array;
  /** What each token adds to the embedding, row-major `[tokens, dimension]`. */
  readonly shares: Float32Array;
  /** What the special tokens add, `[dimension]`. */
  readonly special: Float32Array;
  /** How many special tokens there are. */
  readonly specialCount: number;
}

export interface PassageEvidence {
  /** What no passage carries, `[labels]`: the average document's logit and the special tokens. */
  readonly baseline: Float64Array;
  /** Row-major `[labels, passages]`. */
  readonly contributions: Float64Array;
}

/** @param passages ascending, non-overlapping spans of the text; what lies between two counts for the earlier one */
export function passageEvidence(
  classifier: LinearClassifier,
  passages: readonly Span[],
  tokens: TokenShares,
  occurrences: readonly WordOccurrence[],
  words: SparseVector,
): PassageEvidence {
  const { labels, dimension } = classifier;
  const count = passages.length;
  const tokenCount = tokens.shares.length / dimension;
  // The special tokens keep the rest of the mean, so that passages and baseline still sum to the logit.
  const perToken = tokenCount === 0 ? 0 : 1 / (tokenCount + tokens.specialCount);
  const special = tokens.special.map(
    (share, d) => share + tokenCount * perToken * (classifier.centre[d] ?? 0),
  );
  const baseline = Float64Array.from(
    { length: labels },
    (_, label) => (classifier.intercepts[label] as number) + denseShare(classifier, label, special),
  );
  const contributions = new Float64Array(labels * count);

  const embeddings = passages.map(() => new Float64Array(dimension));
  const locateToken = locator(passages);
  for (let token = 0; token < tokenCount; token++) {
    const target = embeddings[locateToken(tokens.spans[2 * token] ?? 0)];
    if (!target) continue;
    const row = token * dimension;
    for (let d = 0; d < dimension; d++)
      target[d] =
        (target[d] as number) +
        (tokens.shares[row + d] as number) -
        perToken * (classifier.centre[d] as number);
  }

  const placed = placedWords(passages, occurrences, words);
  for (let label = 0; label < labels; label++) {
    embeddings.forEach((embedding, passage) => {
      contributions[label * count + passage] = denseShare(classifier, label, embedding);
    });
    addWords(contributions.subarray(label * count, (label + 1) * count), classifier, label, placed);
  }
  return { baseline, contributions };
}

/** What each token's word embedding does to a label's logit, to first order. */
export interface TokenEffects {
  /** `[start₀, end₀, start₁, …]` of each token in the text. */
  readonly spans: Int32Array;
  /** One a token. */
  readonly effects: ArrayLike<number>;
}

/**
 * Evidence where the encoder was trained too: gradient × input of each word's embedding (Shrikumar et al. 2016), which
 * the layers between take part in, and the share of the words in the vocabulary. It does not add up to the logit.
 * @returns one number a passage
 */
export function gradientEvidence(
  classifier: LinearClassifier,
  label: number,
  passages: readonly Span[],
  { spans, effects }: TokenEffects,
  occurrences: readonly WordOccurrence[],
  words: SparseVector,
): Float64Array {
  const contributions = new Float64Array(passages.length);
  const locate = locator(passages);
  for (let token = 0; token < effects.length; token++) {
    const passage = locate(spans[2 * token] ?? 0);
    if (passage < contributions.length)
      contributions[passage] = (contributions[passage] ?? 0) + (effects[token] ?? 0);
  }
  addWords(contributions, classifier, label, placedWords(passages, occurrences, words));
  return contributions;
}

/**
 * How a label's logit grows with the hidden states added up over all tokens, `[dimension]`: the head's weights without
 * their part along the embedding, since that is kept at unit length.
 * @param norm of the sum
 */
export function logitDirection(
  { dense, dimension }: LinearClassifier,
  label: number,
  embedding: ArrayLike<number>,
  norm: number,
): Float32Array {
  const weights = dense.subarray(label * dimension, (label + 1) * dimension);
  let along = 0;
  for (let d = 0; d < dimension; d++) along += (weights[d] ?? 0) * (embedding[d] ?? 0);
  return weights.map((weight, d) => (weight - along * (embedding[d] ?? 0)) / (norm || 1));
}

interface PlacedWord {
  readonly word: number;
  readonly passage: number;
  readonly weight: number;
}

/** Every occurrence of a word carries an equal share of the word's weight. */
function placedWords(
  passages: readonly Span[],
  occurrences: readonly WordOccurrence[],
  words: SparseVector,
): readonly PlacedWord[] {
  const frequency = new Map<number, number>();
  for (const { word } of occurrences) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const weight = new Map<number, number>();
  words.indices.forEach((word, i) => weight.set(word, (words.values[i] ?? 0) / (frequency.get(word) ?? 1)));
  const locate = locator(passages);
  return occurrences.map(({ word, span }) => ({
    word,
    passage: locate(span.start),
    weight: weight.get(word) ?? 0,
  }));
}

/** @param contributions of the label, one a passage */
function addWords(
  contributions: Float64Array,
  { lexical, words }: LinearClassifier,
  label: number,
  placed: readonly PlacedWord[],
): void {
  for (const { word, passage, weight } of placed) {
    const share = (lexical[label * words + word] ?? 0) * weight;
    contributions[passage] = (contributions[passage] ?? 0) + share;
  }
}

/** Position of the passage that ascending offsets fall into. */
function locator(passages: readonly Span[]): (offset: number) => number {
  let current = 0;
  return (offset) => {
    while (current + 1 < passages.length && (passages[current + 1]?.start ?? Infinity) <= offset) current++;
    return current;
  };
}
