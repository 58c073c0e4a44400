/** What the panel calls things: meanings of columns, why they are proposed, dates and parts of a record. */
import type { ImportRun, MeaningBasis, TableField } from '../../src/protocol/import-view.ts';
import { integer } from '../ui/format.ts';
import { plural, t } from '../ui/strings.ts';

export function fieldName(field: TableField): string {
  switch (field) {
    case 'id':
      return t('Publication number');
    case 'title':
      return t('Title');
    case 'abstract':
      return t('Abstract');
    case 'claims':
      return t('Claims');
    case 'description':
      return t('Description');
    case 'labels':
      return t('Labels');
    case 'group':
      return t('Group (never split)');
    case 'split':
      return t('Split (train, test)');
    case 'provenance':
      return t('Provenance');
    case 'office':
      return t('Office or country');
    case 'kind':
      return t('Kind code');
    case 'language':
      return t('Language');
    case 'publicationDate':
      return t('Publication date');
    case 'filingDate':
      return t('Filing date');
    case 'application':
      return t('Application number');
    case 'priorities':
      return t('Priority numbers');
    case 'priorityDate':
      return t('Priority date');
    case 'applicants':
      return t('Applicants or owners');
    case 'inventors':
      return t('Inventors');
    case 'ipc':
      return t('IPC codes');
    case 'cpc':
      return t('CPC codes');
    case 'uspc':
      return t('USPC codes');
    case 'locarno':
      return t('Locarno codes');
    case 'citations':
      return t('Cited documents');
    case 'familyId':
      return t('Family number');
    case 'familyMembers':
      return t('Family members');
  }
}

/** Fields as a person looks for them: the text first, then what is known about it. */
export const FIELD_GROUPS: readonly {
  readonly name: () => string;
  readonly fields: readonly TableField[];
}[] = [
  { name: () => t('Text'), fields: ['id', 'title', 'abstract', 'claims', 'description', 'language'] },
  { name: () => t('Labelling'), fields: ['labels', 'group', 'split', 'provenance'] },
  { name: () => t('Classification'), fields: ['cpc', 'ipc', 'uspc', 'locarno'] },
  {
    name: () => t('Dates and numbers'),
    fields: ['publicationDate', 'filingDate', 'priorityDate', 'application', 'priorities', 'office', 'kind'],
  },
  { name: () => t('People'), fields: ['applicants', 'inventors'] },
  { name: () => t('Family and citations'), fields: ['familyId', 'familyMembers', 'citations'] },
];

/** Why a column has its meaning, and whether a person should look at it. */
export function basisText(basis: MeaningBasis, vendor: string | undefined): string {
  switch (basis) {
    case 'vendor':
      return vendor === undefined ? t('the database’s own name') : t('{0}’s own name', vendor);
    case 'name':
      return t('usual name');
    case 'content':
      return t('guessed from the cells – please check');
    case 'remembered':
      return t('remembered');
    case 'chosen':
      return t('your choice');
  }
}

export function dateText(what: 'published' | 'filed' | 'priority', date: string): string {
  switch (what) {
    case 'published':
      return t('published {0}', date);
    case 'filed':
      return t('filed {0}', date);
    case 'priority':
      return t('priority {0}', date);
  }
}

export function amountText(section: 'abstract' | 'claims' | 'description', amount: number): string {
  switch (section) {
    case 'abstract':
      return t('abstract of {0} characters', integer(amount));
    case 'claims':
      return plural(amount, '{0} claim', '{0} claims', integer(amount));
    case 'description':
      return t('description of {0} characters', integer(amount));
  }
}

/** What divides cells, in words. */
export function delimiterName(delimiter: string): string {
  switch (delimiter) {
    case ',':
      return t('comma');
    case ';':
      return t('semicolon');
    case '\t':
      return t('tab');
    default:
      return delimiter;
  }
}

/** `12.4 MB` */
export function sizeText(bytes: number): string {
  if (bytes < 1e6) return t('{0} kB', integer(Math.max(1, Math.round(bytes / 1e3))));
  const value = bytes / 1e6;
  return t('{0} MB', value < 10 ? value.toFixed(1) : integer(Math.round(value)));
}

export const isBusy = (run: ImportRun): boolean => run.kind === 'running';
