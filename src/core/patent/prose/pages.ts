/**
 * The pages of a dump, cleared of what belongs to the page and not to the text: marks between pages, running heads,
 * drawing sheets, numbers in the margins. What is taken off is kept aside, because it also says number and date.
 */
import type { Span } from '../../text/span.ts';
import type { ColumnLine } from './columns.ts';
import { readColumns } from './columns.ts';
import { lineRanges } from './lines.ts';
import { Vocabulary } from './vocabulary.ts';

export interface PageLine extends Span {
  /** Belongs to the page, not to the text. */
  readonly aside: boolean;
  /** Where a new paragraph may begin although no blank line stands before. */
  readonly indented: boolean;
}

export interface Pages {
  readonly lines: readonly PageLine[];
  /** Whether the text is a dump of pages at all; otherwise its lines are as they stand. */
  readonly dumped: boolean;
  /** Share of the lines of two columns that were divided by guessing, in [0, 1]. */
  readonly guessed: number;
  readonly columns: number;
  readonly marginNumbers: number;
  readonly drawingSheets: number;
  readonly runningHeads: number;
}

/** Marks that programs put between the pages of a dump. */
const PAGE_MARK = /^\W*(?:source pdf )?page \d+(?: of \d+)?\W*$/i;
/** A page with fewer words is a drawing sheet. [ours] */
const FEWEST_WORDS = 45;
const WORD = /\p{L}{3,}/gu;
/** The patent's number alone on a line, recognised well or badly, with a page or column number. */
const RUNNING_HEAD =
  /^\W*(?:[\p{L}\d"'‘’]{1,2}[\W]+){0,2}(?:US\s?)?\d{1,3}[.,]\d{3}(?:[.,]\d{3})?\W*(?:[A-Z]\d?)?\W*(?:[\p{L}\d]{1,2}\W*){0,3}$/u;
/** Numbers of columns or pages alone on a line. */
const LONE_NUMBERS = /^\W*\d{1,3}\W*(?:\s{3,}\W*\d{1,3}\W*)?$/;
/** Running heads stand within so many lines of the top. */
const HEAD_LINES = 3;
/** A line begins a paragraph when it is set in by so many characters more than most. [ours] */
const INDENT = 2;
/** Longest text whose pages are looked at; a longer one is no dump of a patent. [ours] */
const LONGEST = 8 * 1024 * 1024;

export function readPages(text: string): Pages {
  const pages = text.length > LONGEST ? undefined : divideIntoPages(text);
  const whole = pages ?? [[...lineRanges(text)]];
  const columned = pages ?? (text.length > LONGEST ? undefined : whole);
  const lines: PageLine[] = [];
  let columns = 0;
  let divided = 0;
  let guessed = 0;
  let marginNumbers = 0;
  let drawingSheets = 0;
  let runningHeads = 0;
  const vocabulary = new Vocabulary();
  if (columned !== undefined)
    for (const page of whole) for (const { start, end } of page) vocabulary.learn(text.slice(start, end));
  const bodies: Span[][] = [];
  const asides: PageLine[][] = [];
  for (const page of whole) {
    const body: Span[] = [];
    const aside: PageLine[] = [];
    let seen = 0;
    const sheet = pages !== undefined && wordsOf(text, page) < FEWEST_WORDS;
    const wordless = sheet && wordsOf(text, page) === 0;
    if (sheet && !wordless) drawingSheets++;
    for (const line of page) {
      const content = text.slice(line.start, line.end);
      const blank = content.trim() === '';
      const mark = PAGE_MARK.test(content);
      if (!blank && !mark) seen++;
      const head = pages !== undefined && seen <= HEAD_LINES && isRunningHead(content);
      if (head && !sheet) runningHeads++;
      if (!blank && (sheet || mark || head)) aside.push({ ...line, aside: true, indented: false });
      else if (!sheet) body.push(line);
    }
    bodies.push(body);
    asides.push(aside);
  }
  const sure = columned === undefined ? [] : bodies.map((body) => readColumns(text, body, vocabulary, false));
  const likely = sure.some((page) => page !== undefined);
  for (const [index, body] of bodies.entries()) {
    for (const line of asides[index] ?? []) lines.push(line);
    const read = sure[index] ?? (likely ? readColumns(text, body, vocabulary, true) : undefined);
    if (read === undefined) {
      for (const line of body) lines.push({ ...line, aside: false, indented: false });
      continue;
    }
    columns++;
    divided += read.divided;
    guessed += read.guessed;
    marginNumbers += read.marginNumbers;
    for (const line of withIndents(text, read.lines)) lines.push(line);
  }
  return {
    lines,
    dumped: pages !== undefined || columns > 0,
    guessed: divided === 0 ? 0 : guessed / divided,
    columns,
    marginNumbers,
    drawingSheets,
    runningHeads,
  };
}

function isRunningHead(content: string): boolean {
  const plain = content.length > 200 ? '' : content.trim();
  return plain !== '' && (RUNNING_HEAD.test(plain) || LONE_NUMBERS.test(plain));
}

/** Undefined for a text without marks of pages. */
function divideIntoPages(text: string): Span[][] | undefined {
  const pages: Span[][] = [[]];
  let marks = 0;
  for (const line of lineRanges(text)) {
    const feed = text[line.start - 1] === '\f';
    const mark = line.end - line.start < 100 && PAGE_MARK.test(text.slice(line.start, line.end));
    if (feed || mark) {
      marks++;
      pages.push([]);
    }
    pages.at(-1)?.push(line);
  }
  return marks === 0 ? undefined : pages;
}

function wordsOf(text: string, page: readonly Span[]): number {
  let words = 0;
  for (const { start, end } of page) {
    const line = text.slice(start, end);
    if (!PAGE_MARK.test(line)) words += line.match(WORD)?.length ?? 0;
    if (words >= FEWEST_WORDS) break;
  }
  return words;
}

/** Marks the lines that are set in more than the lines around them. */
function withIndents(text: string, lines: readonly ColumnLine[]): PageLine[] {
  return lines.map((line, index) => {
    const around = lines
      .slice(Math.max(0, index - 4), index + 5)
      .filter(({ start, end }) => end - start > 0)
      .map(({ indent }) => indent)
      .sort((a, b) => a - b);
    const usual = around[Math.floor((around.length - 1) / 3)] ?? 0;
    const indented =
      line.indent >= usual + INDENT && /^\W{0,2}[\p{Lu}\d[(]/u.test(text.slice(line.start, line.end));
    return { start: line.start, end: line.end, aside: false, indented };
  });
}
