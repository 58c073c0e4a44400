/**
 * Pages whose two columns were dumped side by side: every line holds a line of the left column, blanks, and one of the
 * right. Where enough lines agree on the place of the right column the page is read column by column. In some lines the
 * dump has squeezed the blanks between the columns to one; there the place is a guess by the usual width of a column.
 */
import type { Span } from '../../text/span.ts';
import type { Vocabulary } from './vocabulary.ts';
import { firstWord, lastWord } from './vocabulary.ts';

export interface ColumnPage {
  /** Lines in reading order. */
  readonly lines: readonly ColumnLine[];
  /** Lines that were divided where nothing shows the border. */
  readonly guessed: number;
  /** Lines that were divided at all. */
  readonly divided: number;
  /** Numbers of lines that stood in the margins, which are left out. */
  readonly marginNumbers: number;
}

export interface ColumnLine extends Span {
  /** Blanks before the text, counted from the left edge of its column. */
  readonly indent: number;
  /** Which line of the page it is from, from 0. */
  readonly row: number;
  /** Begins a column, so that nothing can be said about the line before it. */
  readonly first?: true;
}

/** Blanks that divide columns; fewer stand between sentences. [ours] */
const GUTTER = / {3,}/g;
/**
 * Fewest lines, share of the long lines, that must show the gutter at one place, and median letters on both sides of
 * it (tables have fewer); and the same for a page of a
 * dump in which another page has shown its columns. [ours]
 */
const SURE = { lines: 8, share: 0.3, letters: 18 };
const LIKELY = { lines: 5, share: 0.1, letters: 8 };
/** A front page is known by its codes, `(22) Filed`; its fields are short. */
const CODED = /^\s{0,3}[([]?\d{2}[)\]]?\s{1,3}\p{L}/u;
const FEWEST_CODES = 4;
/** A line that may hold text of both columns is longer, in characters. */
const LONG = 36;
/** How far the start of the right column may lie from its usual place, in characters. [ours] */
const WANDER = 4;
/** A line that ends this far into the right column has text of it, if the blanks between were squeezed. [ours] */
const REACH = 12;

/** Text that begins behind this share of the left column belongs to the right one. [ours] */
const INTO_RIGHT = 0.8;

interface Parts {
  readonly left?: Span;
  readonly right?: Span;
  readonly guessed: boolean;
}

/** The page between `lines`, read by columns; undefined when it has one column. */
export function readColumns(
  text: string,
  lines: readonly Span[],
  vocabulary: Vocabulary,
  likely: boolean,
): ColumnPage | undefined {
  const gutter = findGutter(text, lines, likely ? LIKELY : SURE);
  if (gutter === undefined) return undefined;
  const shows = lines.map((line) => gapNear(text, line, gutter.at) !== undefined);
  const from = bodyStart(text, lines, shows.indexOf(true), gutter);
  const to = shows.lastIndexOf(true);
  const left: ColumnLine[] = [];
  const right: ColumnLine[] = [];
  let guessed = 0;
  let divided = 0;
  const end = bodyEnd(text, lines, to, gutter) + 1;
  for (let row = from; row < end; row++) {
    const line = lines[row];
    if (line === undefined) break;
    const above = right.at(-1);
    const around = {
      above: above === undefined ? '' : text.slice(above.start, above.end),
      below: text.slice(lines[row + 1]?.start ?? 0, lines[row + 1]?.end ?? 0),
      vocabulary,
    };
    const parts = divide(text, line, gutter, around);
    if (parts.left && parts.right) divided++;
    if (parts.guessed) guessed++;
    if (parts.left) left.push(columnLine(parts.left, line, 0, row));
    if (parts.right) right.push(columnLine(parts.right, line, gutter.at, row));
  }
  const whole = (line: Span, row: number): ColumnLine => columnLine(trimmed(text, line), line, 0, row);
  const before = lines.slice(0, from).map(whole);
  const after = lines.slice(end).map(whole);
  const margin = new Set<ColumnLine>();
  const columns = [left, right].map((column) =>
    withoutNumbers(text, column, margin).map((line) => ({ ...line, end: cleanEnd(text, line) })),
  );
  const read = [before, ...columns, after].flatMap((column) =>
    column.map((line, index) => (index === 0 ? { ...line, first: true as const } : line)),
  );
  return { lines: read, guessed, divided, marginNumbers: margin.size };
}

