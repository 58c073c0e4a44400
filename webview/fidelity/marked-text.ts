/** Finds a shared passage in the text it stands in, for marking it. */

export interface TextPart {
  readonly text: string;
  readonly marked: boolean;
}

/**
 * The text in parts, the passage marked where it stands in it. A report shortens a long passage at its end, so it is
 * looked for without that mark of shortening, and differences of case and white space do not count.
 */
export function markedParts(text: string, passage: string | undefined): readonly TextPart[] {
  const words = (passage ?? '')
    .replace(/(?:…|\.\.\.)\s*$/u, '')
    .split(/\s+/u)
    .filter((word) => word !== '');
  if (words.length === 0) return [{ text, marked: false }];
  const found = new RegExp(words.map(escaped).join('\\s+'), 'iu').exec(text);
  if (!found) return [{ text, marked: false }];
  const end = found.index + found[0].length;
  return [
    { text: text.slice(0, found.index), marked: false },
    { text: found[0], marked: true },
    { text: text.slice(end), marked: false },
  ].filter((part) => part.text !== '');
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
