/** UI state of the Patent view that survives hiding it. */
export interface SavedState {
  /** Document that `scroll` belongs to. */
  readonly uri: string;
  readonly scroll: number;
  /** Label whose evidence is open; the same one in every document, which makes documents comparable. */
  readonly expanded: string | undefined;
  readonly filter: string;
  readonly showAll: boolean;
  readonly openList: boolean;
  readonly tab: string;
  /** How the Leakage tab shows what was found: in the text, or one under the other. */
  readonly leakageLayout: 'text' | 'list';
}
