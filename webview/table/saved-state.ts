/** UI state of the table that survives hiding it. */
import type { Show, Sort } from './rows.ts';

export interface SavedState {
  readonly filter: string;
  readonly show: Show;
  readonly sort: Sort;
  readonly scroll: number;
  /** Key of the row the keyboard is on. */
  readonly current: string | undefined;
}
