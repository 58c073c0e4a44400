/**
 * Patents as plain text: what is copied from an office page, dumped from a PDF or typed by hand. Sections are found by
 * the headings patents have; a text without any is still read, and the gaps say what it was taken for.
 */
import type { DocumentText, PatentFormat } from '../reader.ts';
import type { ProseStyle } from '../prose/document.ts';
import { readProse } from '../prose/document.ts';
import { inlineHeading, isCapitals, sectionOfHeading } from '../prose/headings.ts';
import type { ProseLine } from '../prose/lines.ts';
import { lineRanges } from '../prose/lines.ts';
import { wholeTextSplitter } from '../whole-text-splitter.ts';

/** Longest line of a page broken by width; two columns side by side are wide. [ours] */
const WIDEST_PAGE = 160;
/** "… In witness whereof I claim:" at the end of a line. */
const CLAIM_PHRASE =
  /\b(?:what (?:is|I|we) claim(?:ed)? is|(?:I|we)(?: therefore| hereby)? claim(?: as (?:my|our) invention| the following)?)\s*[:;—–-]\s*$/i;
/** Marks that programs put between the pages of a dump. */
const PAGE_MARK = /^\W*(?:source pdf )?page \d+(?: of \d+)?\W*$/i;
/** Another field of the front page ends a title that runs over several lines. */
const FRONT_PAGE_CODE = /^\s*\(\d{2}\)/;

export const plainText: PatentFormat = {
  format: 'text',
  recognise(head, file) {
    const named = /\.(?:txt|text)$/i.test(file);
    if (named) return 0.6;
    const sections = new Set<string>();
    for (const { start, end } of lineRanges(head.slice(0, 64 * 1024))) {
      const section = sectionOfHeading(head.slice(start, end));
      if (section) sections.add(section);
    }
    return sections.size >= 2 ? 0.4 : 0;
  },
  splitter: wholeTextSplitter,
  reader: (context) => (document) => {
    const style: ProseStyle = {
      format: 'text',
      wrapped: isWrapped(document.text),
      needsSections: false,
      append,
    };
    return {
      kind: 'patent',
      patent: readProse(classify(document.text, style.wrapped), style, document, context),
    };
  },
};

const append: ProseStyle['append'] = ({ text, start }: DocumentText, from, to, out) =>
  out.verbatim(text.slice(from, to), start.offset + from);

/** Whether most of the text stands in lines short enough to be broken by width. */
function isWrapped(text: string): boolean {
  let inShort = 0;
  let inLong = 0;
  for (const { start, end } of lineRanges(text)) {
    if (end - start <= WIDEST_PAGE) inShort += end - start;
    else inLong += end - start;
  }
  return inShort >= inLong;
}

function* classify(text: string, wrapped: boolean): Generator<ProseLine> {
  let freestanding = true;
  for (const { start, end } of lineRanges(text)) {
    const line = text.slice(start, end);
    if (line.trim() === '' || PAGE_MARK.test(line)) {
      freestanding = true;
      yield { start, end, text: '', kind: 'blank' };
      continue;
    }
    const headed = freestanding || !wrapped || isCapitals(line) || /:\s*$/.test(line);
    const section = headed ? sectionOfHeading(line) : undefined;
    if (section !== undefined) {
      yield { start, end, text: line, kind: 'heading', section };
      freestanding = true;
      continue;
    }
    yield* ordinaryLine(line, start, end);
    freestanding = false;
  }
}

function* ordinaryLine(line: string, start: number, end: number): Generator<ProseLine> {
  const indent = line.length - line.trimStart().length;
  const inline = inlineHeading(line.slice(indent));
  if (inline !== undefined) {
    const from = start + indent + inline.length;
    yield { start, end: from, text: '', kind: 'heading', section: inline.section };
    yield { start: from, end, text: line.slice(indent + inline.length), kind: 'text' };
    return;
  }
  if (FRONT_PAGE_CODE.test(line)) yield { start, end: start, text: '', kind: 'blank' };
  yield { start, end, text: line, kind: 'text' };
  if (CLAIM_PHRASE.test(line)) yield { start: end, end, text: '', kind: 'heading', section: 'claims' };
}
