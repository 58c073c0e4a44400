/**
 * Lines of a column, and the paragraphs they form. A PDF marks neither; what a reader goes by are the indents, the
 * spaces between lines, the size of the letters, and the numbers that patents put before paragraphs, fields and claims.
 */
import type { Region } from './columns.ts';
import { rowsOf } from './columns.ts';
import type { Fragment } from './fragments.ts';
import { usualSize } from './page.ts';

export interface Line {
  readonly text: string;
  readonly y: number;
  readonly size: number;
  /** From the column's left edge, and what is free before its right one. */
  readonly indent: number;
  readonly free: number;
  /** Where the parts of the line start that wide gaps divide, from the column's left edge. */
  readonly starts: readonly number[];
}

/** Lines that are one paragraph, in one column of one page. */
export interface Block {
  readonly lines: readonly Line[];
  /** Nothing speaks against that this goes on the last paragraph of the column before. */
  readonly canContinue: boolean;
  /** Nothing speaks against that the next column goes on with it; no heading. */
  readonly canGoOn: boolean;
  /** Its last line reaches the right edge. */
  readonly full: boolean;
  /** Only its first line is indented, so that in this column an unindented line begins nothing. */
  readonly indented: boolean;
}

// Shares of the font's size. [ours]
const INDENT = 0.8;
const SPACE = 1.4;
const SIZES_DIFFER = 1.12;
const CENTRED_MARGIN = 3;
/** A hanging indent reaches at most this far. */
const WIDEST_HANG = 6;
/** A line that leaves this share of the column free ends because the text does. */
const SHORT = 0.1;
/** A line that leaves more free before a numbered one is its heading. */
const HEADING_FREE = 0.4;
/** A ragged line that leaves less free reaches the edge: the next word did not fit. */
const FULL = 0.2;

/** `[0012]`, `(54)`, `12.`, `(a)`, a bullet: begins something, and hangs out where the rest is indented. */
const MARKER = /^(?:\[\d{3,5}\]|\(\d{2}\)|\d{1,3}\s?[.)]|\(?[a-z]\)|[•–·-])(?:\s|$)/;
/** Of these, the ones that stand nowhere but at the beginning of a paragraph. */
const SURE_MARKER = /^(?:\[\d{4,5}\]|\(\d{2}\)\s)/;
const FIELD = /^\(\d{2}\)/;
const CLAIM_NUMBER = /^\d{1,3}\s?\.\s+\p{Lu}/u;
const SENTENCE_END = /[.:;!?。；：][)"”’]?$/u;

export const endsSentence = (text: string): boolean => SENTENCE_END.test(text);

export function linesOf({ fragments, left, right }: Region): Line[] {
  return rowsOf(fragments).flatMap((row) =>
    fieldsOf(row).map((parts) => ({
      text: parts.map(({ text }) => text).join(' '),
      y: row[0]?.y ?? 0,
      size: usualSize(parts),
      indent: (parts[0]?.x ?? left) - left,
      free: right - Math.max(...parts.map((one) => one.right)),
      starts: parts.map(({ x }) => x - left),
    })),
  );
}

/** A row of a front page may hold two fields: `(19) … (11) …`. */
function fieldsOf(row: readonly Fragment[]): Fragment[][] {
  const fields: Fragment[][] = [];
  for (const one of row) {
    const field = fields.at(-1);
    if (field === undefined || FIELD.test(one.text)) fields.push([one]);
    else field.push(one);
  }
  return fields;
}

/** @param pitch usual distance of two lines on this page; 0 when it shows none */
export function blocksOf(lines: readonly Line[], width: number, pitch: number): Block[] {
  const blocks: Line[][] = [];
  for (const line of lines) {
    const block = blocks.at(-1);
    if (block && goesOn(block, line, width, pitch)) block.push(line);
    else blocks.push([line]);
  }
  return blocks.map((block) => {
    const [first, second] = block;
    const last = block.at(-1);
    const heading = last === undefined || isCentred(last, width) || isCapitals(last.text);
    return {
      lines: block,
      canContinue: canContinue(block, width),
      canGoOn: !heading,
      full: last !== undefined && last.free < FULL * width,
      indented:
        first !== undefined && second !== undefined && first.indent - second.indent > INDENT * first.size,
    };
  });
}

