/** Chooses and applies a mapping: which columns of a table give which field, and which are kept as they are. */
import { columnNames } from './header-names.ts';
import type { ColumnMapping, RememberedMapping, TableField } from './mapping.ts';
import { TABLE_FIELDS } from './mapping.ts';
import { proposeMapping, silentMapping } from './propose.ts';

export interface AppliedMapping {
  readonly names: readonly string[];
  /** Indices of the columns of each field, in the order their contents are joined. */
  readonly fields: ReadonlyMap<TableField, readonly number[]>;
  /** Indices of the columns that are no field. */
  readonly others: readonly number[];
  /** Columns the mapping names and the table lacks. */
  readonly missing: readonly string[];
}

/** @param header cells of the header row */
export function applyMapping(header: readonly string[], mapping: ColumnMapping): AppliedMapping {
  const names = columnNames(header);
  const fields = new Map<TableField, readonly number[]>();
  const used = new Set<number>();
  const missing: string[] = [];
  for (const field of TABLE_FIELDS) {
    const indices = (mapping.columns[field] ?? []).flatMap((name) => {
      const index = names.indexOf(name);
      if (index < 0) missing.push(name);
      return index < 0 ? [] : [index];
    });
    if (indices.length > 0) fields.set(field, indices);
    for (const index of indices) used.add(index);
  }
  return { names, fields, others: [...names.keys()].filter((index) => !used.has(index)), missing };
}

/** The mapping that counts for a header row: a remembered one, else what vendor and usual names say. */
export function chooseMapping(
  header: readonly string[],
  remembered: readonly RememberedMapping[] = [],
): ColumnMapping {
  return findRemembered(header, remembered) ?? silentMapping(proposeMapping(header));
}

/** The remembered mapping for a header row; of several the last one, which was made last. */
export function findRemembered(
  header: readonly string[],
  remembered: readonly RememberedMapping[],
): RememberedMapping | undefined {
  const own = header.map((cell) => cell.trim());
  return remembered.findLast(({ header: names }) => sameNames(names, own));
}

export const isRemembered = (header: readonly string[], remembered: readonly RememberedMapping[]): boolean =>
  findRemembered(header, remembered) !== undefined;

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, index) => name.trim() === b[index]);
