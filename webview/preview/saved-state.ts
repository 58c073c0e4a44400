/** What a preview remembers while it is hidden, and across restarts: the host restores it by its document. */
export interface SavedState {
  readonly uri: string;
  readonly scroll: number;
  /** Which language version is shown. */
  readonly version: number;
  /** Whether the citations are shown. */
  readonly citations: boolean;
}
