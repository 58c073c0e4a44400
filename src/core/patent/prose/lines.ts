/** Lines of a prose document as the formats that have no fields (plain text, Markdown) hand them on. */
import type { Section } from '../model.ts';

export interface ProseLine {
  /** Content of the line in the document's text, without the markup before it. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /**
   * `aside`: belongs to the page, not to the text, but may state number and date. `noise`: nothing to read. `end`: the
   * claims are over, and no other section begins.
   */
  readonly kind: 'blank' | 'heading' | 'text' | 'aside' | 'noise' | 'end';
  /** For a heading that opens a section. */
  readonly section?: Section;
  /** The heading is damaged, so the section is likely rather than certain. */
  readonly fuzzy?: boolean;
  /** Depth of a heading, 1 for the outermost. */
  readonly level?: number;
  /** Begins a line of its own in the passage (list item). */
  readonly item?: boolean;
}

/** Offsets of every line, without its line break. */
export function* lineRanges(text: string): Generator<{ readonly start: number; readonly end: number }> {
  const BREAK = /\r\n|\r|\n|\f/g;
  let start = 0;
  for (let match = BREAK.exec(text); match; match = BREAK.exec(text)) {
    yield { start, end: match.index };
    start = match.index + match[0].length;
  }
  yield { start, end: text.length };
}