/** Lines right above the first that shows the gutter belong to the columns if they are as long as both together. */
function bodyStart(text: string, lines: readonly Span[], first: number, gutter: Gutter): number {
  let start = first;
  for (let index = first - 1; index >= 0; index--) {
    const line = lines[index];
    if (line === undefined) break;
    const content = trimmed(text, line);
    if (content.end - line.start < gutter.leftEnd + INTO_RIGHT * gutter.rightLength) break;
    start = index;
  }
  return start;
}

/** Lines behind the last that shows the gutter belong to the columns as long as they reach only into one. */
function bodyEnd(text: string, lines: readonly Span[], last: number, gutter: Gutter): number {
  let end = last;
  for (let index = last + 1; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined) break;
    const content = trimmed(text, line);
    if (content.end <= content.start) continue;
    const inLeft = content.end - line.start < gutter.at;
    const inRight = content.start - line.start >= gutter.at - WANDER;
    if (!inLeft && !inRight) break;
    end = index;
  }
  return end;
}

interface Gutter {
  /** Column at which the right column begins. */
  readonly at: number;
  /** Usual length of a full line of the left column, from the line's start. */
  readonly leftEnd: number;
  readonly rightLength: number;
}

function findGutter(
  text: string,
  lines: readonly Span[],
  evidence: { readonly lines: number; readonly share: number; readonly letters: number },
): Gutter | undefined {
  const starts: number[] = [];
  let long = 0;
  for (const line of lines) {
    const content = trimmed(text, line);
    if (content.end - line.start > LONG) long++;
    for (const gap of gaps(text, line)) starts.push(gap.end - line.start);
  }
  const at = mode(starts);
  if (at === undefined) return undefined;
  const lefts: number[] = [];
  const rights: number[] = [];
  const leftLetters: number[] = [];
  const rightLetters: number[] = [];
  for (const line of lines) {
    const gap = gapNear(text, line, at);
    if (gap === undefined) continue;
    const content = trimmed(text, line);
    lefts.push(gap.start - line.start);
    rights.push(content.end - gap.end);
    leftLetters.push(letters(text.slice(content.start, gap.start)));
    rightLetters.push(letters(text.slice(gap.end, content.end)));
  }
  if (lefts.length < evidence.lines || lefts.length < evidence.share * long) return undefined;
  const codes = lines.filter(({ start, end }) =>
    CODED.test(text.slice(start, Math.min(end, start + 40))),
  ).length;
  if (codes < FEWEST_CODES && median(leftLetters) < evidence.letters) return undefined;
  if (median(rightLetters) < evidence.letters) return undefined;
  return { at, leftEnd: quantile(lefts, 0.6), rightLength: quantile(rights, 0.6) };
}

/** What helps to find the border in a line where the blanks are squeezed. */
interface Around {
  /** The line above in the right column, and the whole line below. */
  readonly above: string;
  readonly below: string;
  readonly vocabulary: Vocabulary;
}

function divide(text: string, line: Span, gutter: Gutter, around: Around): Parts {
  const content = trimmed(text, line);
  if (content.end <= content.start) return { guessed: false };
  const gap = gapNear(text, line, gutter.at) ?? gapNear(text, line, gutter.at, 3 * WANDER);
  if (gap !== undefined) {
    return {
      left: { start: content.start, end: gap.start },
      right: { start: gap.end, end: content.end },
      guessed: false,
    };
  }
  if (content.start - line.start >= INTO_RIGHT * gutter.at) return { right: content, guessed: false };
  if (content.end - line.start < gutter.at + REACH) return { left: content, guessed: false };
  const at = squeezedBorder(text, content, line, gutter, around);
  if (at === undefined) return { left: content, guessed: false };
  return {
    left: { start: content.start, end: at.start },
    right: { start: at.end, end: content.end },
    guessed: true,
  };
}

