/** The order of a report's table: by which column, in which direction. */

export interface Sort<Column extends string> {
  readonly column: Column;
  readonly direction: 'ascending' | 'descending';
}

/** What a click on a column's header does: turns the order round, or starts with the column's natural one. */
export function sortBy<Column extends string>(
  current: Sort<Column>,
  column: Column,
  natural: Sort<Column>['direction'],
): Sort<Column> {
  if (current.column !== column) return { column, direction: natural };
  return { column, direction: current.direction === 'ascending' ? 'descending' : 'ascending' };
}

/** Rows without a value come last, whatever the direction; equal ones, and those of the column `label`, stand by name. */
export function sorted<Row extends { readonly name: string }>(
  rows: readonly Row[],
  { column, direction }: Sort<string>,
  value: (row: Row) => number | undefined,
): readonly Row[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return [...rows].sort((a, b) => {
    if (column === 'label') return sign * a.name.localeCompare(b.name);
    const [one, other] = [value(a), value(b)];
    if (one === undefined || other === undefined) {
      return Number(one === undefined) - Number(other === undefined) || a.name.localeCompare(b.name);
    }
    return sign * (one - other) || a.name.localeCompare(b.name);
  });
}
