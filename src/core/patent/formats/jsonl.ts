/**
 * Corpora with one JSON record a line, or a list of them: `id, title, abstract?, claims?, description?, labels?, group?,
 * split?, provenance?`, and what is known of the document: `office?, kind?, language?, classifications?, bibliography?,
 * translations?`. Fields of other names are kept as they are; records of other tools are read by the names they
 * commonly use. A field of the wrong type costs its record, never the file.
 */
import { positionAt } from '../../text/position.ts';
import type { Span } from '../../text/span.ts';
import { foreignFields, foreignId } from '../corpus-files/foreign-fields.ts';
import { jsonProblem } from '../corpus-files/json-error.ts';
import { stringText } from '../corpus-files/json-fields.ts';
import type { JsonSource } from '../corpus-files/json-node.ts';
import { isObject, JsonNode } from '../corpus-files/json-node.ts';
import { JSON_OVER_LINES, recordSplitter } from '../corpus-files/record-splitter.ts';
import {
  readClaims,
  readDescription,
  readId,
  readLabels,
  readProvenance,
  readString,
  readText,
  readTranslations,
} from '../corpus-files/record-fields.ts';
import { recordPatent } from '../corpus-files/record.ts';
import { bibliographySchema, classificationsSchema } from '../corpus-files/record-schema.ts';
import { recordMalformed } from '../errors.ts';
import { GapCollector } from '../gaps.ts';
import type { Patent } from '../model.ts';
import type { DocumentText, PatentFormat, ReadingContext } from '../reader.ts';

export const jsonl: PatentFormat = {
  format: 'jsonl',
  recognise(head, file) {
    const object = /^[\s\uFEFF]*\{\s*"/.test(head);
    if (/\.(?:jsonl|ndjson)$/i.test(file)) return 0.9;
    if (JSON_OVER_LINES.test(head)) return 0.7;
    return object && /^[\s\uFEFF]*\{[^\n]*\}[ \t\r]*(?:\n|$)/.test(head) ? 0.7 : 0;
  },
  splitter: recordSplitter,
  reader: (context) => (document) => ({ kind: 'patent', patent: readRecord(document, context) }),
};

/** Fields that the format knows; all others are the person's own. */
export const RECORD_FIELDS = [
  'id',
  'title',
  'abstract',
  'claims',
  'description',
  'labels',
  'group',
  'split',
  'provenance',
  'office',
  'kind',
  'language',
  'classifications',
  'bibliography',
  'translations',
] as const;

const KNOWN: ReadonlySet<string> = new Set(RECORD_FIELDS);

/** Two letters, as offices are coded; a longer name is a field of the person's own. */
const OFFICE = /^[A-Z]{2}$/;

function readRecord(document: DocumentText, context: ReadingContext): Patent {
  const record = parseRecord(document, context);
  const fields =
    record.members() ?? record.refuse('The line is not a record: it must be a JSON object in { }.');
  const gaps = new GapCollector();
  const foreign = foreignFields(fields);
  const get = <T>(name: string, read: (node: JsonNode, name: string) => T): T | undefined => {
    const node = fields.get(name) ?? foreign.get(name)?.node;
    return node && read(node, name);
  };
  const named = Array.from(foreign, ([field, { name }]) => `${field} from "${name}"`);
  if (named.length > 0) gaps.state(`Fields were taken by their names: ${named.join(', ')}.`);
  const id = get('id', readId);
  const provenance = get('provenance', readProvenance) ?? { kind: 'real' };
  const office = fields.get('office')?.value;
  const isOffice = typeof office === 'string' && OFFICE.test(office);
  const facts = {
    id: id !== undefined && foreign.has('id') ? foreignId(id) : id,
    ...(isOffice ? { office } : {}),
    kind: get('kind', readString),
    language: get('language', readString),
    classifications: get('classifications', (node, name) => node.parsed(classificationsSchema, name)),
    bibliography: get('bibliography', (node, name) => node.parsed(bibliographySchema, name)),
    translations: get('translations', (node) => readTranslations(node, gaps)),
  };
  const texts = {
    title: get('title', readText),
    abstract: get('abstract', readText),
    claims: get('claims', (node) => readClaims(node, gaps)) ?? [],
    description: get('description', readDescription) ?? [],
  };
  // A text stands in its section; a number keeps the spelling it had.
  const taken = new Set([...foreign].flatMap(([field, { name }]) => (field === 'id' ? [] : [name])));
  const extra = Object.entries(record.value ?? {}).filter(
    ([name]) =>
      (!KNOWN.has(name) && !taken.has(name)) || (name === 'office' && !isOffice && office !== undefined),
  );
  const corpus = {
    labels: get('labels', readLabels),
    group: get('group', readString),
    split: get('split', readString),
    provenance: provenance.kind,
    extra: Object.fromEntries([
      ...extra,
      ...(provenance.details ? [['provenance', provenance.details]] : []),
    ]),
  };
  return recordPatent('jsonl', facts, texts, corpus, gaps, document, context);
}

function parseRecord(document: DocumentText, context: ReadingContext): JsonNode {
  const { text, start } = document;
  const refuse = (span: Span, detail: string, remedy?: string): never => {
    throw recordMalformed(context.file, positionAt(text, span.start, start), detail, remedy);
  };
  const source: JsonSource = {
    text,
    mapped: (literal) => stringText(text, literal, start.offset),
    refuse: (span, detail) => refuse(span, detail),
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { at, detail } = jsonProblem(text);
    refuse(
      { start: at, end: at },
      `The line is not valid JSON: ${detail}.`,
      'Correct this line, or remove it if it is the torn end of an interrupted write. The other records were read.',
    );
  }
  const first = isObject(value) ? text.indexOf('{') : 0;
  return new JsonNode(source, value, { start: first, end: text.length });
}
