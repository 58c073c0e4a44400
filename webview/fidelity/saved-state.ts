/** UI state of the fidelity report that survives hiding it. */
import type { SavedScroll } from '../report/mount.tsx';
import type { CellSelection, CellSort } from './cell-rows.ts';
import type { OffenceSelection } from './document-rows.ts';
import type { MapColouring } from './map/colours.ts';
import type { Projection } from './map/layout.ts';

export interface SavedState extends SavedScroll {
  /** Key of the part whose scores are shown. */
  readonly cell: string;
  readonly cellKind: CellSelection;
  readonly cellSort: CellSort;
  readonly projection: Projection;
  readonly colouring: MapColouring;
  readonly mapLayout: 'map' | 'list';
  readonly filter: string;
  readonly offence: OffenceSelection;
}
