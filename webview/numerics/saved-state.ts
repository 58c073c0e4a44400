/** UI state of the numerics report that survives hiding it. */
import type { FlipSort } from './rows.ts';

export interface SavedState {
  readonly scroll: number;
  readonly filter: string;
  readonly sort: FlipSort;
}
