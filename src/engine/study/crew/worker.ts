/**
 * Trains and measures units of a study, in whatever thread it runs. Everything numeric runs on one thread of ONNX Runtime
 * and takes its random numbers from the plan's seeds, so that it comes to the same digits wherever that is.
 */
import { execute, type FailedArm, type Unit } from '../../../core/study/execute.ts';
import type { MeasuredCell } from '../../../core/study/findings/cell.ts';
import type { ExecutedCell } from '../../../core/study/findings/findings.ts';
import { CellMeasurer } from '../../../core/study/findings/measuring.ts';
import { steadyCompute } from '../../onnx/compute.ts';
import { OutcomeFiles } from '../outcome-store.ts';
import type { StudyLayout, StudyUnits } from './layout.ts';

/** What is told of a training as it goes. */
export interface TrainingWatch {
  /** Before a unit is trained (not before one that was done). */
  onUnit(unit: Unit): void;
  /** @param seconds it took; undefined for one that was done before */
  onDone(unit: Unit, seconds: number | undefined): void;
}

export class StudyWorker {
  readonly #layout: StudyLayout;
  readonly #study: StudyUnits;
  readonly #store: OutcomeFiles;
  readonly #checkpoint: () => Promise<void>;
  #measurer: CellMeasurer | undefined;

  /** @param checkpoint called often; throws to stop */
  constructor(layout: StudyLayout, study: StudyUnits, checkpoint: () => Promise<void>) {
    this.#layout = layout;
    this.#study = study;
    this.#store = new OutcomeFiles(layout.folder);
    this.#checkpoint = checkpoint;
  }

  /** @returns the arms that failed */
  train(units: readonly Unit[], watch: TrainingWatch): Promise<readonly FailedArm[]> {
    let since = performance.now();
    return execute(units, this.#layout.setting, {
      store: this.#store,
      checkpoint: this.#checkpoint,
      onUnit: (unit) => {
        since = performance.now();
        watch.onUnit(unit);
      },
      onDone: (unit, wasKnown) => {
        watch.onDone(unit, wasKnown ? undefined : (performance.now() - since) / 1000);
      },
    });
  }

  measure(cell: ExecutedCell): Promise<MeasuredCell | undefined> {
    const { setting, features } = this.#layout;
    this.#measurer ??= new CellMeasurer(setting, new Map(features.map(({ id, space }) => [id, space])), {
      compute: steadyCompute,
      read: (unit) => this.#store.read(unit),
      checkpoint: this.#checkpoint,
    });
    return this.#measurer.measure(cell);
  }

  async release(): Promise<void> {
    await this.#measurer?.release();
    for (const family of this.#study.families) await family.release();
  }
}
