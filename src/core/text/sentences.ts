/**
 * Divides patent prose and claims into sentences, so that evidence can be shown sentence by sentence. General
 * segmenters stop at "FIG. 1", "U.S. Pat. No. 5" and "e.g."; and a claim is one sentence of any length, which is
 * divided further at its semicolons. Works on cleaned text (English, German, French).
 */
import type { Span } from './span.ts';

/** Longest sentence that is left whole, in UTF-16 units. [ours] */
const READABLE = 400;
/** A part shorter than this is no evidence by itself and stays with its neighbour. [ours] */
const SHORTEST = 12;

/** A full stop, question or exclamation mark with closing quotes and brackets, and the blank behind it. */
const STOP = /[.!?…]+["'”’»)\]]*(?=\s)/gu;
/** What a sentence begins with. */
const OPENING = /^\s+["'“‘„«([]*(?:\p{Lu}|\p{Lo}|\p{N}|[“„«([])/u;
const LINE_BREAK = /\n+/g;
const SEMICOLON = /;(?:\s+(?:and|or|und|oder|et|ou)(?=\s*(?:\n|$)))?/giu;
const COLON = /:(?=\s)/g;

/** Words after which a full stop ends no sentence, whatever follows. */
const ABBREVIATIONS = new Set(
  [
    'e.g i.e cf viz vs resp approx ca etc al ed eds no nos nr vol vols p pp pg para paras sec secs ch chap art',
    'fig figs tab eq eqs eqn eqns ref refs ex exs pat pats pub publ appl ser u.s u.s.c u.k e.u d.c int cl prov',
    'dr mr mrs ms prof st inc ltd co corp gmbh jr sr dept univ assoc bros',
    'min max sq cu wt vol mol temp conc equiv hr hrs sec lb lbs oz in ft yd gal',
    'natl acad sci biol chem biochem res oncol opin med phys soc am rev lett proc curr clin engl j int deriv avg',
    'jan feb mar apr jun jul aug sep sept oct nov dec',
    'z.b d.h u.a bzw usw ggf evtl vgl abb bsp s.o s.u i.d.r u.u z.t sog insb gem abs',
    'p.ex c.-à-d env éd vol n°',
  ].flatMap((line) => line.split(' ')),
);
/** Of these, the ones that may also end a sentence; then a capital letter that is no number or symbol decides. */
const ENDING = new Set(
  'etc al inc ltd co corp usw in no min max sec hr hrs lb lbs oz ft yd gal u.s u.s.a art'.split(' '),
);
/** Words that begin a sentence far more often than they follow an abbreviation. */
const STARTER =
  /^\s+(?:The|This|These|Those|A|An|In|It|However|Thus|Therefore|Further|Furthermore|Moreover|Accordingly|When|If|As|For|Die|Der|Das|Ein|Eine|Es|Le|La|Les|Un|Une|Il)\s/;
const LAST_WORD = /(?:^|[\s([“"'„«/–—-])([\p{L}\p{N}°](?:[\p{L}\p{N}.°-]*[\p{L}\p{N}°])?)$/u;

/**
 * Spans of the sentences in reading order. They do not overlap, hold no blanks at their ends, and together hold
 * everything but white space.
 */
export function sentences(text: string): Span[] {
  const spans: Span[] = [];
  for (const line of divide(text, { start: 0, end: text.length }, LINE_BREAK)) {
    for (const sentence of splitAt(text, line, sentenceEnds(text, line)))
      spans.push(...shorten(text, sentence));
  }
  return spans;
}

/** Offsets at which sentences of a line end. */
function sentenceEnds(text: string, line: Span): number[] {
  const content = text.slice(line.start, line.end);
  const ends: number[] = [];
  let from = 0;
  for (const match of content.matchAll(STOP)) {
    const end = match.index + match[0].length;
    if (!endsSentence(content.slice(from, match.index), match[0], content.slice(end, end + 40))) continue;
    ends.push(line.start + end);
    from = end;
  }
  return ends;
}

function endsSentence(before: string, stop: string, after: string): boolean {
  if (!OPENING.test(after)) return false;
  if (!stop.startsWith('.') || stop.startsWith('..')) return true;
  const word = LAST_WORD.exec(before)?.[1];
  if (word === undefined) return true;
  const plain = word.toLowerCase();
  if (ABBREVIATIONS.has(plain)) return ENDING.has(plain) && STARTER.test(after);
  // An initial ("J. Smith"), a dotted abbreviation ("a.m.", "D.C.") or the number of a list item ("1. A device").
  if (/^\p{L}$/u.test(word)) return STARTER.test(after) && !isInitial(before, word);
  if (/^(?:\p{L}\.)+\p{L}$/u.test(word)) return STARTER.test(after);
  if (before.trim() === word && /^(?:[\d.]+|[IVX]+)$/.test(word)) return false;
  if (/^\d{1,3}$/.test(word)) return !/(?:\bNr|\bNo|°)\.?\s*\d+$/u.test(before);
  return true;
}

/** A capital behind another capitalised word or at the start is a name's initial. */
function isInitial(before: string, letter: string): boolean {
  return letter !== letter.toLowerCase() && /(?:^|\p{Lu}[\p{L}.]*[\s,]+)\p{Lu}$/u.test(before);
}

/** Divides a sentence that is too long to read at semicolons, and what is still too long at colons. */
function shorten(text: string, sentence: Span): Span[] {
  if (sentence.end - sentence.start <= READABLE) return [sentence];
  return divide(text, sentence, SEMICOLON).flatMap((part) =>
    part.end - part.start <= READABLE ? [part] : divide(text, part, COLON),
  );
}

function divide(text: string, span: Span, border: RegExp): Span[] {
  const content = text.slice(span.start, span.end);
  const ends = [...content.matchAll(border)].map((match) => span.start + match.index + match[0].length);
  const keepShort = border === LINE_BREAK;
  return splitAt(text, span, ends, keepShort ? 0 : SHORTEST);
}

/** The parts of `span` between `ends`, trimmed; parts shorter than `shortest` join the part before. */
function splitAt(text: string, span: Span, ends: readonly number[], shortest = 0): Span[] {
  const parts: Span[] = [];
  let start = span.start;
  for (const end of [...ends, span.end]) {
    const part = trim(text, start, end);
    start = end;
    if (part === undefined) continue;
    const last = parts.at(-1);
    if (last !== undefined && part.end - part.start < shortest)
      parts[parts.length - 1] = { ...last, end: part.end };
    else parts.push(part);
  }
  return parts;
}

function trim(text: string, start: number, end: number): Span | undefined {
  const part = text.slice(start, end);
  const content = part.trim();
  if (content === '') return undefined;
  const from = start + part.length - part.trimStart().length;
  return { start: from, end: from + content.length };
}
