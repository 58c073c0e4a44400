/** Assembles a patent from the lines of a prose document: front page, abstract, claims, description in any order. */
import { CleanTextBuilder } from '../../text/clean-text.ts';
import type { MappedText } from '../../text/offset-map.ts';
import type { Span } from '../../text/span.ts';
import { NO_BIBLIOGRAPHY } from '../bibliography.ts';
import { assembleClaims } from '../claims.ts';
import { notAPatent } from '../errors.ts';
import { GapCollector } from '../gaps.ts';
import type { Claim, Format, Passage, Patent, Section } from '../model.ts';
import { CLAIM_LINE, numberedClaims } from '../numbered-claims.ts';
import { PARAGRAPH_NUMBER, toPassage } from '../passages.ts';
import { UNKNOWN_OFFICE, fileStem, parsePublicationNumber } from '../publication-number.ts';
import type { DocumentText, ReadingContext } from '../reader.ts';
import type { Block } from './blocks.ts';
import { blocksOf } from './blocks.ts';
import { findClassifications, findLanguage, findPublicationNumber } from './front-page.ts';
import type { ProseLine } from './lines.ts';
import { titleLines } from './title.ts';

/** How a format writes prose. */
export interface ProseStyle {
  readonly format: Format;
  /** Lines are broken by width, so a line break inside a paragraph means nothing. */
  readonly wrapped: boolean;
  /** Text without an abstract or claims is no patent in this format, which is written for much else. */
  readonly needsSections: boolean;
  /** Appends `document.text[start, end)` without inline markup. */
  append(document: DocumentText, start: number, end: number, out: CleanTextBuilder): void;
}

/** Text without headings up to this many UTF-16 units is taken for an abstract, longer text for a description. [ours] */
const LONGEST_ABSTRACT = 3000;
/** A front-page paragraph this long is text of the patent, not bibliography. [ours] */
const SHORTEST_PROSE = 300;
const FEWEST_WORDS = 5;
const FEWEST_LETTERS = 30;
/** A line behind which a claim goes on in a new line on purpose. */
const CLAIM_PART_END = /[:;](?:\s*(?:and|or|und|oder|et|ou))?\s*$/;

/** Throws `not-a-patent` when there is next to no text. */
export function readProse(
  lines: Iterable<ProseLine>,
  style: ProseStyle,
  document: DocumentText,
  context: ReadingContext,
): Patent {
  requireWords(document, context);
  const gaps = new GapCollector();
  const blocks = blocksOf(lines);
  const title = titleLines(blocks);
  const front = blocks.filter(({ part }) => part === 'front');
  const frontLines = front.flatMap((block) => block.lines.map(({ text }) => text));
  if (style.needsSections && !blocks.some(({ part }) => part === 'abstract' || part === 'claims')) {
    throw notAPatent(context.file, document.start, 'No heading names an abstract or claims.');
  }
  const number =
    findPublicationNumber(frontLines.join('\n')) ?? parsePublicationNumber(fileStem(context.file));
  if (!number) gaps.state('The document states no publication number; it is named after its file.');
  const parts = divide(blocks, title, document, gaps);
  return {
    id: number?.id ?? fileStem(context.file),
    office: number?.office ?? UNKNOWN_OFFICE,
    format: style.format,
    source: { file: context.file, index: document.index, span: spanOf(document, 0, document.text.length) },
    kind: number?.kind,
    language: findLanguage(frontLines),
    title: toPassage(textOf([title], { ...style, wrapped: true }, document)),
    abstract: toPassage(textOf(linesOf(parts, 'abstract'), style, document)),
    claims: readClaims(linesOf(parts, 'claims'), style, document, gaps),
    description: readDescription(linesOf(parts, 'description'), style, document),
    classifications: findClassifications(frontLines),
    bibliography: NO_BIBLIOGRAPHY,
    translations: [],
    gaps: gaps.list(),
  };
}

function requireWords({ text, start }: DocumentText, { file }: ReadingContext): void {
  let words = 0;
  let letters = 0;
  for (const [word] of text.matchAll(/\p{L}+/gu)) {
    words++;
    letters += word.length;
    // Languages without blanks between words have few of them.
    if (words >= FEWEST_WORDS || letters >= FEWEST_LETTERS) return;
  }
  throw notAPatent(file, start, `The text has fewer than ${FEWEST_WORDS} words.`);
}

type Divided = readonly { readonly part: Section; readonly lines: readonly ProseLine[] }[];

