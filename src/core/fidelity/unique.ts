/** Which documents say the same: all scores are on different texts (METHODS 3), with the copies counted. */

/** What {@link firstOf} holds for a text without words. */
export const EMPTY = -1;

/** For each text the position of the first with the same words, whatever their case and punctuation. */
export function firstOf(texts: readonly string[]): Int32Array {
  const known = new Map<string, number>();
  return Int32Array.from(texts, (text, position) => {
    const key = wordsOnly(text);
    if (key === '') return EMPTY;
    const first = known.get(key);
    if (first === undefined) known.set(key, position);
    return first ?? position;
  });
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
