/**
 * Names of columns: how two spellings are recognised as one name, and the names that tables of any origin commonly
 * use. What a certain database calls its columns stands in `vendors/`.
 */
import type { TableField } from './mapping.ts';

/** Letters and digits only, without case and accents: `Publication Number` and `publication_number` are one name. */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The names of a header row, each once: the second `Title` is `Title (2)`, a column without a name `column 3`. */
export function columnNames(cells: readonly string[]): string[] {
  const taken = new Set<string>();
  return cells.map((cell, index) => {
    const stated = cell.trim() === '' ? `column ${index + 1}` : cell.trim();
    let name = stated;
    for (let count = 2; taken.has(name); count++) name = `${stated} (${count})`;
    taken.add(name);
    return name;
  });
}

/** In order of preference: where a table has several of them, the first one counts. */
export const USUAL_NAMES: Readonly<Record<TableField, readonly string[]>> = {
  id: [
    ...[
      'id',
      'doc id',
      'document id',
      'patent id',
      'publication number',
      'patent number',
      'pub number',
      'pub no',
    ],
    ...['ucid', 'patent', 'patent no', 'publication id', 'publication no', 'display key', 'lens id'],
    ...[
      'document number',
      'doc number',
      'Veröffentlichungsnummer',
      'numéro de publication',
      '公开号',
      '公報番号',
    ],
  ],
  title: [
    'title',
    'patent title',
    'invention title',
    // Gazettes of the Indian office.
    'title of invention',
    'title of the invention',
    'document title',
    'titel',
    'titre',
    'título',
    '标题',
    '发明名称',
  ],
  abstract: [
    'abstract',
    'patent abstract',
    'abstract text',
    'text',
    'Zusammenfassung',
    'abrégé',
    'resumen',
    '摘要',
  ],
  claims: [
    ...[
      'claims',
      'claim',
      'claim text',
      'claims text',
      'patent claims',
      'first claim',
      'Ansprüche',
      'revendications',
    ],
    ...['权利要求', '請求項'],
  ],
  description: [
    ...[
      'description',
      'description text',
      'patent description',
      'full text',
      'body',
      'Beschreibung',
      '说明书',
    ],
  ],
  labels: ['labels', 'label', 'categories', 'category', 'classes', 'class', 'tags', 'tag'],
  group: ['group', 'group id', 'family', 'family id', 'patent family', 'simple family id'],
  split: ['split', 'set', 'fold', 'partition', 'subset'],
  provenance: ['provenance'],
  office: [
    'office',
    'patent office',
    'publication country',
    'publication country code',
    'authority',
    'jurisdiction',
  ],
  // `wipo kind`, `patent date`: PatentsView.
  kind: ['kind', 'kind code', 'publication kind', 'document kind', 'publication kind code', 'wipo kind'],
  language: ['language', 'lang', 'publication language', 'document language', 'language code'],
  publicationDate: [
    ...['publication date', 'pub date', 'date published', 'date of publication', 'publication/issue date'],
    ...['patent date', 'Veröffentlichungsdatum', '公开日'],
  ],
  filingDate: [
    ...['filing date', 'application date', 'date filed', 'date of filing', 'date of application'],
    ...['filing/application date', 'Anmeldedatum', 'Anmeldetag', '申请日'],
  ],
  application: ['application', 'application number', 'application no', 'Anmeldenummer', '申请号'],
  priorities: ['priorities', 'priority numbers', 'priority number', 'priority no', '优先权号'],
  priorityDate: [
    'priority date',
    'earliest priority date',
    'earliest priority',
    'date of priority',
    'Prioritätsdatum',
    '优先权日',
  ],
  applicants: [
    ...[
      'applicants',
      'applicant',
      'assignees',
      'assignee',
      'patent assignee',
      'proprietor',
      'patentee',
      'patentee name',
      'applicant name',
      'assignee name',
      'Anmelder',
      'déposant',
    ],
    ...['申请人'],
  ],
  inventors: [
    'inventors',
    'inventor',
    'inventor names',
    'inventor name',
    'name of inventor',
    'Erfinder',
    'inventeurs',
    '发明人',
  ],
  ipc: ['ipc', 'ipcr', 'ipc codes', 'ipc classification', 'ipc classifications', 'ipc current'],
  cpc: ['cpc', 'cpc codes', 'cpc classification', 'cpc classifications', 'cpc current'],
  uspc: ['uspc', 'us class', 'us classification', 'us classifications', 'upc'],
  locarno: ['locarno', 'locarno classification', 'loc', 'loc class'],
  citations: ['citations', 'cited patents', 'cited references', 'references cited', 'backward citations'],
  familyId: ['family id', 'patent family id', 'docdb family id', 'simple family id'],
  familyMembers: ['family members', 'simple family members', 'simple family', 'inpadoc family members'],
};