/**
 * What two blanks, a word that goes on in its column, and two words that the document has side by side elsewhere count
 * for, in characters of difference. [ours]
 */
const WIDER = 6;
const CONTINUES = 12;
const FOLLOWS = 4;
/** All that words can win. */
const MOST_WON = 2 * (CONTINUES + FOLLOWS);

/** Blanks, perhaps around the number of the line, which newer patents print between the columns. */
const SQUEEZED = / +(?:(?:[1-9]?[05]|[IO]O|[SO]) +)?/g;
const NUMBERED = 10;

const borderEvidence = (border: string): number => {
  if (border.trim() !== '') return NUMBERED;
  return border.length > 1 ? WIDER : 0;
};

/** The blank whose two sides come nearest to the usual lengths of the columns and where divided words go on. */
function squeezedBorder(
  text: string,
  content: Span,
  line: Span,
  gutter: Gutter,
  { above, below, vocabulary }: Around,
): Span | undefined {
  const borders = Array.from(text.slice(content.start, content.end).matchAll(SQUEEZED), (match) => {
    const start = content.start + match.index;
    const end = start + match[0].length;
    const left = start - line.start - gutter.leftEnd;
    const right = content.end - end - gutter.rightLength;
    // A last line of a paragraph may be short on the right, so that side counts less.
    return { start, end, cost: Math.abs(left) + 0.5 * Math.abs(right) - borderEvidence(match[0]) };
  });
  const cheapest = borders.reduce((least, { cost }) => Math.min(least, cost), Infinity);
  const [lastAbove, firstBelow] = [lastWord(above), firstWord(below)];
  let best: Span | undefined;
  let least = Infinity;
  for (const { start, end, cost: byLength } of borders) {
    // Most blanks lie too far from the border for words to win it.
    if (byLength - MOST_WON > cheapest) continue;
    let cost = byLength;
    const last = lastWord(text.slice(Math.max(content.start, start - 30), start));
    const first = firstWord(text.slice(end, end + 30));
    // A word that the end of a line divides goes on in the next line of its own column.
    if (vocabulary.continues(last, firstBelow)) cost -= CONTINUES;
    if (vocabulary.continues(lastAbove, first)) cost -= CONTINUES;
    if (vocabulary.follows(last, firstBelow)) cost -= FOLLOWS;
    if (vocabulary.follows(lastAbove, first)) cost -= FOLLOWS;
    if (cost < least) [best, least] = [{ start, end }, cost];
  }
  return best;
}

