import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import type { Span } from '../text/span.ts';
import { passageEvidence, type TokenShares } from './evidence.ts';
import { classifierLogits, type LinearClassifier } from './linear-classifier.ts';
import { fitVocabulary, tfidf, wordOccurrences } from './tfidf.ts';

const WORDS = ['wheel', 'brake', 'seat', 'frame', 'sensor', 'motor', 'x1', '12', '—'];

function numbers(random: Random, count: number, scale = 1): Float32Array {
  return Float32Array.from({ length: count }, () => scale * (2 * random.uniform() - 1));
}

function randomClassifier(
  random: Random,
  labels: number,
  dimension: number,
  words: number,
): LinearClassifier {
  return {
    labels,
    dimension,
    words,
    dense: numbers(random, labels * dimension, 5),
    lexical: numbers(random, labels * words, 5),
    intercepts: numbers(random, labels, 5),
    centre: numbers(random, dimension, 0.5),
  };
}

/** A text of random words, its tokens with random shares, and the embedding that they add up to. */
function randomText(random: Random, dimension: number) {
  const count = random.integer(40);
  let text = '';
  const spans: number[] = [];
  for (let i = 0; i < count; i++) {
    text += ' '.repeat(random.integer(3));
    const word = WORDS[random.integer(WORDS.length)] ?? '';
    // A word of one to three tokens; as in the encoder, each token knows its word's place.
    for (let token = 0; token <= random.integer(3); token++)
      spans.push(text.length, text.length + word.length);
    text += `${word} `;
  }
  const tokens: TokenShares = {
    spans: Int32Array.from(spans),
    shares: numbers(random, (spans.length / 2) * dimension, 0.1),
    special: numbers(random, dimension, 0.1),
    // Two a window.
    specialCount: 2 + 2 * random.integer(3),
  };
  const embedding = Float64Array.from(tokens.special);
  tokens.shares.forEach((share, i) => {
    embedding[i % dimension] = (embedding[i % dimension] ?? 0) + share;
  });
  return { text, tokens, embedding };
}

/** One to eight ascending passages with gaps between them, before the first and after the last. */
function randomPassages(random: Random, text: string): Span[] {
  const cuts = Array.from({ length: 2 * (1 + random.integer(8)) }, () => random.integer(text.length + 1));
  cuts.sort((a, b) => a - b);
  return cuts.flatMap((start, i) => (i % 2 === 0 ? [{ start, end: cuts[i + 1] ?? start }] : []));
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

describe('evidence', () => {
  it('adds up: baseline and passages make the logit, whatever the classifier, text and passages', () => {
    const random = new Random(1);
    for (let trial = 0; trial < 300; trial++) {
      const [labels, dimension] = [1 + random.integer(4), 1 + random.integer(6)];
      const { text, tokens, embedding } = randomText(random, dimension);
      const vocabulary = fitVocabulary([WORDS.join(' '), text], { minDocuments: 1 + random.integer(2) });
      const classifier = randomClassifier(random, labels, dimension, vocabulary.words.length);
      const occurrences = wordOccurrences(text, vocabulary);
      const words = tfidf(occurrences, vocabulary);
      const passages = randomPassages(random, text);
      const logits = classifierLogits(classifier, embedding, words);
      const { baseline, contributions } = passageEvidence(classifier, passages, tokens, occurrences, words);
      expect(contributions).toHaveLength(labels * passages.length);
      logits.forEach((logit, label) => {
        const own = contributions.subarray(label * passages.length, (label + 1) * passages.length);
        expect(Math.abs((baseline[label] ?? Number.NaN) + sum(own) - logit)).toBeLessThan(1e-5);
      });
    }
  });

  const CLASSIFIER: LinearClassifier = {
    labels: 1,
    dimension: 2,
    words: 2,
    dense: Float32Array.of(1, 10),
    lexical: Float32Array.of(100, 1000),
    intercepts: Float32Array.of(-3),
    centre: Float32Array.of(0, 0),
  };
  const NO_WORDS = { indices: new Int32Array(), values: new Float32Array() };
  const NO_TOKENS: TokenShares = {
    spans: new Int32Array(),
    shares: new Float32Array(),
    special: Float32Array.of(0, 0),
    specialCount: 2,
  };
  const PASSAGES = [
    { start: 0, end: 10 },
    { start: 12, end: 20 },
    { start: 20, end: 30 },
  ];

  it('has the intercept and the special tokens in its baseline, and nothing else', () => {
    const tokens = { ...NO_TOKENS, special: Float32Array.of(2, 0.5) };
    const { baseline, contributions } = passageEvidence(CLASSIFIER, PASSAGES, tokens, [], NO_WORDS);
    expect([...baseline]).toEqual([-3 + 2 + 5]);
    expect([...contributions]).toEqual([0, 0, 0]);
  });

  it('counts a token for the passage in which its word starts, a gap for the passage before it', () => {
    const starts = [0, 9, 10, 11, 12, 19, 20, 35];
    const tokens: TokenShares = {
      spans: Int32Array.from(starts.flatMap((start) => [start, start + 3])),
      shares: Float32Array.from(starts.flatMap((_, i) => [2 ** i, 0])),
      special: Float32Array.of(0, 0),
      specialCount: 2,
    };
    const { contributions } = passageEvidence(CLASSIFIER, PASSAGES, tokens, [], NO_WORDS);
    expect([...contributions]).toEqual([1 + 2 + 4 + 8, 16 + 32, 64 + 128]);
  });

  it('counts what stands before the first passage for the first', () => {
    const tokens = { ...NO_TOKENS, spans: Int32Array.of(0, 2), shares: Float32Array.of(1, 1) };
    const later = [{ start: 5, end: 9 }];
    expect([...passageEvidence(CLASSIFIER, later, tokens, [], NO_WORDS).contributions]).toEqual([11]);
  });

  it('gives passages nothing for what the average document has as well, and the baseline all of it', () => {
    // Two tokens and two special ones, each a quarter of the average document's embedding.
    const centre = Float32Array.of(4, 8);
    const average: TokenShares = {
      spans: Int32Array.of(0, 3, 12, 15),
      shares: Float32Array.of(1, 2, 1, 2),
      special: Float32Array.of(2, 4),
      specialCount: 2,
    };
    const classifier = { ...CLASSIFIER, centre };
    const { baseline, contributions } = passageEvidence(classifier, PASSAGES, average, [], NO_WORDS);
    expect([...contributions]).toEqual([0, 0, 0]);
    expect([...baseline]).toEqual([-3 + 4 + 80]);
  });

  it("shares a word's weight equally among its occurrences", () => {
    const at = (word: number, start: number) => ({ word, span: { start, end: start + 4 } });
    const occurrences = [at(0, 0), at(1, 4), at(0, 13), at(0, 21), at(0, 25)];
    const words = { indices: Int32Array.of(0, 1), values: Float32Array.of(0.5, 0.25) };
    const { contributions } = passageEvidence(CLASSIFIER, PASSAGES, NO_TOKENS, occurrences, words);
    expect([...contributions]).toEqual([12.5 + 250, 12.5, 25]);
  });

  it('has the whole logit in its baseline when nothing was read', () => {
    const { baseline, contributions } = passageEvidence(CLASSIFIER, [], NO_TOKENS, [], NO_WORDS);
    expect([...baseline]).toEqual([-3]);
    expect(contributions).toHaveLength(0);
  });
});
