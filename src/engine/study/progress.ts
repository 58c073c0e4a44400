/** Tells where a study stands while it is trained and measured. */
import type { Unit } from '../../core/study/execute.ts';
import type { StudyProgress } from '../../protocol/study.ts';
import type { Task } from '../task.ts';
import { StudyClock } from './clock.ts';
import type { TrainingWatch } from './crew/worker.ts';

export type OnStudyProgress = (progress: Omit<StudyProgress, 'root'>) => void;

interface Telling {
  /** How many units are trained at a time. */
  readonly size: number;
  /** Seconds of each unit, as estimated. */
  readonly estimates: ReadonlyMap<Unit, number>;
  readonly task: Task;
  readonly onProgress: OnStudyProgress;
}

export class StudyProgressTeller implements TrainingWatch {
  readonly #clock: StudyClock;
  readonly #telling: Telling;
  #done = 0;

  /** @param estimate seconds of the whole study */
  constructor(estimate: number, telling: Telling) {
    this.#clock = new StudyClock(estimate);
    this.#telling = telling;
  }

  onUnit({ arm, regime, schedule, draw }: Unit): void {
    const { task, onProgress, estimates } = this.#telling;
    const message = `${arm.name}, ${regime.name}, seed ${draw.seed}`;
    task.progress(message, this.#done, estimates.size);
    onProgress({
      message,
      arm: arm.id,
      regime: regime.name,
      schedule,
      seed: draw.seed,
      fraction: this.#clock.fraction,
      secondsLeft: this.#clock.secondsLeft,
    });
  }

  onDone(unit: Unit, seconds: number | undefined): void {
    const { size, estimates } = this.#telling;
    this.#done++;
    // While one thread takes its seconds, the others take theirs.
    this.#clock.done((estimates.get(unit) ?? 0) / size, seconds === undefined ? undefined : seconds / size);
  }

  onCell(done: number, total: number): void {
    const message = 'Computing intervals';
    this.#telling.task.progress(message, done, total);
    this.#telling.onProgress({
      message,
      fraction: this.#clock.fraction,
      secondsLeft: this.#clock.secondsLeft * (1 - done / total),
    });
  }
}
