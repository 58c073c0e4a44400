/** Who does the work of a study: this thread, or several others beside it. Both come to the same digits. */
import { seedGroupsOf, type FailedArm, type Unit } from '../../../core/study/execute.ts';
import type { MeasuredCell } from '../../../core/study/findings/cell.ts';
import type { ExecutedCell } from '../../../core/study/findings/findings.ts';
import { THREADS } from '../../onnx/runtime.ts';
import type { Task } from '../../task.ts';
import type { StudyLayout, StudyUnits } from './layout.ts';
import { LocalCrew } from './local.ts';
import { ThreadCrew, threadScript } from './threads.ts';
import type { TrainingWatch } from './worker.ts';

export interface CrewWork extends StudyUnits {
  readonly layout: StudyLayout;
  /** Seconds of each unit, as estimated. */
  readonly estimates: ReadonlyMap<Unit, number>;
  readonly task: Task;
}

export interface Crew {
  /** How many units are trained at a time. */
  readonly size: number;
  /** @returns the arms that failed, each once a cell */
  train(watch: TrainingWatch): Promise<readonly FailedArm[]>;
  /** In the order of the cells. */
  measure(
    cells: readonly ExecutedCell[],
    onCell: (done: number) => void,
  ): Promise<readonly (MeasuredCell | undefined)[]>;
  release(): Promise<void>;
}

/** How many units are trained at a time: no more than there are groups that know nothing of each other. */
export const crewSize = (units: readonly Unit[], wanted = THREADS): number =>
  threadScript() === undefined ? 1 : Math.max(1, Math.min(wanted, seedGroupsOf(units).length));

export function makeCrew(work: CrewWork, size: number): Crew {
  const script = threadScript();
  return size > 1 && script !== undefined ? new ThreadCrew(work, size, script) : new LocalCrew(work);
}
