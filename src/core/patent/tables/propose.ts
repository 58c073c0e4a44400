/**
 * Proposes what the columns of a table mean: by the names of the database it comes from, else by usual names, else by
 * what the cells look like. The last is a guess, which counts only once a person has seen it.
 */
import type { AppliedMapping } from './apply.ts';
import { contentField } from './content.ts';
import { columnNames, plainName, USUAL_NAMES } from './header-names.ts';
import type { ColumnMapping, MappingProposal, ProposalBasis, ProposedColumn, TableField } from './mapping.ts';
import { TABLE_FIELDS } from './mapping.ts';
import { detectVendor, VENDORS } from './vendors.ts';
import type { VendorProfile } from './vendors/profile.ts';

export const TEXT_FIELDS = [
  'title',
  'abstract',
  'claims',
  'description',
] as const satisfies readonly TableField[];

/** Samples shown for a column, and their length. [ours] */
const SAMPLES = 3;
const SAMPLE_LENGTH = 80;

interface Meaning {
  readonly field: TableField;
  readonly basis: ProposalBasis;
}

/**
 * @param header cells of the header row
 * @param sampleRows rows behind it, for meanings that only the content shows
 */
export function proposeMapping(
  header: readonly string[],
  sampleRows: readonly (readonly string[])[] = [],
): MappingProposal {
  const names = columnNames(header);
  const own = isOwnTable(names);
  const vendor = tableVendor(names);
  const meanings = new Map<number, Meaning>();
  const columns: Partial<Record<TableField, string[]>> = {};
  const assign = (field: TableField, found: readonly number[], basis: ProposalBasis): void => {
    if (found.length === 0) return;
    columns[field] = found.map((index) => names[index] ?? '');
    for (const index of found) meanings.set(index, { field, basis });
  };
  const barred = new Set(vendor?.meaningless?.map(plainName));
  const free = (index: number): boolean =>
    !meanings.has(index) && (barred.size === 0 || !barred.has(plainName(names[index] ?? '')));
  const places = placesByName(names);
  for (const field of vendor ? TABLE_FIELDS : []) {
    assign(field, vendorColumns(vendor, field, places).filter(free), 'vendor');
  }
  for (const field of TABLE_FIELDS) {
    if (columns[field]) continue;
    // A table of ours names its fields as they are; what else it holds is the person's own.
    const found = own ? [names.indexOf(field)].filter((index) => index >= 0) : usualColumns(field, places);
    assign(field, found.filter(free), 'name');
  }
  for (const index of names.keys()) {
    if (!free(index) || sampleRows.length === 0) continue;
    const cells = sampleRows.map((row) => row[index] ?? '').filter((cell) => cell.trim() !== '');
    const field = contentField(cells, names[index] ?? '');
    if (field !== undefined && !columns[field]) assign(field, [index], 'content');
  }
  const proposed = names.map((name, index) => proposedColumn(name, meanings.get(index), index, sampleRows));
  return { ...(vendor ? { vendor: vendor.name } : {}), columns: proposed, mapping: { columns } };
}

/** What of a proposal may be applied without a person having seen it. */
export function silentMapping({ columns, mapping }: MappingProposal): ColumnMapping {
  const guessed = new Set(columns.filter(({ basis }) => basis === 'content').map(({ name }) => name));
  const kept = Object.entries(mapping.columns).filter(
    ([, names]) => !names.some((name) => guessed.has(name)),
  );
  return { ...mapping, columns: Object.fromEntries(kept) };
}

/** The fields that a row's cells name, if it is a header row. */
export function recognisedFields(cells: readonly string[]): ReadonlySet<TableField> {
  if (!cells.some((cell) => NAMES_OF_ALL.has(plainName(cell.slice(0, 100))))) return new Set();
  return new Set(proposeMapping(cells).columns.flatMap(({ field }) => field ?? []));
}

/** Tables that Patent Lab has written; columns that it has kept from an export do not make them that export. */
export const isOwnTable = (names: readonly string[]): boolean =>
  names[0] === 'id' && names.includes('provenance');

/** The database a table comes from. */
export const tableVendor = (names: readonly string[]): VendorProfile | undefined =>
  isOwnTable(names) ? undefined : detectVendor(names);

const USUAL_PLAIN: ReadonlyMap<TableField, readonly string[]> = new Map(
  TABLE_FIELDS.map((field) => [field, [field, ...USUAL_NAMES[field]].map(plainName)]),
);

/** Every name that anyone gives a column. */
const NAMES_OF_ALL: ReadonlySet<string> = new Set([
  ...[...USUAL_PLAIN.values()].flat(),
  ...VENDORS.flatMap(({ columns, joined }) =>
    [...Object.values(columns), ...Object.values(joined ?? {})].flat().map(plainName),
  ),
]);

/** Index of a column by its plain name; of equal names the first counts. */
function placesByName(names: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const plain = plainName(name);
    if (!places.has(plain)) places.set(plain, index);
  }
  return places;
}

const firstOf = (names: readonly string[], places: ReadonlyMap<string, number>): number[] =>
  names.flatMap((name) => places.get(name) ?? []).slice(0, 1);

const usualColumns = (field: TableField, places: ReadonlyMap<string, number>): number[] =>
  firstOf(USUAL_PLAIN.get(field) ?? [], places);

function vendorColumns(
  vendor: VendorProfile | undefined,
  field: TableField,
  places: ReadonlyMap<string, number>,
): number[] {
  const joined = (vendor?.joined?.[field] ?? []).flatMap((name) => places.get(plainName(name)) ?? []);
  return joined.length > 0 ? joined : firstOf((vendor?.columns[field] ?? []).map(plainName), places);
}

/** Columns of a database's table that hold a text as well but are mapped to nothing, best first. */
export function spareColumns(
  { names, fields, others }: Pick<AppliedMapping, 'names' | 'fields' | 'others'>,
  vendor: VendorProfile | undefined,
): ReadonlyMap<TableField, readonly number[]> {
  const places = placesByName(names);
  const free = new Set(others);
  return new Map(
    TEXT_FIELDS.filter((field) => fields.has(field)).map((field) => [
      field,
      (vendor?.columns[field] ?? []).flatMap((name) => {
        const index = places.get(plainName(name));
        return index !== undefined && free.has(index) ? [index] : [];
      }),
    ]),
  );
}

function proposedColumn(
  name: string,
  meaning: Meaning | undefined,
  index: number,
  rows: readonly (readonly string[])[],
): ProposedColumn {
  const samples = rows
    .map((row) => (row[index] ?? '').trim())
    .filter((cell) => cell !== '')
    .slice(0, SAMPLES)
    .map((cell) => (cell.length > SAMPLE_LENGTH ? `${cell.slice(0, SAMPLE_LENGTH - 1)}…` : cell));
  return { name, ...meaning, samples };
}
