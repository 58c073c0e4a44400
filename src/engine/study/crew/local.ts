/** All of a study's work in the calling thread, one thing after the other. */
import type { FailedArm } from '../../../core/study/execute.ts';
import type { MeasuredCell } from '../../../core/study/findings/cell.ts';
import type { ExecutedCell } from '../../../core/study/findings/findings.ts';
import type { Crew, CrewWork } from './crew.ts';
import { StudyWorker, type TrainingWatch } from './worker.ts';

export class LocalCrew implements Crew {
  readonly size = 1;
  readonly #work: CrewWork;
  readonly #worker: StudyWorker;

  constructor(work: CrewWork) {
    this.#work = work;
    this.#worker = new StudyWorker(work.layout, work, () => work.task.checkpoint());
  }

  train(watch: TrainingWatch): Promise<readonly FailedArm[]> {
    return this.#worker.train(this.#work.units, watch);
  }

  async measure(
    cells: readonly ExecutedCell[],
    onCell: (done: number) => void,
  ): Promise<readonly (MeasuredCell | undefined)[]> {
    const measured: (MeasuredCell | undefined)[] = [];
    for (const cell of cells) {
      measured.push(await this.#worker.measure(cell));
      onCell(measured.length);
    }
    return measured;
  }

  release(): Promise<void> {
    return this.#worker.release();
  }
}
