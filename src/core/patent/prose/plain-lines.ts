/**
 * Tells what each line of a text without markup is: blank, heading, text, or none of the patent. Used for plain text
 * and for whatever else is turned into plain text, such as the pages of a PDF.
 */
import {
  beginsOldDescription,
  endsClaims,
  inlineIntroduction,
  introducesClaims,
  isOldHeading,
} from './damaged.ts';
import { inlineHeading, isCapitals, sectionOfHeading } from './headings.ts';
import type { ProseLine } from './lines.ts';
import { lineRanges } from './lines.ts';
import type { PageLine, Pages } from './pages.ts';

/** Longest line of a page broken by width; two columns side by side are wide. [ours] */
const WIDEST_PAGE = 160;
/** "… In witness whereof I claim:" at the end of a line. */
const CLAIM_PHRASE =
  /\b(?:what (?:is|I|we) claim(?:ed)? is|(?:I|we)(?: therefore| hereby)? claim(?: as (?:my|our) invention| the following)?)\s*[:;—–-]\s*$/i;
/** Another field of the front page ends a title that runs over several lines. */
const FRONT_PAGE_CODE = /^\s*[([]?\d{2}[)\]]\s/;
/** The code of the title as recognition leaves it; only a front page has it. */
const BARE_TITLE = /^\s*[([]?54[)\]]?\s+(?=\p{Lu}\p{L}{2})/u;
/** Recognised codes often lack their brackets. */
const BARE_CODE = /^\s*\d{2}\s+(?=\p{Lu})/u;
/** Most lines that the words before the claims run over. */
const INTRODUCTION_LINES = 3;
/** So many lines before the witnesses a name may stand alone. */
const SIGNATURE_LINES = 3;
const LONGEST_NAME = 60;

/** Whether most of the text stands in lines short enough to be broken by width. */
export function isWrapped(text: string): boolean {
  let inShort = 0;
  let inLong = 0;
  for (const { start, end } of lineRanges(text)) {
    if (end - start <= WIDEST_PAGE) inShort += end - start;
    else inLong += end - start;
  }
  return inShort >= inLong;
}

export function* plainLines(text: string, wrapped: boolean, pages: Pages): Generator<ProseLine> {
  const state = { freestanding: true, front: true, claims: false, recent: new Array<string>() };
  for (const [index, { start, end, aside, indented }] of pages.lines.entries()) {
    const line = text.slice(start, end);
    if (aside) {
      yield { start, end, text: line, kind: 'aside' };
      // A page may end within a paragraph; without a dump's other marks nothing is known about that.
      if (!pages.dumped) yield { start: end, end, text: '', kind: 'blank' };
      continue;
    }
    if (line.trim() === '') {
      if (pages.dumped && !endsParagraph(state.recent.at(-1))) continue;
      state.freestanding = true;
      yield { start, end, text: '', kind: 'blank' };
      continue;
    }
    if (pages.dumped && isNoise(line)) {
      yield { start, end, text: line, kind: 'noise' };
      continue;
    }
    const continued = isCapitals(line) && isCapitals(state.recent.at(-1) ?? '');
    if (indented && !continued && endsParagraph(state.recent.at(-1))) {
      yield { start, end: start, text: '', kind: 'blank' };
      state.freestanding = true;
    }
    if (state.claims && (endsClaims(line) || isSignature(text, pages.lines, index))) {
      state.claims = false;
      yield { start, end: start, text: '', kind: 'end' };
    }
    const titled =
      state.front && inlineHeading(line.trimStart()) === undefined
        ? BARE_TITLE.exec(line)?.[0].length
        : undefined;
    if (titled !== undefined) {
      yield { start, end: start + titled, text: '', kind: 'heading', section: 'title' };
      yield { start: start + titled, end, text: line.slice(titled), kind: 'text' };
      state.recent = [line];
      state.freestanding = false;
      continue;
    }
    const headed = state.freestanding || !wrapped || isCapitals(line) || /:\s*$/.test(line);
    const section = headed ? sectionOfHeading(line) : undefined;
    if (section !== undefined) {
      yield { start, end, text: line, kind: 'heading', section };
      state.freestanding = true;
      state.front = false;
      state.claims = section === 'claims';
      state.recent = [];
      continue;
    }
    for (const found of ordinaryLine(line, start, end, state.recent)) {
      if (found.section === 'claims') state.claims = true;
      if (found.section !== undefined) state.recent = [];
      if (found.section !== undefined && found.section !== 'title') state.front = false;
      yield found;
    }
    state.recent = [...state.recent, line].slice(-INTRODUCTION_LINES);
    state.freestanding = false;
  }
}

