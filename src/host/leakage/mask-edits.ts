/**
 * Taking words out of a source without hurting it: the words stand in pieces between tags, references and escapes. The
 * first piece becomes the mask, the others go, and what is no text stays. Read again, the passage is the one that
 * masking its text gives.
 */
import { MASK_TOKEN } from '../../core/leakage/mask.ts';
import type { Format, Passage } from '../../core/patent/model.ts';
import type { Span } from '../../core/text/span.ts';

/** Replaces a range of a text. */
export interface Replacement {
  readonly span: Span;
  readonly text: string;
}

/** How a format writes what is between pieces of text. */
type Writing = 'xml' | 'json' | 'table' | 'plain';

const WRITINGS: Readonly<Record<Format, Writing>> = {
  'us-xml': 'xml',
  'us-st32': 'xml',
  'us-2001': 'xml',
  'epo-xml': 'xml',
  'epo-ops': 'xml',
  st36: 'xml',
  st96: 'xml',
  'cnipa-xml': 'xml',
  jsonl: 'json',
  csv: 'table',
  xlsx: 'table',
  parquet: 'table',
  greenbook: 'plain',
  text: 'plain',
  markdown: 'plain',
  pdf: 'plain',
};

export interface SourceText {
  /** The whole text of the file. */
  readonly text: string;
  readonly format: Format;
}

/** @param span range in the passage's text. Empty where the words stand nowhere in the source. */
export function maskWords(source: SourceText, passage: Passage, span: Span): Replacement[] {
  return replacePieces(source, passage, span, MASK_TOKEN);
}

/** @param span range in the passage's text. */
export function removeWords(source: SourceText, passage: Passage, span: Span): Replacement[] {
  return replacePieces(source, passage, span, '');
}

function replacePieces(source: SourceText, passage: Passage, span: Span, token: string): Replacement[] {
  const pieces = joined(piecesOf(source, passage, span));
  return pieces.map((piece, at) => ({ span: piece, text: at === 0 ? token : '' }));
}

/** The stretches of source that the words were read from, in order. */
function piecesOf({ text, format }: SourceText, { map }: Passage, { start, end }: Span): Span[] {
  const pieces: Span[] = [];
  map.runs.forEach((run, at) => {
    const runEnd = run.text + run.length;
    const [from, to] = [Math.max(run.text, start), Math.min(runEnd, end)];
    if (from < to) {
      pieces.push({ start: run.source + (from - run.text), end: run.source + (to - run.text) });
    }
    const next = map.runs[at + 1];
    if (next === undefined) return;
    // Between two runs stands text in another form (a reference, an escape, a line break), or no text at all.
    const isText = next.text > runEnd;
    const isInside = isText ? runEnd < end && next.text > start : runEnd > start && runEnd <= end;
    const gap = { start: run.source + run.length, end: next.source };
    if (!isInside || gap.end <= gap.start) return;
    const isLast = !isText && runEnd === end;
    const gone = goes(text.slice(gap.start, gap.end), WRITINGS[format], isText, isLast);
    if (gone > 0) pieces.push({ start: gap.start, end: gap.start + gone });
  });
  return pieces;
}

/**
 * How much of the source between two pieces goes with them, from its start.
 * @param isText it was read as text, in another form.
 * @param isLast it stands behind the last word.
 */
function goes(between: string, writing: Writing, isText: boolean, isLast: boolean): number {
  const all = (whether: boolean): number => (whether ? between.length : 0);
  switch (writing) {
    case 'xml':
      return all(isText && !between.includes('<') && !between.includes(']]>'));
    case 'json':
      return all(isText && /^(?:\\.|[^"\\])*$/s.test(between));
    case 'table':
      // Half of a doubled quote must not stay behind; a delimiter must.
      return all(between === '"' || (isText && /^(?:\\?""|\\[^"]|[^"\\,;\t])*$/s.test(between)));
    case 'plain':
      // Line breaks stay: how the text is laid out in lines and columns says how it is read.
      if (isText && !/[\r\n]/.test(between)) return between.length;
      return isLast ? 0 : (/^[-\u00AD\u2010]*/.exec(between)?.[0].length ?? 0);
  }
}

/** Neighbours become one piece. */
function joined(pieces: readonly Span[]): Span[] {
  const result: { start: number; end: number }[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last && piece.start <= last.end) last.end = Math.max(last.end, piece.end);
    else result.push({ ...piece });
  }
  return result;
}
