/**
 * TF-IDF of words: sublinear term frequency, smoothed inverse document frequency, L2-normalised (scikit-learn's
 * definitions). Words know their place in the text, so that a score can be shown where it came from.
 */
import type { Span } from '../text/span.ts';

/** Words start with a letter and have two characters or more: reference numerals say nothing about a label. */
export const WORD_PATTERN = String.raw`\p{L}[\p{L}\p{N}]+`;
const WORD = new RegExp(WORD_PATTERN, 'gu');

/** A word in fewer documents than this cannot generalise. */
export const MIN_DOCUMENTS = 2;
/** Most frequent words kept: bounds the width of the design matrix. [ours] */
export const MAX_WORDS = 4096;

export interface Vocabulary {
  readonly words: readonly string[];
  /** Inverse document frequency of each word: ln((1+N)/(1+df)) + 1. */
  readonly idf: Float32Array;
  readonly index: ReadonlyMap<string, number>;
}

export interface WordOccurrence {
  /** Position in the vocabulary. */
  readonly word: number;
  readonly span: Span;
}

/** A document's TF-IDF vector in the positions that are not zero. */
export interface SparseVector {
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

export function makeVocabulary(words: readonly string[], idf: Float32Array): Vocabulary {
  return { words, idf, index: new Map(words.map((word, position) => [word, position])) };
}

export function fitVocabulary(
  texts: readonly string[],
  { minDocuments = MIN_DOCUMENTS, maxWords = MAX_WORDS }: { minDocuments?: number; maxWords?: number } = {},
): Vocabulary {
  const documents = new Map<string, number>();
  for (const text of texts) {
    const seen = new Set(wordsOf(text).map(({ word }) => word));
    for (const word of seen) documents.set(word, (documents.get(word) ?? 0) + 1);
  }
  const kept = [...documents]
    .filter(([, count]) => count >= minDocuments)
    // Ties broken by the word itself, so that the vocabulary does not depend on the order of the documents.
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, maxWords);
  const idf = Float32Array.from(kept, ([, count]) => Math.log((1 + texts.length) / (1 + count)) + 1);
  return makeVocabulary(
    kept.map(([word]) => word),
    idf,
  );
}

export function wordOccurrences(text: string, vocabulary: Vocabulary): readonly WordOccurrence[] {
  return wordsOf(text).flatMap(({ word, span }) => {
    const position = vocabulary.index.get(word);
    return position === undefined ? [] : [{ word: position, span }];
  });
}

/** Matched on the original text: lower-casing may change its length (İ), and where words end with it. */
const wordsOf = (text: string): readonly { readonly word: string; readonly span: Span }[] =>
  Array.from(text.matchAll(WORD), ({ 0: match, index }) => ({
    word: match.toLowerCase(),
    span: { start: index, end: index + match.length },
  }));

export function tfidf(occurrences: readonly WordOccurrence[], vocabulary: Vocabulary): SparseVector {
  const counts = new Map<number, number>();
  for (const { word } of occurrences) counts.set(word, (counts.get(word) ?? 0) + 1);
  const indices = Int32Array.from([...counts.keys()].sort((a, b) => a - b));
  const values = Float32Array.from(
    indices,
    (word) => (1 + Math.log(counts.get(word) ?? 1)) * (vocabulary.idf[word] ?? 0),
  );
  let squares = 0;
  for (const value of values) squares += value * value;
  const norm = Math.sqrt(squares) || 1;
  return { indices, values: values.map((value) => value / norm) };
}

export const tfidfOfText = (text: string, vocabulary: Vocabulary): SparseVector =>
  tfidf(wordOccurrences(text, vocabulary), vocabulary);
