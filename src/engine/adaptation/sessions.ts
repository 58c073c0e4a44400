/** The graphs of an adaptation, one a length, compiled when first needed. */
import {
  adaptationAccumulation,
  adaptationEvaluation,
  adaptationStep,
  type AdaptationModel,
} from '../../core/learning/adaptation/graphs.ts';
import type { Method } from '../../core/learning/finetune/method.ts';
import type { OptimiserOptions } from '../../core/learning/finetune/optimiser.ts';
import type { Layout } from '../../core/learning/finetune/parameters.ts';
import { weightsOf, type BaseModel } from '../finetune/base.ts';
import { trainingNeed, type MemoryNeed } from '../finetune/memory.ts';
import { encoderAt } from '../finetune/sessions.ts';
import { Stepper, type PlacedState, type StepResult, type TrainingState } from '../finetune/stepper.ts';
import { numberOf, onnxCompute, type EngineCompute, type HoldingExecutable } from '../onnx/compute.ts';
import { Kept } from '../kept.ts';
import { release } from '../onnx/held.ts';
import { objectiveOf, rowsOf, type Goal, type Run } from './runs.ts';

export interface AdaptationSetting {
  readonly base: BaseModel;
  readonly method: Method;
  readonly layout: Layout;
  readonly goal: Goal;
  /** Documents of one run. */
  readonly batch: number;
  /** Runs of one step. */
  readonly accumulate: number;
  readonly optimiser: OptimiserOptions;
  /** ONNX Runtime on the CPU where nothing is said. */
  readonly compute?: EngineCompute;
}

export class AdaptationSessions {
  readonly #setting: AdaptationSetting;
  readonly #compute: EngineCompute;
  readonly #stepper: Stepper;
  /** By length. */
  readonly #evaluations: Kept<number, HoldingExecutable>;

  constructor(setting: AdaptationSetting) {
    const { layout, optimiser, accumulate, compute = onnxCompute } = setting;
    this.#setting = setting;
    this.#compute = compute;
    this.#evaluations = new Kept((length) =>
      compute.compileHolding(adaptationEvaluation(this.#modelAt(length)), []),
    );
    this.#stepper = new Stepper({
      layout,
      optimiser,
      accumulate,
      compute,
      graphAt: (length) =>
        accumulate > 1
          ? adaptationAccumulation(this.#modelAt(length))
          : adaptationStep(this.#modelAt(length), optimiser),
    });
  }

  /** What training with these lengths needs at most; the graphs stay loaded together. */
  memoryNeed(lengths: readonly number[]): MemoryNeed {
    const { base, layout } = this.#setting;
    const longest = adaptationEvaluation(this.#modelAt(Math.max(...lengths)));
    return trainingNeed([...this.#stepper.graphs(lengths), longest], layout.size, weightsOf(base));
  }

  /**
   * One update from the mean over everything in the runs. What a device holds of the given state is freed.
   * @param step from 1
   */
  step(state: PlacedState, runs: readonly Run[], rate: number, step: number): Promise<StepResult> {
    const count = runs.reduce((total, run) => total + run.count, 0);
    const shared = runs.map(({ length, feeds, weights }) => ({
      length,
      feeds: { ...feeds, weights: weights.map((weight) => weight / count) },
    }));
    return this.#stepper.step(state, shared, rate, step);
  }

  /** Onto the device, where the steps are computed on one. */
  place(state: TrainingState): Promise<PlacedState> {
    return this.#stepper.place(state);
  }

  read(state: PlacedState): Promise<TrainingState> {
    return this.#stepper.read(state);
  }

  /** Runs with these parameters, each summed over everything in it, while `use` runs. */
  async evaluating<T>(parameters: Float32Array, use: (evaluate: Evaluate) => Promise<T>): Promise<T> {
    const placed = await this.#compute.place(parameters);
    try {
      return await use(async ({ length, feeds, weights }) => {
        const executable = await this.#evaluations.at(length);
        const results = await executable.run({ ...feeds, parameters: placed, weights });
        return { loss: numberOf(results, 'loss'), hits: numberOf(results, 'hits') };
      });
    } finally {
      release(placed);
    }
  }

  async release(): Promise<void> {
    await this.#stepper.release();
    await this.#evaluations.release();
  }

  #modelAt(length: number): AdaptationModel {
    const { base, method, layout, goal, batch } = this.#setting;
    const encoder = encoderAt(base, rowsOf(goal, batch), length);
    return { encoder, method, layout, objective: objectiveOf(goal, length, batch) };
  }
}

export type Evaluate = (run: Run) => Promise<{ readonly loss: number; readonly hits: number }>;
