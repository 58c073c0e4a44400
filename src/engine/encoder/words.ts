/** Stretches of a text with their places. */

export interface Word {
  readonly word: string;
  /** Where it stands in the text. */
  readonly start: number;
}

/** @param from what is added to every place */
export function* matches(text: string, pattern: RegExp, from = 0): Generator<Word> {
  for (const match of text.matchAll(pattern)) yield { word: match[0], start: from + match.index };
}
