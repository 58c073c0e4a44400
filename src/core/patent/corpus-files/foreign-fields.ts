/**
 * Records that other tools and data sets write: the same fields under the names they commonly have
 * (`publication_number`, `patent_title`), and texts in several languages in one field (`title_localized`). Only a record
 * without our own names is read so, because a field of the person's own may be called anything.
 */
import { plainName, USUAL_NAMES } from '../tables/header-names.ts';
import { parsePublicationNumber } from '../publication-number.ts';
import { isObject, type JsonNode } from './json-node.ts';

const TEXTS = ['title', 'abstract', 'claims', 'description'] as const;
const FIELDS = ['id', ...TEXTS] as const;
type ForeignField = (typeof FIELDS)[number];

export interface ForeignValue {
  readonly name: string;
  readonly node: JsonNode;
}

/** BigQuery's `patents-public-data.patents.publications`; the Harvard USPTO dataset's `full_description`. */
const NAMES_IN_JSON: Readonly<Record<ForeignField, readonly string[]>> = {
  id: [],
  title: ['title localized'],
  abstract: ['abstract localized'],
  claims: ['claims localized'],
  description: ['full description', 'description localized'],
};

const PLAIN: ReadonlyMap<ForeignField, readonly string[]> = new Map(
  FIELDS.map((field) => [field, [...USUAL_NAMES[field], ...NAMES_IN_JSON[field]].map(plainName)]),
);

/** What stands under other names of the fields that a record does not have under ours. */
export function foreignFields(members: ReadonlyMap<string, JsonNode>): ReadonlyMap<string, ForeignValue> {
  const found = new Map<string, ForeignValue>();
  if (members.has('id') && TEXTS.some((field) => members.has(field))) return found;
  const byName = new Map(Array.from(members, ([name, node]) => [plainName(name), { name, node }] as const));
  for (const field of FIELDS) {
    if (members.has(field)) continue;
    for (const plain of PLAIN.get(field) ?? []) {
      const value = byName.get(plain);
      const node = value && readable(field, value.node);
      if (value === undefined || node === undefined) continue;
      found.set(field, { name: value.name, node });
      break;
    }
  }
  return found;
}

/** The value of a field of this name, if it can be one: names alone say little. */
function readable(field: ForeignField, node: JsonNode): JsonNode | undefined {
  if (node.isString()) return node.value === '' ? undefined : node;
  if (field === 'id') return Number.isSafeInteger(node.value) ? node : undefined;
  const inLanguages = versions(node);
  if (inLanguages !== undefined) return inLanguages;
  const isList = Array.isArray(node.value) && node.value.every((entry) => typeof entry === 'string');
  return isList && (field === 'claims' || field === 'description') ? node : undefined;
}

/** `[{"text": "Stock", "language": "de"}, {"text": "Cane", "language": "en"}]`: the English one, else the first. */
function versions(node: JsonNode): JsonNode | undefined {
  const all = Array.isArray(node.value) && node.value.every(isObject) ? (node.elements() ?? []) : [];
  const read = all.map((element) => element.members());
  const texts = read.map((parts) => parts?.get('text'));
  if (!texts.every((text) => text?.isString())) return undefined;
  const english = read.findIndex((parts) => parts?.get('language')?.value === 'en');
  return texts[Math.max(0, english)];
}

/** The date that the Harvard USPTO dataset writes behind a publication number. */
const DATE_BEHIND = /-\d{8}$/;

/** A number as it is written elsewhere (`US-10123456-B2`) in the spelling of ours; other ids as they are. */
export function foreignId(written: string): string {
  return parsePublicationNumber(written.replace(DATE_BEHIND, ''))?.id ?? written;
}
