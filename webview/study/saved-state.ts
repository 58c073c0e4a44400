/** UI state of a study's report that survives hiding it. */
import type { SavedScroll } from '../report/mount.tsx';
import type { ArmSort, Metric } from './arm-rows.ts';
import type { LabelSort, Part } from './label-rows.ts';

export interface SavedState extends SavedScroll {
  /** Key of the shown cell; another report may not have it. */
  readonly cell: string;
  readonly metric: Metric;
  readonly armSort: ArmSort;
  readonly filter: string;
  readonly part: Part;
  readonly labelSort: LabelSort;
  readonly madeOpen: boolean;
}
