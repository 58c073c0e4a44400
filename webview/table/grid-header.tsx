/** The column headers; each is a button that sorts. */
import { Icon } from '../ui/icons.tsx';
import { t } from '../ui/strings.ts';
import { type Column, type Sort, sortBy } from './rows.ts';

interface GridHeaderProps {
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

const COLUMNS: readonly Column[] = ['patent', 'file', 'labels', 'uncertainty'];

export function GridHeader({ sort, onSort }: GridHeaderProps) {
  return (
    <div class="grid-head" role="rowgroup">
      <div class="grid-columns" role="row" aria-rowindex={1}>
        {COLUMNS.map((column) => (
          <div
            key={column}
            class={`cell cell-${column}`}
            role="columnheader"
            data-column={column}
            aria-sort={sort.column === column ? sort.direction : 'none'}
          >
            <button type="button" class="column-button" onClick={() => onSort(sortBy(sort, column))}>
              <span>{columnName(column)}</span>
              {sort.column === column && <Icon name="sorted" class={`sort-icon ${sort.direction}`} />}
            </button>
          </div>
        ))}
      </div>
    </div>
  );
}

function columnName(column: Column): string {
  switch (column) {
    case 'patent':
      return t('Patent');
    case 'file':
      return t('File');
    case 'labels':
      return t('Assigned labels');
    case 'uncertainty':
      return t('Uncertainty');
  }
}
