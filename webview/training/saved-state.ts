/** UI state of the training panel that survives hiding it. */
export interface SavedState {
  readonly scroll: number;
}
