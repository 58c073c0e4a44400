/** Rows of a figure in the order that a person chose: the first of them, or all. */
import { useMemo, useState } from 'preact/hooks';
import { FIRST_ROWS } from './figure-table.tsx';
import { sortBy, type Sort } from './sort.ts';

export interface OrderedRows<Row, Column extends string> {
  readonly shown: readonly Row[];
  /** Of a {@link FigureTable} over them. */
  readonly table: {
    readonly total: number;
    readonly all: boolean;
    readonly onAll: (all: boolean) => void;
    readonly sort: Sort<Column>;
    readonly onSort: (column: Column) => void;
  };
}

/** @param order must be the same function from one rendering to the next */
export function useOrderedRows<Row, Column extends string>(
  rows: readonly Row[],
  sort: Sort<Column>,
  setSort: (sort: Sort<Column>) => void,
  order: (rows: readonly Row[], sort: Sort<Column>) => readonly Row[],
): OrderedRows<Row, Column> {
  const [all, setAll] = useState(false);
  const ordered = useMemo(() => order(rows, sort), [rows, sort, order]);
  const shown = useMemo(() => (all ? ordered : ordered.slice(0, FIRST_ROWS)), [ordered, all]);
  return {
    shown,
    table: {
      total: ordered.length,
      all,
      onAll: setAll,
      sort,
      // Names from A on, figures from the largest on.
      onSort: (column) => setSort(sortBy(sort, column, column === 'label' ? 'ascending' : 'descending')),
    },
  };
}