/** Settles what the front page is, and what becomes of headings that name no section. */
function divide(
  blocks: readonly Block[],
  title: readonly ProseLine[],
  document: DocumentText,
  gaps: GapCollector,
): Divided {
  const titleStarts = new Set(title.map(({ end }) => end));
  const untitled = blocks.map((block) => ({
    ...block,
    lines: block.lines.filter(({ end }) => !titleStarts.has(end)),
  }));
  const front = untitled.filter(({ part, lines }) => part === 'front' && lines.length > 0);
  const divided: { part: Section; lines: readonly ProseLine[] }[] = [];
  for (const { part, heading, lines } of untitled) {
    if (part === 'front' || part === 'title' || lines.length === 0) continue;
    if (heading && part !== 'description') {
      gaps.state(`A heading in the ${part} was left out.`, spanOfLines(lines, document));
    } else {
      divided.push({ part, lines });
    }
  }
  if (divided.length === 0) return undivided(front, document, gaps);
  const described = divided.some(({ part }) => part === 'description');
  const prose = described ? [] : front.filter(({ lines }) => lengthOf(lines) >= SHORTEST_PROSE);
  const rest = front.filter((block) => !prose.includes(block)).flatMap(({ lines }) => lines);
  if (prose.length > 0) {
    const span = spanOfLines(
      prose.flatMap(({ lines }) => lines),
      document,
    );
    gaps.state('Text before the first heading was taken for the description.', span);
  }
  if (rest.length > 0) {
    const message = 'The front page was read for number, title, language and classification only.';
    gaps.state(message, spanOfLines(rest, document));
  }
  return [...prose.map(({ lines }) => ({ part: 'description' as const, lines })), ...divided];
}

/** A text without headings. */
function undivided(
  front: readonly { readonly lines: readonly ProseLine[] }[],
  document: DocumentText,
  gaps: GapCollector,
): Divided {
  const lines = front.flatMap((block) => block.lines);
  if (lines.length === 0) return [];
  const part = lengthOf(lines) <= LONGEST_ABSTRACT ? 'abstract' : 'description';
  const message = `The text has no headings such as Abstract or Claims; it was taken for the ${part}.`;
  gaps.state(message, spanOfLines(lines, document));
  return front.map((block) => ({ part, lines: block.lines }));
}

const lengthOf = (lines: readonly ProseLine[]): number =>
  lines.reduce((sum, { start, end }) => sum + end - start, 0);

function linesOf(parts: Divided, wanted: Section): (readonly ProseLine[])[] {
  return parts.flatMap(({ part, lines }) => (part === wanted ? [lines] : []));
}

function textOf(
  blocks: readonly (readonly ProseLine[])[],
  style: ProseStyle,
  document: DocumentText,
): MappedText {
  const out = new CleanTextBuilder('layout');
  for (const lines of blocks) {
    out.break();
    for (const [index, line] of lines.entries()) {
      if (line.item || !style.wrapped) out.break();
      else out.blank();
      const number = index === 0 ? (PARAGRAPH_NUMBER.exec(line.text)?.[0].length ?? 0) : 0;
      style.append(document, line.start + number, line.end, out);
    }
  }
  return out.build();
}

function readDescription(
  blocks: readonly (readonly ProseLine[])[],
  style: ProseStyle,
  document: DocumentText,
): Passage[] {
  const paragraphs = style.wrapped ? blocks : blocks.flatMap((lines) => lines.map((line) => [line]));
  return paragraphs.flatMap((lines) => toPassage(textOf([lines], style, document)) ?? []);
}

function readClaims(
  blocks: readonly (readonly ProseLine[])[],
  style: ProseStyle,
  document: DocumentText,
  gaps: GapCollector,
): Claim[] {
  const out = new CleanTextBuilder('layout');
  for (const lines of blocks) {
    let before = '';
    out.break();
    for (const line of lines) {
      const begins = !style.wrapped || line.item || CLAIM_LINE.test(line.text) || CLAIM_PART_END.test(before);
      if (begins) out.break();
      else out.blank();
      style.append(document, line.start, line.end, out);
      before = line.text;
    }
  }
  return out.isEmpty ? [] : assembleClaims(numberedClaims(out.build(), gaps), gaps);
}

function spanOf({ start }: DocumentText, from: number, to: number): Span {
  return { start: start.offset + from, end: start.offset + to };
}

function spanOfLines(lines: readonly ProseLine[], document: DocumentText): Span {
  return spanOf(document, lines[0]?.start ?? 0, lines.at(-1)?.end ?? 0);
}
