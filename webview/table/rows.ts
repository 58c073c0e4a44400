/** Order, selection and counts of the table's rows. Pure, so that they are pinned by tests. */
import type { TableRow } from '../../src/protocol/table-view.ts';
import { matcher } from '../ui/search.ts';

export type Column = 'patent' | 'file' | 'labels' | 'uncertainty';
export type Direction = 'ascending' | 'descending';

export interface Sort {
  readonly column: Column;
  readonly direction: Direction;
}

/** Most uncertain first: the documents a decision teaches most. */
export const DEFAULT_SORT: Sort = { column: 'uncertainty', direction: 'descending' };

export type Show = 'all' | 'borderline' | 'unlabelled' | 'cut' | 'failed';

export interface Selection {
  readonly filter: string;
  readonly show: Show;
}

export function selectRows(rows: readonly TableRow[], { filter, show }: Selection): readonly TableRow[] {
  const accepts = matcher(filter);
  return rows.filter(
    (row) =>
      shows(row, show) &&
      accepts(row.title, row.id, row.name, row.labels.map((label) => label.name).join(' ')),
  );
}

function shows(row: TableRow, show: Show): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'borderline':
      return row.labels.some((label) => label.status === 'borderline');
    case 'unlabelled':
      return !row.error && !row.labels.some((label) => label.status === 'assigned');
    case 'cut':
      return row.cut;
    case 'failed':
      return row.error !== undefined;
  }
}

/**
 * Rows that failed have no labels and no uncertainty, so they come last when sorting by these, whatever the direction.
 * Equal rows keep the order of the files.
 */
export function sortRows(rows: readonly TableRow[], sort: Sort): readonly TableRow[] {
  const sign = sort.direction === 'ascending' ? 1 : -1;
  const compare = comparison(sort.column);
  const failedLast = sort.column === 'uncertainty' || sort.column === 'labels';
  return [...rows].sort((a, b) => {
    if (failedLast && (a.error !== undefined) !== (b.error !== undefined)) return a.error ? 1 : -1;
    return sign * compare(a, b);
  });
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function comparison(column: Column): (a: TableRow, b: TableRow) => number {
  switch (column) {
    case 'patent':
      return (a, b) => collator.compare(a.title || a.id, b.title || b.id) || collator.compare(a.id, b.id);
    case 'file':
      return (a, b) => collator.compare(a.name, b.name);
    case 'labels':
      return (a, b) => collator.compare(labelKey(a), labelKey(b));
    case 'uncertainty':
      return (a, b) => a.uncertainty - b.uncertainty;
  }
}

/** Assigned labels in their order, so that documents with the same first label stand together. */
function labelKey(row: TableRow): string {
  return row.labels
    .filter((label) => label.status === 'assigned')
    .map((label) => label.name)
    .join('\n');
}

/** What a click on a column's header does: turns the order round, or starts with the column's natural one. */
export function sortBy(current: Sort, column: Column): Sort {
  if (current.column === column) {
    return { column, direction: current.direction === 'ascending' ? 'descending' : 'ascending' };
  }
  return { column, direction: column === 'uncertainty' ? 'descending' : 'ascending' };
}

export interface Counts {
  readonly rows: number;
  readonly labelled: number;
  readonly borderline: number;
  readonly cut: number;
  readonly failed: number;
}

export function countRows(rows: readonly TableRow[]): Counts {
  const counts = { rows: rows.length, labelled: 0, borderline: 0, cut: 0, failed: 0 };
  for (const row of rows) {
    if (row.error) counts.failed += 1;
    if (row.labels.some((label) => label.status === 'assigned')) counts.labelled += 1;
    if (row.labels.some((label) => label.status === 'borderline')) counts.borderline += 1;
    if (row.cut) counts.cut += 1;
  }
  return counts;
}
