/** Which documents say the same: all scores are on different texts (METHODS 3), with the copies counted. */

import { noPause, pacedBy, type Pause } from './pace.ts';

/** Characters between two pauses. */
const PACE = 1_000_000;

/** What {@link firstOf} holds for a text without words. */
export const EMPTY = -1;

/** For each text the position of the first with the same words, whatever their case and punctuation. */
export async function firstOf(texts: readonly string[], pause: Pause = noPause): Promise<Int32Array> {
  const pace = pacedBy(pause, PACE);
  const known = new Map<string, number>();
  const first = new Int32Array(texts.length).fill(EMPTY);
  for (const [position, text] of texts.entries()) {
    await pace(text.length);
    const key = wordsOnly(text);
    if (key === '') continue;
    const before = known.get(key);
    if (before === undefined) known.set(key, position);
    first[position] = before ?? position;
  }
  return first;
}

/** The different texts among some documents, as the positions of their first. */
export const uniqueOf = (rows: readonly number[], first: Int32Array): number[] => [
  ...new Set(rows.flatMap((row) => ((first[row] ?? EMPTY) === EMPTY ? [] : [first[row] ?? EMPTY]))),
];

export const wordsOnly = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
