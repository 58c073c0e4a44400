/** UI state of the review that survives hiding it. */
import type { Filter } from './rows.ts';

export interface SavedState {
  readonly filter: Filter;
  /** Key of the output in front. */
  readonly current: string | undefined;
  readonly scroll: number;
  readonly targetsOpen: boolean;
  readonly factsOpen: boolean;
}