/** Numbers of every fifth line, which old patents print in the margins and newer ones between the columns. */
const BEFORE = /^\W{0,2}([0-9IOloSrf[]{1,3})\s+(?=\S)/;
const BEHIND = /(?:\s{2,}|^)\W{0,2}([0-9IOloSrf]{1,3})\W{0,2}$|(?<=\p{Ll}[\p{L}-]*)\s(\d{1,2}[05]|[05])$/u;
/** A cheap look before the dear one. */
const MAYBE_BEHIND = /[0-9IOloSrf]\W{0,2}$/;
/** A line number is a multiple of this. */
const EVERY = 5;

function withoutNumbers(text: string, lines: readonly ColumnLine[], removed: Set<ColumnLine>): ColumnLine[] {
  const found = lines.map((line) => marginNumber(text, line));
  // Alone a number may be part of a sentence; numbers that count lines grow with them.
  const counts = found.map((one) => {
    if (one === undefined) return false;
    const agreeing = found.filter(
      (other) =>
        other !== undefined &&
        other !== one &&
        Math.sign(other.value - one.value) === Math.sign(other.row - one.row) &&
        Math.abs(other.value - one.value - (other.row - one.row)) <= 2 + 0.2 * Math.abs(other.row - one.row),
    );
    return agreeing.length > 0 || one.rest.start >= one.rest.end;
  });
  return lines.flatMap((line, index) => {
    const number = found[index];
    if (number === undefined || counts[index] !== true) return [line];
    removed.add(line);
    return number.rest.start < number.rest.end ? [{ ...line, ...number.rest }] : [];
  });
}

/** A mark or letter far behind the end of a line, which is dirt on the page. */
const DIRT = /\s{3,}[^\p{L}\p{N}]{0,3}[\p{L}\p{N}]?[^\p{L}\p{N}]{0,3}$/u;

function cleanEnd(text: string, { start, end }: Span): number {
  const dirt = DIRT.exec(text.slice(start, end));
  return dirt === null || dirt.index === 0 ? end : start + dirt.index;
}

interface MarginNumber {
  readonly row: number;
  readonly value: number;
  readonly rest: Span;
}

function marginNumber(text: string, line: ColumnLine): MarginNumber | undefined {
  const content = text.slice(line.start, line.end);
  const before = BEFORE.exec(content);
  const behind = before === null && MAYBE_BEHIND.test(content.slice(-4)) ? BEHIND.exec(content) : null;
  const written = before?.[1] ?? behind?.[1] ?? behind?.[2];
  if (written === undefined) return undefined;
  const value = Number(
    written
      .replace(/[Il[rf]/g, '1')
      .replace(/[Oo]/g, '0')
      .replace(/S/g, '5'),
  );
  if (!Number.isInteger(value) || value === 0 || value % EVERY !== 0 || value > 150) return undefined;
  const rest =
    before === null
      ? { start: line.start, end: line.start + (behind?.index ?? 0) }
      : { start: line.start + before[0].length, end: line.end };
  return { row: line.row, value, rest: trimmed(text, rest) };
}

const columnLine = (part: Span, line: Span, from: number, row: number): ColumnLine => ({
  start: part.start,
  end: Math.max(part.start, part.end),
  indent: part.start - line.start - from,
  row,
});

function* gaps(text: string, line: Span): Generator<Span> {
  const content = trimmed(text, line);
  if (content.end - content.start > LONGEST_LINE) return;
  for (const match of text.slice(content.start, content.end).matchAll(GUTTER)) {
    const start = content.start + match.index;
    yield { start, end: start + match[0].length };
  }
}

/** Longer lines are no lines of a page. */
const LONGEST_LINE = 400;

function gapNear(text: string, line: Span, at: number, wander = WANDER): Span | undefined {
  let best: Span | undefined;
  for (const gap of gaps(text, line)) {
    const distance = Math.abs(gap.end - line.start - at);
    // Text that is indented or centred in the right column begins later.
    const indented = gap.start - line.start < at && gap.end - line.start > at;
    if (distance > wander && !indented) continue;
    if (best === undefined || distance < Math.abs(best.end - line.start - at)) best = gap;
  }
  return best;
}

/** The middle of the densest stretch of twice {@link WANDER}. */
function mode(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: number | undefined;
  let most = 0;
  for (const value of counts.keys()) {
    let near = (counts.get(value) ?? 0) / 2;
    for (let other = value - WANDER; other <= value + WANDER; other++) near += counts.get(other) ?? 0;
    if (near > most) [best, most] = [value, near];
  }
  return best;
}

const letters = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;
const median = (values: readonly number[]): number => quantile(values, 0.5);

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}

function trimmed(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from < to && BLANK.test(text.charAt(from))) from++;
  while (to > from && BLANK.test(text.charAt(to - 1))) to--;
  return { start: from, end: to };
}

const BLANK = /\s/;
