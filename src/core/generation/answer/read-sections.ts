/** Answers as text with headings, which models write when nobody holds them to JSON. */
import type { Draft } from './draft.ts';

type Section = keyof Draft;

const NAMES: readonly (readonly [Section, string])[] = [
  ['title', 'title(?: of (?:the )?invention)?|titel|titre'],
  ['abstract', 'abstract|zusammenfassung|abrégé'],
  [
    'claims',
    'claims?|patent claims|what is claimed is|we claim|i claim|the invention claimed is|ansprüche|patentansprüche|revendications',
  ],
  [
    'description',
    '(?:detailed )?description(?: of (?:the )?(?:invention|embodiments?))?|background|summary|beschreibung',
  ],
];

/** `**Abstract:**`, `## Claims`, `ABSTRACT`, `Title: A thing`. The name stands alone on its line, or before a colon. */
const HEADINGS = NAMES.map(
  ([section, names]) =>
    [
      section,
      new RegExp(
        String.raw`^[ \t]*(?:#{1,6}[ \t]*)?(?:\d{1,2}[.)][ \t]*)?(?:\*\*|__)?(?:${names})(?:\*\*|__)?[ \t]*(?:[:：][ \t]*(?:\*\*|__)?[ \t]*|$)`,
        'iu',
      ),
    ] as const,
);

export interface SectionsAnswer {
  readonly title: string;
  readonly abstract: string;
  /** One text with all of them. */
  readonly claims: string;
  readonly description: string;
  readonly around: string;
}

/** Undefined where fewer than two of the headings are there. */
export function readSections(text: string): SectionsAnswer | undefined {
  const parts: Record<Section | 'around', string[]> = {
    title: [],
    abstract: [],
    claims: [],
    description: [],
    around: [],
  };
  const met = new Set<Section>();
  let current: Section | 'around' = 'around';
  for (const line of text.split('\n')) {
    const heading = headingOf(line);
    if (heading) {
      current = heading.section;
      met.add(heading.section);
      if (heading.rest !== '') parts[current].push(heading.rest);
    } else parts[current].push(line);
  }
  if (met.size < 2) return undefined;
  const joined = (section: Section | 'around'): string => parts[section].join('\n').trim();
  const [first = '', ...more] = joined('around').split('\n');
  // A document that begins with its title and names only what follows.
  const untitled = !met.has('title') && first !== '' && first.length < 200;
  return {
    title: plain(untitled ? first : joined('title')),
    abstract: plain(joined('abstract')),
    claims: plainLines(joined('claims')),
    description: plainLines(joined('description')),
    around: untitled ? more.join('\n').trim() : joined('around'),
  };
}

function headingOf(line: string): { section: Section; rest: string } | undefined {
  for (const [section, pattern] of HEADINGS) {
    const match = pattern.exec(line);
    if (match) return { section, rest: line.slice(match[0].length).trim() };
  }
  return undefined;
}

/** Without Markdown's emphasis and rules. */
const plainLines = (text: string): string =>
  text
    .replace(/^[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$/gmu, '')
    .replace(/\*\*|__/gu, '')
    .replace(/^[ \t]*#{1,6}[ \t]*/gmu, '')
    .trim();

const plain = (text: string): string => plainLines(text).replace(/\s+/gu, ' ').trim();
