/** Where the table is scrolled to, while rows come, orders change, and the page is hidden and shown again. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { TableRow } from '../../src/protocol/table-view.ts';
import type { TableHost } from './app.tsx';
import type { Sort } from './rows.ts';
import { ROW_HEIGHT } from '../ui/row-window.ts';

/**
 * New rows sort in above what one looks at; the first row in view then stays where it is. A new order starts at the
 * top, and a page that comes back starts where it was.
 */
export function useAnchor(
  grid: { readonly current: HTMLElement | null },
  rows: readonly TableRow[],
  sort: Sort,
  host: TableHost,
): void {
  const anchor = useRef<{ readonly key: string; readonly offset: number } | undefined>(undefined);
  const sorted = useRef(sort);
  const restored = useRef(false);

  useEffect(() => {
    const element = grid.current;
    if (!element) return;
    let pending = 0;
    const save = (): void => {
      window.clearTimeout(pending);
      pending = window.setTimeout(() => host.save({ scroll: element.scrollTop }), 150);
    };
    element.addEventListener('scroll', save, { passive: true });
    return () => {
      window.clearTimeout(pending);
      element.removeEventListener('scroll', save);
    };
  }, [grid, host]);

  useLayoutEffect(() => {
    const element = grid.current;
    if (!element) return;
    const saved = host.saved().scroll ?? 0;
    if (sorted.current !== sort) {
      sorted.current = sort;
      element.scrollTop = 0;
    } else if (!restored.current && rows.length > 0) {
      restored.current = true;
      element.scrollTop = saved;
    } else if (anchor.current) {
      const { key, offset } = anchor.current;
      const index = rows.findIndex((row) => row.key === key);
      if (index >= 0) element.scrollTop = index * ROW_HEIGHT + offset;
    }
  }, [rows, sort, grid, host]);

  // After each drawing and each scroll: what stands at the top now.
  useLayoutEffect(() => {
    const element = grid.current;
    if (!element) return;
    const note = (): void => {
      const first = Math.floor(element.scrollTop / ROW_HEIGHT);
      const row = element.scrollTop === 0 ? undefined : rows[first];
      anchor.current = row && { key: row.key, offset: element.scrollTop - first * ROW_HEIGHT };
    };
    note();
    element.addEventListener('scroll', note, { passive: true });
    return () => element.removeEventListener('scroll', note);
  }, [rows, grid]);
}
