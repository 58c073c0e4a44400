/** Patents as Markdown: a title heading, and sections under headings with the names patents use. */
import type { CleanTextBuilder } from '../../text/clean-text.ts';
import type { DocumentText, PatentFormat } from '../reader.ts';
import type { ProseStyle } from '../prose/document.ts';
import { readProse } from '../prose/document.ts';
import { inlineHeading, sectionOfHeading } from '../prose/headings.ts';
import type { ProseLine } from '../prose/lines.ts';
import { lineRanges } from '../prose/lines.ts';
import { wholeTextSplitter } from '../whole-text-splitter.ts';

const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const BULLET = /^(\s*)[-*+]\s+/;
const QUOTE = /^ {0,3}>\s?/;
const FRONT_MATTER = /^---\s*\n/;
const RULE = /^\s*(?:[-*_]\s*){3,}$/;
/** Marks around words, and the backslash before a character that would otherwise be one. */
const INLINE_MARK = /\*\*|`|\\(?=[\\`*_{}[\]()#+.!-])/g;

export const markdown: PatentFormat = {
  format: 'markdown',
  recognise(head, file) {
    if (/\.(?:md|markdown)$/i.test(file)) return 0.9;
    const sections = head.matchAll(/^#{1,3}\s+(.{3,60})$/gm);
    return [...sections].some(([, heading = '']) => sectionOfHeading(heading)) ? 0.5 : 0;
  },
  splitter: wholeTextSplitter,
  reader: (context) => (document) => ({
    kind: 'patent',
    patent: readProse(classify(document.text), STYLE, document, context),
  }),
};

const STYLE: ProseStyle = { format: 'markdown', wrapped: true, needsSections: true, append: appendInline };

function appendInline({ text, start }: DocumentText, from: number, to: number, out: CleanTextBuilder): void {
  const line = text.slice(from, to);
  let at = 0;
  for (const match of line.matchAll(INLINE_MARK)) {
    out.verbatim(line.slice(at, match.index), start.offset + from + at);
    at = match.index + match[0].length;
  }
  out.verbatim(line.slice(at), start.offset + from + at);
}

function* classify(text: string): Generator<ProseLine> {
  let inFrontMatter = FRONT_MATTER.test(text);
  for (const { start, end } of lineRanges(text)) {
    const line = text.slice(start, end);
    if (inFrontMatter && start > 0 && !RULE.test(line)) {
      yield* contentLine(line, start, end);
      // Every field is a paragraph of its own.
      yield { start: end, end, text: '', kind: 'blank' };
      continue;
    }
    inFrontMatter &&= start === 0;
    const heading = HEADING.exec(line);
    if (heading) {
      yield headingLine(line, start, heading[1]?.length ?? 1, heading[2] ?? '');
    } else if (line.trim() === '' || RULE.test(line)) {
      yield { start, end, text: '', kind: 'blank' };
    } else {
      yield* contentLine(line, start, end);
    }
  }
}

function headingLine(line: string, start: number, level: number, title: string): ProseLine {
  const from = start + line.indexOf(title, level);
  const section = sectionOfHeading(title);
  return { start: from, end: from + title.length, text: title, kind: 'heading', level, section };
}

function* contentLine(line: string, start: number, end: number): Generator<ProseLine> {
  const bullet = BULLET.exec(line);
  const lead = (bullet ?? QUOTE.exec(line))?.[0].length ?? 0;
  const content = line.slice(lead).replace(/\*\*/g, '');
  const inline = bullet ? undefined : inlineHeading(line.slice(lead));
  if (inline === undefined) {
    yield { start: start + lead, end, text: content, kind: 'text', item: bullet !== null };
    return;
  }
  const from = start + lead + inline.length;
  yield { start: start + lead, end: from, text: '', kind: 'heading', section: inline.section };
  yield { start: from, end, text: line.slice(lead + inline.length), kind: 'text' };
}
