/**
 * The rows of the table. Only those in view are in the page; the grid itself has the focus and names its active row,
 * which therefore survives scrolling, sorting and new rows.
 */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TableRow } from '../../src/protocol/table-view.ts';
import { hasModifier, step } from '../ui/roving.ts';
import { useSaved } from '../ui/saved.ts';
import { t } from '../ui/strings.ts';
import type { TableHost } from './app.tsx';
import { GridHeader } from './grid-header.tsx';
import './grid.css';
import { useAnchor } from './anchor.ts';
import { GridRow } from './grid-row.tsx';
import type { Sort } from './rows.ts';
import { pageOf, ROW_HEIGHT, rowWindow, scrollToRow } from '../ui/row-window.ts';

const HEADER_HEIGHT = 28;

interface GridProps {
  readonly rows: readonly TableRow[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly host: TableHost;
  /** Said when there are no rows. */
  readonly empty: string;
}

export function Grid({ rows, sort, onSort, host, empty }: GridProps) {
  const grid = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useSaved(host, 'current', undefined);
  const [scrollTop, setScrollTop] = useState(0);
  const [size, setSize] = useState({ viewport: 600, labels: 300 });
  const index = rows.findIndex((row) => row.key === current);
  const active = index < 0 ? 0 : index;
  const { start, end } = rowWindow(scrollTop, size.viewport, ROW_HEIGHT, rows.length);

  useSize(grid, setSize);
  useAnchor(grid, rows, sort, host);

  const moveTo = (next: number): void => {
    const row = rows[next];
    const element = grid.current;
    if (!row || !element) return;
    setCurrent(row.key);
    element.scrollTop = scrollToRow(next, element.scrollTop, size.viewport, ROW_HEIGHT);
  };

  const open = (row: TableRow): void => {
    setCurrent(row.key);
    host.send({ kind: 'open', key: row.key });
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || hasModifier(event)) return;
    const row = rows[active];
    if (event.key === 'Enter') {
      if (row) open(row);
    } else {
      const next = step(event.key, active, rows.length, pageOf(size.viewport, ROW_HEIGHT));
      if (next === undefined) return;
      moveTo(next);
    }
    event.preventDefault();
  };

  return (
    <div
      ref={grid}
      class="grid"
      role="grid"
      aria-label={t('Classified patents')}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={rows[active] && active >= start && active < end ? rowId(active) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
    >
      <GridHeader sort={sort} onSort={onSort} />
      <div class="grid-body" role="rowgroup" style={{ height: `${rows.length * ROW_HEIGHT}px` }}>
        {rows.slice(start, end).map((row, offset) => (
          <GridRow
            key={row.key}
            id={rowId(start + offset)}
            row={row}
            index={start + offset}
            active={start + offset === active}
            labelsWidth={size.labels}
            onSelect={() => setCurrent(row.key)}
            onOpen={() => open(row)}
          />
        ))}
      </div>
      {rows.length === 0 && <p class="grid-empty muted">{empty}</p>}
    </div>
  );
}

const rowId = (index: number): string => `row-${index}`;

/** Height of the rows' viewport and width of the labels column, kept up to date. */
function useSize(
  grid: { readonly current: HTMLElement | null },
  onSize: (size: { viewport: number; labels: number }) => void,
): void {
  useLayoutEffect(() => {
    const element = grid.current;
    const labels = element?.querySelector('[data-column="labels"]');
    if (!element || !labels) return;
    const measure = (): void =>
      onSize({ viewport: element.clientHeight - HEADER_HEIGHT, labels: labels.clientWidth });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(labels);
    measure();
    return () => observer.disconnect();
  }, [grid]);
}
