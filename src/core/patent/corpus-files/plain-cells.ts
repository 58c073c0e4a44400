/** The fields of a corpus record as a person would write them into the cells of a table. */
import type { Citation, DocumentNumber, Person } from '../bibliography.ts';
import type { Classification } from '../model.ts';
import type { TableField } from '../tables/mapping.ts';
import { isObject } from './json-node.ts';

const BETWEEN = '; ';

/** Empty where there is nothing, or nothing that a plain cell can say. */
export function plainCell(column: TableField, fields: ReadonlyMap<string, unknown>): string {
  const value = fields.get(column);
  switch (column) {
    case 'id':
    case 'title':
    case 'abstract':
    case 'group':
    case 'split':
    case 'office':
    case 'kind':
    case 'language':
    case 'publicationDate':
    case 'filingDate':
    case 'priorityDate':
      return text(value);
    case 'provenance':
      return value === undefined ? 'real' : text(value);
    case 'claims':
      return list(value).map(claim).join('\n');
    case 'description':
      return list(value).map(text).join('\n');
    case 'labels':
      return list(value).map(text).join(BETWEEN);
    case 'application':
      return isObject(value) ? number(value as DocumentNumber) : '';
    case 'priorities':
      return list(value)
        .map((found) => number(found as DocumentNumber))
        .join(BETWEEN);
    case 'applicants':
    case 'inventors':
      return list(value)
        .map((found) => person(found as Person))
        .join(BETWEEN);
    case 'citations':
      return list(value)
        .map((found) => citation(found as Citation))
        .join(BETWEEN);
    case 'ipc':
    case 'cpc':
    case 'uspc':
    case 'locarno':
      return list(fields.get('classifications'))
        .map((found) => found as Classification)
        .filter(({ scheme }) => scheme.toLowerCase() === column)
        .map(({ code }) => code)
        .join(BETWEEN);
    case 'familyId':
    case 'familyMembers':
      return family(column, fields.get('family'));
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function claim(value: unknown): string {
  if (!isObject(value) || !('number' in value) || !('text' in value)) return text(value);
  return `${String(value.number)}. ${text(value.text)}`;
}

const number = ({ id, date }: DocumentNumber): string => (date === undefined ? id : `${id} ${date}`);

const person = ({ name, country }: Person): string => (country === undefined ? name : `${name} [${country}]`);

const citation = (found: Citation): string => (found.kind === 'patent' ? number(found.document) : found.text);

function family(column: 'familyId' | 'familyMembers', value: unknown): string {
  if (!isObject(value)) return '';
  if (column === 'familyId') return 'id' in value ? text(value.id) : '';
  return 'members' in value
    ? list(value.members)
        .map((found) => number(found as DocumentNumber))
        .join(BETWEEN)
    : '';
}
