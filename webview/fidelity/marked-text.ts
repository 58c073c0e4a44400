/** Cuts a text into what is marked as shared and what is not. */
import type { Span } from '../../src/protocol/fidelity-view.ts';

export interface TextPart {
  readonly text: string;
  readonly marked: boolean;
}

/**
 * The text in parts, the passage marked where it stands in it. A report shortens a long passage at its end, so it is
 * looked for without that mark of shortening, and differences of case and white space do not count. A passage of
 * several sections, one a line, may stand in the text with one of them only.
 */
export function markedParts(text: string, passage: string | undefined): readonly TextPart[] {
  const whole = (passage ?? '').replace(/(?:…|\.\.\.)\s*$/u, '');
  const lines = whole.split('\n').sort((a, b) => b.length - a.length);
  for (const candidate of [whole, ...lines]) {
    const words = candidate.split(/\s+/u).filter((word) => word !== '');
    const found = words.length > 0 && new RegExp(words.map(escaped).join('\\s+'), 'iu').exec(text);
    if (!found) continue;
    const end = found.index + found[0].length;
    return [
      { text: text.slice(0, found.index), marked: false },
      { text: found[0], marked: true },
      { text: text.slice(end), marked: false },
    ].filter((part) => part.text !== '');
  }
  return [{ text, marked: false }];
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

export interface RangePart {
  readonly text: string;
  /** Position of the range it belongs to; undefined between ranges. */
  readonly range?: number;
}

/** The text cut at its ranges; where two overlap, the earlier one in the list has the words. */
export function markedRanges(text: string, ranges: readonly Span[]): readonly RangePart[] {
  const owner = new Array<number | undefined>(text.length).fill(undefined);
  ranges.forEach(({ start, end }, range) => {
    for (let at = Math.max(0, start); at < Math.min(end, text.length); at++) owner[at] ??= range;
  });
  const parts: RangePart[] = [];
  let from = 0;
  for (let at = 1; at <= text.length; at++) {
    if (at < text.length && owner[at] === owner[from]) continue;
    const range = owner[from];
    parts.push({ text: text.slice(from, at), ...(range === undefined ? {} : { range }) });
    from = at;
  }
  return parts;
}
