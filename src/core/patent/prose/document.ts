/** Assembles a patent from the lines of a prose document: front page, abstract, claims, description in any order. */
import { CleanTextBuilder } from '../../text/clean-text.ts';
import type { MappedText } from '../../text/offset-map.ts';
import { sliceMapped } from '../../text/offset-map.ts';
import type { Span } from '../../text/span.ts';
import type { SectionCertainty } from '../bibliography.ts';
import type { ClaimText } from '../claims.ts';
import { assembleClaims } from '../claims.ts';
import { notAPatent } from '../errors.ts';
import { GapCollector } from '../gaps.ts';
import { languageName } from '../language-names.ts';
import type { Claim, Format, Paragraph, Passage, Patent, Section, Translation } from '../model.ts';
import { SECTIONS } from '../model.ts';
import { CLAIM_LINE, numberedClaims } from '../numbered-claims.ts';
import { PARAGRAPH_NUMBER, toPassage } from '../passages.ts';
import type { PublicationNumber } from '../publication-number.ts';
import {
  UNKNOWN_OFFICE,
  fileStem,
  parsePublicationNumber,
  publicationNumber,
} from '../publication-number.ts';
import type { DocumentText, ReadingContext } from '../reader.ts';
import type { FrontPage } from './bibliography.ts';
import { codedClassifications, codedLanguage, printedNumbers, readBibliography } from './bibliography.ts';
import type { Block } from './blocks.ts';
import { blocksOf } from './blocks.ts';
import type { Marker } from './certainty.ts';
import { certaintyOf } from './certainty.ts';
import { findClassifications, findLanguage, findPublicationNumber } from './front-page.ts';
import type { Joining } from './joining.ts';
import { appendLines } from './joining.ts';
import type { ProseLine } from './lines.ts';
import { titleLines } from './title.ts';
import { Vocabulary } from './vocabulary.ts';

