/** UI state of the panel that outlives the page; what is mapped is the host's. */
export interface SavedState {
  /** Only columns whose meaning is missing or guessed are listed. */
  readonly unsureOnly: boolean;
}
