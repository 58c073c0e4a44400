/**
 * `vocabulary.json` of an exported classifier: its words in the order of the model's input, and in full how a text
 * becomes that input, so that nobody needs our code for it.
 */
import { z } from 'zod';
import { vocabularySchema } from '../classifier/format.ts';
import { WORD_PATTERN, type Vocabulary } from '../../core/learning/tfidf.ts';

export const exportedVocabularySchema = vocabularySchema.extend({
  /** A regular expression for Unicode text whose matches are the words of a text. */
  pattern: z.string(),
  /** Words are compared in lower case. */
  lowercase: z.literal(true),
  /** Of a word's number in the vector, before that is brought to unit length. */
  value: z.string(),
  normalisation: z.literal('l2'),
});

export type ExportedVocabulary = z.infer<typeof exportedVocabularySchema>;

export const VALUE_FORMULA = '(1 + ln(occurrences)) * idf';

export function exportedVocabulary({ words, idf }: Vocabulary): ExportedVocabulary {
  return {
    pattern: WORD_PATTERN,
    lowercase: true,
    value: VALUE_FORMULA,
    normalisation: 'l2',
    words: [...words],
    idf: [...idf],
  };
}

/** A text's vector as someone makes it who has the file alone; `[words]`. */
export function wordsVector(text: string, { pattern, words, idf }: ExportedVocabulary): Float32Array {
  const positions = new Map(words.map((word, position) => [word, position]));
  const counts = new Map<number, number>();
  for (const [found] of text.matchAll(new RegExp(pattern, 'gu'))) {
    const position = positions.get(found.toLowerCase());
    if (position !== undefined) counts.set(position, (counts.get(position) ?? 0) + 1);
  }
  const vector = new Float64Array(words.length);
  for (const [position, count] of counts) vector[position] = (1 + Math.log(count)) * (idf[position] ?? 0);
  const norm = Math.hypot(...[...counts.keys()].map((position) => vector[position] ?? 0)) || 1;
  return Float32Array.from(vector, (value) => value / norm);
}