/** How a format writes prose. */
export interface ProseStyle {
  readonly format: Format;
  /** Lines are broken by width, so a line break inside a paragraph means nothing. */
  readonly wrapped: boolean;
  /** Text without an abstract or claims is no patent in this format, which is written for much else. */
  readonly needsSections: boolean;
  /** The lines come from the pages of a dump, so that words may be divided without a hyphen. */
  readonly recognised?: boolean;
  /** Share of the lines that were put into their column by guessing, in [0, 1]. */
  readonly guessed?: number;
  /** What was taken off before the lines came here, to be stated. */
  readonly gaps?: readonly string[];
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

/** What the sections are read with. */
interface Prose {
  readonly style: ProseStyle;
  readonly document: DocumentText;
  readonly joining: Joining;
  readonly gaps: GapCollector;
}

/**
 * Lines may come in another order than they stand in the text (columns); their offsets lead back all the same. Throws
 * `not-a-patent` when there is next to no text.
 */
export function readProse(
  lines: Iterable<ProseLine>,
  style: ProseStyle,
  document: DocumentText,
  context: ReadingContext,
): Patent {
  requireWords(document, context);
  const gaps = new GapCollector();
  for (const message of style.gaps ?? []) gaps.state(message);
  const all = [...lines];
  const prose: Prose = { style, document, gaps, joining: joiningOf(all, style) };
  stateNoise(all, prose);
  const blocks = blocksOf(all);
  const title = titleLines(blocks);
  const front = blocks.filter(({ part }) => part === 'front');
  const frontLines = front.flatMap((block) => block.lines.map(({ text }) => text));
  if (style.needsSections && !blocks.some(({ part }) => part === 'abstract' || part === 'claims')) {
    throw notAPatent(context.file, document.start, 'No heading names an abstract or claims.');
  }
  const asides = all.filter(({ kind }) => kind === 'aside').map(({ text }) => text);
  const number = numberOf({ lines: frontLines, asides, office: undefined }, context, gaps);
  if (!number) gaps.state('The document states no publication number; it is named after its file.');
  const parts = divide(blocks, title, document, gaps);
  const [chosen, ...others] = claimLanguages(parts);
  const texts = {
    title: toPassage(textOf([title], { ...prose, style: { ...style, wrapped: true } })),
    abstract: toPassage(textOf(linesOf(parts, 'abstract'), prose)),
    claims: readClaims(claimsIn(chosen, parts), prose),
    description: readDescription(parts, prose),
  };
  const classifications = [...codedClassifications(frontLines), ...findClassifications(frontLines)];
  return {
    id: number?.id ?? fileStem(context.file),
    office: number?.office ?? UNKNOWN_OFFICE,
    format: style.format,
    source: { file: context.file, index: document.index, span: spanOf(document, 0, document.text.length) },
    kind: number?.kind,
    language: others.length > 0 ? chosen : (findLanguage(frontLines) ?? codedLanguage(frontLines)),
    title: texts.title && trimmedTitle(texts.title, style),
    abstract: texts.abstract,
    claims: texts.claims.claims,
    description: texts.description,
    classifications: classifications.filter(
      ({ scheme, code }, index) =>
        classifications.findIndex((other) => other.scheme === scheme && other.code === code) === index,
    ),
    bibliography: readBibliography({ lines: frontLines, asides, office: number?.office }),
    translations: others.map((language) => translatedClaims(language, parts, prose)),
    certainty: certainties(texts, markersOf(all, blocks, title), style),
    gaps: gaps.list(),
  };
}

function joiningOf(lines: readonly ProseLine[], style: ProseStyle): Joining {
  const vocabulary = new Vocabulary();
  for (const { kind, text } of lines) if (kind === 'text' && style.wrapped) vocabulary.learn(text);
  return {
    vocabulary,
    recognised: style.recognised ?? false,
    append: (document, start, end, out) => style.append(document, start, end, out),
  };
}

function stateNoise(lines: readonly ProseLine[], { gaps, document }: Prose): void {
  const noise = lines.filter(({ kind }) => kind === 'noise');
  const [first] = noise;
  if (first === undefined) return;
  const what = noise.length === 1 ? '1 line without words was' : `${noise.length} lines without words were`;
  gaps.state(`${what} left out.`, spanOf(document, first.start, first.end));
}

/** The number the front page states; on old patents the one printed on most pages; else the file's name. */
function numberOf(
  front: FrontPage,
  context: ReadingContext,
  gaps: GapCollector,
): PublicationNumber | undefined {
  const stated = findPublicationNumber(front.lines.join('\n'));
  if (stated) return stated;
  const printed = [...printedNumbers(front)].sort(([, a], [, b]) => b - a);
  const [best] = printed;
  if (best === undefined) return parsePublicationNumber(fileStem(context.file));
  const [number, times] = best;
  const places = printed.reduce((sum, [, count]) => sum + count, 0);
  if (times < places) {
    gaps.state(
      `The number ${number} stands in ${times} of ${places} places; the others differ or are damaged.`,
    );
  }
  return publicationNumber('US', number);
}

/** How the first heading of each section was recognised. */
function markersOf(
  lines: readonly ProseLine[],
  blocks: readonly Block[],
  title: readonly ProseLine[],
): ReadonlyMap<Section, Marker> {
  const markers = new Map<Section, Marker>();
  for (const { section, fuzzy } of lines) {
    if (section !== undefined && !markers.has(section))
      markers.set(section, fuzzy === true ? 'damaged' : 'exact');
  }
  const named = blocks.some(
    ({ heading, lines: own }) => heading && own.some(({ end }) => end === title[0]?.end),
  );
  if (named) markers.set('title', 'exact');
  else if (!markers.has('title')) markers.set('title', 'placed');
  return markers;
}

interface Texts {
  readonly title: Passage | undefined;
  readonly abstract: Passage | undefined;
  readonly claims: { readonly claims: readonly Claim[]; readonly numbered: boolean };
  readonly description: readonly Passage[];
}

function certainties(
  { title, abstract, claims, description }: Texts,
  markers: ReadonlyMap<Section, Marker>,
  style: ProseStyle,
): SectionCertainty[] {
  const passages: Readonly<Record<Section, readonly Passage[]>> = {
    title: title === undefined ? [] : [title],
    abstract: abstract === undefined ? [] : [abstract],
    claims: claims.claims,
    description,
  };
  return SECTIONS.flatMap((section) => {
    const texts = passages[section].map(({ text }) => text);
    if (texts.length === 0) return [];
    const evidence = {
      section,
      texts,
      marker: markers.get(section) ?? 'assumed',
      guessed: style.guessed ?? 0,
    };
    if (section !== 'claims') return [certaintyOf(evidence)];
    const numbers = claims.numbered ? claims.claims.map(({ number }) => number) : [];
    return [certaintyOf({ ...evidence, numbers })];
  });
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

interface DividedBlock {
  readonly part: Section;
  readonly lines: readonly ProseLine[];
  readonly heading: boolean;
  readonly language?: string;
}
type Divided = readonly DividedBlock[];

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
  const back = untitled.filter(({ part }) => part === 'back').flatMap(({ lines }) => lines);
  if (back.length > 0) {
    gaps.state(
      'What stands behind the claims (date, signature, witnesses) was left out.',
      spanOfLines(back, document),
    );
  }
  const divided: DividedBlock[] = [];
  for (const { part, heading, lines, language } of untitled) {
    if (part === 'front' || part === 'title' || part === 'back' || lines.length === 0) continue;
    if (heading && part !== 'description') {
      gaps.state(`A heading in the ${part} was left out.`, spanOfLines(lines, document));
    } else {
      divided.push({ part, lines, heading, ...(language === undefined ? {} : { language }) });
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
    const message = 'The front page was read for number, title and bibliography only.';
    gaps.state(message, spanOfLines(rest, document));
  }
  return [...prose.map(({ lines }) => ({ part: 'description' as const, lines, heading: false })), ...divided];
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
  return front.map((block) => ({ part, lines: block.lines, heading: false }));
}

const lengthOf = (lines: readonly ProseLine[]): number =>
  lines.reduce((sum, { start, end }) => sum + end - start, 0);

function linesOf(parts: Divided, wanted: Section): (readonly ProseLine[])[] {
  return parts.flatMap(({ part, lines }) => (part === wanted ? [lines] : []));
}

function textOf(blocks: readonly (readonly ProseLine[])[], { style, document, joining }: Prose): MappedText {
  const out = new CleanTextBuilder('layout');
  for (const lines of blocks) {
    out.break();
    appendLines(
      lines.map(withoutNumber),
      (line) => line.item === true || !style.wrapped,
      document,
      joining,
      out,
    );
  }
  return out.build();
}

/** The first line of a paragraph without the paragraph's number. */
function withoutNumber(line: ProseLine, index: number): ProseLine {
  const number = index === 0 ? (PARAGRAPH_NUMBER.exec(line.text)?.[0].length ?? 0) : 0;
  return number === 0 ? line : { ...line, start: line.start + number, text: line.text.slice(number) };
}

function readDescription(parts: Divided, prose: Prose): Paragraph[] {
  const blocks = parts.filter(({ part }) => part === 'description');
  const paragraphs = prose.style.wrapped
    ? blocks
    : blocks.flatMap((block) => block.lines.map((line) => ({ ...block, lines: [line] })));
  return paragraphs.flatMap(({ lines, heading }): Paragraph[] => {
    const passage = toPassage(textOf([lines], prose));
    if (passage === undefined) return [];
    const number = /\d+/.exec(PARAGRAPH_NUMBER.exec(lines[0]?.text ?? '')?.[0] ?? '')?.[0];
    return [
      {
        ...passage,
        ...(number === undefined ? {} : { number }),
        ...(heading ? { heading: true as const } : {}),
      },
    ];
  });
}

function readClaims(
  blocks: readonly (readonly ProseLine[])[],
  prose: Prose,
): { readonly claims: readonly Claim[]; readonly numbered: boolean } {
  const { style, document, joining, gaps } = prose;
  const build = (parts: readonly (readonly ProseLine[])[]): MappedText => {
    const out = new CleanTextBuilder('layout');
    for (const lines of parts) {
      out.break();
      appendLines(lines, beginsClaimPart(style), document, joining, out);
    }
    return out.build();
  };
  const text = build(blocks);
  if (text.text === '') return { claims: [], numbered: false };
  const texts = numberedClaims(text, gaps);
  const printed = texts.length > 1 || CLAIM_LINE.test(text.text);
  const unnumbered = printed ? [] : unnumberedClaims(blocks, build, gaps);
  const claims = assembleClaims(unnumbered.length > 1 ? unnumbered : texts, gaps);
  return { claims: claims, numbered: printed };
}

/** The languages that claims stand in; first the one to read: English where it is one, as in other formats. */
function claimLanguages(parts: Divided): readonly string[] {
  const languages = new Set(
    parts.flatMap(({ part, language }) => (part === 'claims' ? (language ?? []) : [])),
  );
  return [...languages].sort((a, b) => Number(b === PREFERRED) - Number(a === PREFERRED));
}
const PREFERRED = 'en';

const claimsIn = (wanted: string | undefined, parts: Divided): (readonly ProseLine[])[] =>
  linesOf(
    parts.filter(({ language }) => language === wanted),
    'claims',
  );

function translatedClaims(language: string, parts: Divided, prose: Prose): Translation {
  const gaps = new GapCollector();
  const { claims } = readClaims(claimsIn(language, parts), { ...prose, gaps });
  for (const { message, span } of gaps.list()) {
    prose.gaps.state(`In the ${languageName(language)} text: ${message}`, span);
  }
  return { language, claims, description: [] };
}

const beginsClaimPart =
  (style: ProseStyle) =>
  (line: ProseLine, before: ProseLine | undefined): boolean =>
    !style.wrapped ||
    line.item === true ||
    CLAIM_LINE.test(line.text) ||
    CLAIM_PART_END.test((before?.text ?? '').slice(-40));

/** How a claim of an old patent begins that carries no number. */
const OLD_CLAIM = /^\W{0,3}(?:The|A|An|In|As|Also|I also claim|Second|Third|First|And|Combining|Making)\b/;

/** Claims of old patents may have no numbers and stand in paragraphs of their own. */
function unnumberedClaims(
  blocks: readonly (readonly ProseLine[])[],
  build: (parts: readonly (readonly ProseLine[])[]) => MappedText,
  gaps: GapCollector,
): ClaimText[] {
  const texts = blocks.map((lines) => build([lines])).filter(({ text }) => text !== '');
  if (texts.length < 2 || !texts.every(({ text }) => OLD_CLAIM.test(text) && /[.;,]\W*$/.test(text)))
    return [];
  gaps.state('The claims carry no numbers; they were counted by their paragraphs.');
  return texts.map((text, index) => ({ number: index + 1, text }));
}

/** Recognition leaves stray marks around a title; the full stop that old patents set is none of it either. */
function trimmedTitle(title: Passage, { recognised }: ProseStyle): Passage {
  if (recognised !== true || title.text.length > 1000) return title;
  const length = title.text.replace(/[\s.'‘’"_,;:-]+$/, '').length;
  const cut = length === 0 ? undefined : toPassage(sliceMapped(title, 0, length));
  return cut ?? title;
}

function spanOf({ start }: DocumentText, from: number, to: number): Span {
  return { start: start.offset + from, end: start.offset + to };
}

function spanOfLines(lines: readonly ProseLine[], document: DocumentText): Span {
  return spanOf(document, lines[0]?.start ?? 0, lines.at(-1)?.end ?? 0);
}
