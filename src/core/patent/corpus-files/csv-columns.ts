/** Recognises the columns of a table by the names that exports commonly give them. */

export const COLUMNS = [
  'id',
  'title',
  'abstract',
  'claims',
  'description',
  'labels',
  'group',
  'split',
  'provenance',
] as const;
export type Column = (typeof COLUMNS)[number];

const NAMES: Readonly<Record<Column, readonly string[]>> = {
  id: [
    ...['id', 'docid', 'documentid', 'patentid', 'patentnumber', 'publicationnumber', 'pubnumber', 'pubno'],
    ...['ucid', 'patent', 'patentno', 'publicationid', 'displaykey', 'lensid'],
  ],
  title: ['title', 'patenttitle', 'inventiontitle', 'documenttitle', 'titel', 'titre'],
  abstract: ['abstract', 'patentabstract', 'abstracttext', 'text', 'zusammenfassung', 'abrege'],
  claims: [
    'claims',
    'claim',
    'claimtext',
    'claimstext',
    'patentclaims',
    'firstclaim',
    'anspruche',
    'revendications',
  ],
  description: ['description', 'descriptiontext', 'patentdescription', 'fulltext', 'body', 'beschreibung'],
  labels: ['labels', 'label', 'categories', 'category', 'classes', 'class', 'tags', 'tag'],
  group: ['group', 'groupid', 'family', 'familyid', 'patentfamily', 'simplefamilyid'],
  split: ['split', 'set', 'fold', 'partition', 'subset'],
  provenance: ['provenance'],
};

/** Column index by meaning; where two columns fit, the first one counts. */
export function recogniseColumns(header: readonly string[]): ReadonlyMap<Column, number> {
  const found = new Map<Column, number>();
  const plain = header.map(plainName);
  for (const column of COLUMNS) {
    const candidates = NAMES[column].map((name) => plain.indexOf(name)).filter((index) => index >= 0);
    const [first] = candidates.sort((a, b) => a - b);
    if (first !== undefined) found.set(column, first);
  }
  return found;
}

export const TEXT_COLUMNS: readonly Column[] = ['title', 'abstract', 'claims', 'description'];

function plainName(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