function* ordinaryLine(
  line: string,
  start: number,
  end: number,
  before: readonly string[],
): Generator<ProseLine> {
  const indent = line.length - line.trimStart().length;
  const inline = inlineHeading(line.slice(indent));
  if (inline !== undefined) {
    const from = start + indent + inline.length;
    yield { start, end: from, text: '', kind: 'heading', section: inline.section };
    yield { start: from, end, text: line.slice(indent + inline.length), kind: 'text' };
    return;
  }
  if (beginsOldDescription(line)) {
    yield { start, end: start, text: '', kind: 'heading', section: 'description' };
    yield { start, end, text: line, kind: 'text' };
    return;
  }
  if (FRONT_PAGE_CODE.test(line) || BARE_CODE.test(line) || isOldHeading(line)) {
    yield { start, end: start, text: '', kind: 'blank' };
  }
  const introduction = inlineIntroduction(line.slice(indent));
  if (introduction !== undefined) {
    const from = start + indent + introduction.length;
    yield { start, end: from, text: line.slice(0, from - start), kind: 'text' };
    yield {
      start: from,
      end: from,
      text: '',
      kind: 'heading',
      section: 'claims',
      fuzzy: !introduction.exact,
    };
    yield { start: from, end, text: line.slice(from - start), kind: 'text' };
    return;
  }
  yield { start, end, text: line, kind: 'text' };
  if (CLAIM_PHRASE.test(line.slice(-120))) {
    yield { start: end, end, text: '', kind: 'heading', section: 'claims' };
    return;
  }
  const phrase = endsLikeIntroduction(line) ? introducesClaims([...before, line]) : undefined;
  if (phrase) yield { start: end, end, text: '', kind: 'heading', section: 'claims', fuzzy: !phrase.exact };
}

/** A cheap look before the dear one: the words end with a mark, or with those that always end them. */
const endsLikeIntroduction = (line: string): boolean =>
  /(?:[:;—–-]|(?:is|are|follows)\W{0,4}\w?)\W*$/i.test(line.slice(-40));

/** After a full stop or a colon a paragraph may be over; before the first line anything may begin. */
const endsParagraph = (line: string | undefined): boolean =>
  line === undefined || /[.:;!?”"»)]\W*$/.test(line.slice(-40)) || isCapitals(line);

/** Recognition makes marks and single letters out of drawings and dirt. */
function isNoise(line: string): boolean {
  if (line.trim().length > LONGEST_NAME || FRONT_PAGE_CODE.test(line) || BARE_CODE.test(line)) return false;
  return !/\p{L}{3}|(?<!\p{L})\p{Ll}{2}(?!\p{L})|\d\.\s*$/u.test(line);
}

/** A name alone in capitals shortly before the witnesses. */
function isSignature(text: string, lines: readonly PageLine[], index: number): boolean {
  const content = (at: number): string => text.slice(lines[at]?.start ?? 0, lines[at]?.end ?? 0);
  const name = content(index).trim();
  if (name.length > LONGEST_NAME || !isCapitals(name) || /\d/.test(name)) return false;
  let seen = 0;
  for (let at = index + 1; at < lines.length && seen < SIGNATURE_LINES; at++) {
    const line = content(at);
    if (lines[at]?.aside === true || line.trim() === '') continue;
    if (endsClaims(line)) return true;
    seen++;
  }
  return false;
}
