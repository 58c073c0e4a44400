/** What goes between a study and its threads. Units and cells are named by their positions among all units. */
import type { FailedArm } from '../../../core/study/execute.ts';
import type { MeasuredCell } from '../../../core/study/findings/cell.ts';
import type { ErrorReport } from '../../../core/errors.ts';
import type { StudyLayout } from './layout.ts';

/** What a thread is started with. */
export interface ThreadData {
  readonly layout: StudyLayout;
  /** One shared number: 1 from when the work is to stop. */
  readonly stop: Int32Array;
}

export type ThreadJob =
  | { readonly kind: 'train'; readonly units: readonly number[] }
  | { readonly kind: 'measure'; readonly units: readonly number[]; readonly failed: readonly FailedArm[] }
  | { readonly kind: 'end' };

/** Told while a job lasts. */
export type ThreadEvent =
  | { readonly kind: 'unit'; readonly unit: number }
  | { readonly kind: 'done'; readonly unit: number; readonly seconds: number | undefined };

/** The end of a job. */
export type ThreadAnswer =
  | { readonly kind: 'trained'; readonly failed: readonly FailedArm[] }
  | { readonly kind: 'measured'; readonly cell: MeasuredCell | undefined }
  /** `report` where the error is one of ours. */
  | { readonly kind: 'threw'; readonly report?: ErrorReport; readonly error: unknown };
