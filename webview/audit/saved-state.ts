/** UI state of the audit report that survives hiding it. */
import type { LabelSelection, OverlapSort, FigureSort, WordsName } from './rows.ts';
import type { PairName } from './figures.tsx';

export interface SavedState {
  readonly scroll: number;
  readonly filter: string;
  readonly selection: LabelSelection;
  readonly words: WordsName;
  readonly overlapSort: OverlapSort;
  readonly figureSort: FigureSort;
  readonly pair: PairName;
}