/** Usual distance of the baselines of lines that follow each other in a column. */
export function pitchOf(columns: readonly (readonly Line[])[]): number {
  const gaps = columns.flatMap((lines) =>
    lines.flatMap(({ y }, index) => {
      const above = lines[index - 1];
      return above === undefined ? [] : [y - above.y];
    }),
  );
  // Where most paragraphs are a line or two, most gaps are those between paragraphs.
  return gaps.sort((a, b) => a - b)[gaps.length >> 2] ?? 0;
}

function goesOn(block: readonly Line[], line: Line, width: number, pitch: number): boolean {
  const [first] = block;
  const above = block.at(-1);
  if (first === undefined || above === undefined) return false;
  if (pitch > 0 && line.y - above.y > SPACE * Math.max(pitch, above.size)) return false;
  if (differ(line.size, above.size)) return false;
  if (SURE_MARKER.test(line.text)) return false;
  const hanging = isHanging(first, line);
  if (!hanging && isCentred(line, width) !== isCentred(above, width)) return false;
  if (isCapitals(line.text) !== block.every(({ text }) => isCapitals(text))) {
    if (isCapitals(line.text) ? endsSentence(above.text) : !hanging) return false;
  }
  // A field of the front page has its colon behind its name and goes on.
  const ended = endsSentence(above.text) && !FIELD.test(first.text);
  if (ended && MARKER.test(line.text) && line.indent > first.indent + INDENT * line.size) return false;
  if (
    CLAIM_NUMBER.test(line.text) &&
    (ended || above.free > HEADING_FREE * width) &&
    line.indent <= first.indent + INDENT * line.size
  )
    return false;
  if (!hanging && isCentred(line, width)) return true;
  const step = line.indent - above.indent;
  const short = above.free > SHORT * width;
  if (step > INDENT * line.size) return block.length === 1 && hanging && !(short && ended);
  if (step < -INDENT * line.size) return block.length === 1 && !(short && ended);
  const indented = line.indent > INDENT * line.size;
  if (block.length === 1 && indented && !hanging) return !short && !ended;
  return !(short && ended && /^[\p{Lu}\p{N}(["“]/u.test(line.text));
}

/** Whether a line stands under the text behind the number or label that its paragraph begins with. */
function isHanging({ text, starts, indent, size }: Line, line: Line): boolean {
  if (!MARKER.test(text)) return false;
  if (starts.slice(1).some((start) => Math.abs(start - line.indent) < 3)) return true;
  return starts.length === 1 && line.indent > indent && line.indent - indent < WIDEST_HANG * size;
}

function isCentred({ indent, free, size, text }: Line, width: number): boolean {
  if (Math.abs(indent - free) > INDENT * size || indent + free > 0.95 * width) return false;
  return indent > CENTRED_MARGIN * size || (indent > INDENT * size && isCapitals(text));
}

/** Headings are set in capitals; a sign or an abbreviation proves nothing. */
const isCapitals = (text: string): boolean => /\p{Lu}{4}/u.test(text) && !/\p{Ll}/u.test(text);

/** Whether two sizes of letters are not the same but for the noise of text recognition. */
export const differ = (a: number, b: number): boolean => Math.max(a, b) > SIZES_DIFFER * Math.min(a, b);

function canContinue([first, second]: readonly Line[], width: number): boolean {
  if (first === undefined || MARKER.test(first.text) || isCentred(first, width)) return false;
  if (isCapitals(first.text)) return false;
  // Text set in from both sides or in a deeper list is indented as a whole; a first line alone begins a paragraph.
  const indented = first.indent > INDENT * first.size;
  return !indented || (second !== undefined && Math.abs(second.indent - first.indent) < INDENT * first.size);
}
