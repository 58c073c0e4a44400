/**
 * Writes patents as corpus records. What is written reads back as the same patent in every field except where it stands
 * in a file.
 */
import type { Bibliography } from '../bibliography.ts';
import { RECORD_FIELDS } from '../formats/jsonl.ts';
import type { Claim, CorpusFields, Paragraph, Patent, Translation } from '../model.ts';
import { withoutPrintedNumber } from '../passages.ts';
import { UNKNOWN_OFFICE, parsePublicationNumber } from '../publication-number.ts';
import { isObject } from './json-node.ts';

/** Fields by name, in the order they are written. */
export type CorpusRecord = Readonly<Record<string, unknown>>;

type Fields = readonly (readonly [name: string, value: unknown])[];

const KNOWN: ReadonlySet<string> = new Set(RECORD_FIELDS);

/** Leaves out what is not there. */
export function patentToRecord(patent: Patent): CorpusRecord {
  const { record } = patent;
  const derived = parsePublicationNumber(patent.id);
  return fromFields([
    ['id', patent.id],
    ...textFields(patent),
    ['labels', record?.labels],
    ['group', record?.group],
    ['split', record?.split],
    ['provenance', provenanceOf(record)],
    ['office', patent.office === (derived?.office ?? UNKNOWN_OFFICE) ? undefined : patent.office],
    ['kind', patent.kind === derived?.kind ? undefined : patent.kind],
    ['language', patent.language],
    ['classifications', nonEmpty(patent.classifications)],
    ['bibliography', bibliographyOf(patent.bibliography)],
    ['translations', nonEmpty(patent.translations.map(translationOf))],
    ...extraFields(record),
  ]);
}

/** One line, with its line break. */
export const recordToJsonLine = (record: CorpusRecord): string => `${JSON.stringify(record)}\n`;

function textFields(texts: Pick<Patent, 'title' | 'abstract' | 'claims' | 'description'>): Fields {
  return [
    ['title', texts.title?.text],
    ['abstract', texts.abstract?.text],
    ['claims', nonEmpty(texts.claims.map(claimOf))],
    ['description', nonEmpty(texts.description.map(paragraphOf))],
  ];
}

function claimOf({ number, text, dependsOn, map }: Claim): object {
  // A reader takes the number before a claim off; one that is part of the text needs another before it.
  const bare = withoutPrintedNumber({ text, map }, number).text === text;
  return { number, text: bare ? text : `${number}. ${text}`, dependsOn };
}

function paragraphOf({ text, number, heading }: Paragraph): unknown {
  if (number === undefined && !heading) return text;
  return fromFields([
    ['number', number],
    ['heading', heading],
    ['text', text],
  ]);
}

const translationOf = (translation: Translation): CorpusRecord =>
  fromFields([['language', translation.language], ...textFields(translation)]);

function bibliographyOf(bibliography: Bibliography): CorpusRecord | undefined {
  const { publicationDate, filingDate, application, priorityDate, family } = bibliography;
  const fields = fromFields([
    ['publicationDate', publicationDate],
    ['filingDate', filingDate],
    ['application', application],
    ['priorities', nonEmpty(bibliography.priorities)],
    ['priorityDate', priorityDate],
    ['related', nonEmpty(bibliography.related)],
    ['applicants', nonEmpty(bibliography.applicants)],
    ['inventors', nonEmpty(bibliography.inventors)],
    ['citations', nonEmpty(bibliography.citations)],
    ['family', family.id === undefined && family.members.length === 0 ? undefined : family],
  ]);
  return Object.keys(fields).length === 0 ? undefined : fields;
}

function provenanceOf(record: CorpusFields | undefined): unknown {
  const details = record && provenanceDetails(record);
  if (details !== undefined) return details;
  return record === undefined || record.provenance === 'real' ? undefined : record.provenance;
}

/** How a record came about, which readers keep among the other fields. */
function provenanceDetails({ extra, provenance }: CorpusFields): object | undefined {
  const details = new Map(Object.entries(extra)).get('provenance');
  return isObject(details) && 'kind' in details && details.kind === provenance ? details : undefined;
}

/** A field of the person's own with a name that means something else here gets another one. */
function extraFields(record: CorpusFields | undefined): Fields {
  if (record === undefined) return [];
  const details = provenanceDetails(record);
  return Object.entries(record.extra)
    .filter(([, value]) => details === undefined || value !== details)
    .map(([name, value]) => [KNOWN.has(name) && name !== 'office' ? `${name} (2)` : name, value] as const);
}

const nonEmpty = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);

function fromFields(fields: Fields): CorpusRecord {
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}
