/** The graphs of an adaptation, one a length, compiled when first needed. */
import { result, type Executable, type Feeds } from '../../core/graph/compute.ts';
import { memoryNeed } from '../../core/graph/memory.ts';
import type { Graph } from '../../core/graph/tensor.ts';
import {
  adaptationAccumulation,
  adaptationEvaluation,
  adaptationStep,
  type AdaptationModel,
} from '../../core/learning/adaptation/graphs.ts';
import type { Method } from '../../core/learning/finetune/method.ts';
import { correction, type OptimiserOptions } from '../../core/learning/finetune/optimiser.ts';
import type { Layout } from '../../core/learning/finetune/parameters.ts';
import { updateGraph } from '../../core/learning/finetune/step.ts';
import type { BaseModel } from '../finetune/base.ts';
import {
  encoderAt,
  updatedState,
  WEIGHT_COPIES,
  type StepResult,
  type TrainingState,
} from '../finetune/sessions.ts';
import { onnxCompute } from '../onnx/compute.ts';
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
}

export class AdaptationSessions {
  readonly #setting: AdaptationSetting;
  readonly #compiled = new Map<string, Promise<Executable>>();

  constructor(setting: AdaptationSetting) {
    this.#setting = setting;
  }

  /** Bytes that training with these lengths needs at most; the graphs stay loaded together. */
  memoryNeed(lengths: readonly number[]): number {
    const graphs = lengths.map((length) => this.#stepAt(length));
    if (this.#setting.accumulate > 1) graphs.push(this.#update());
    return graphs.reduce((total, graph) => {
      const { constants, peak } = memoryNeed(graph);
      return total + WEIGHT_COPIES * constants + peak;
    }, 0);
  }

  /** One update from the mean over everything in the runs. @param step from 1 */
  async step(state: TrainingState, runs: readonly Run[], rate: number, step: number): Promise<StepResult> {
    const { optimiser, accumulate } = this.#setting;
    const count = runs.reduce((total, run) => total + run.count, 0);
    const numbers: Feeds = {
      first: state.first,
      second: state.second,
      rate: Float32Array.of(rate),
      firstCorrection: Float32Array.of(correction(optimiser.betas[0], step)),
      secondCorrection: Float32Array.of(correction(optimiser.betas[1], step)),
    };
    const { parameters } = state;
    let sum = new Float32Array(accumulate > 1 ? parameters.length : 0);
    let loss = 0;
    for (const { length, feeds, weights } of runs) {
      const executable = await this.#executable(`step ${length}`, () => this.#stepAt(length));
      const share = weights.map((weight) => weight / count);
      const given = { ...feeds, ...numbers, parameters, weights: share };
      const results = await executable.run({ ...given, sum });
      loss += result(results, 'loss')[0] ?? Number.NaN;
      if (accumulate === 1) return { loss, ...updatedState(results) };
      sum = Float32Array.from(result(results, 'newSum'));
    }
    const update = await this.#executable('update', () => this.#update());
    return { loss, ...updatedState(await update.run({ ...numbers, parameters, sum })) };
  }

  /** Summed over everything in the run. */
  async evaluate(
    parameters: Float32Array,
    { length, feeds, weights }: Run,
  ): Promise<{ readonly loss: number; readonly hits: number }> {
    const executable = await this.#executable(`evaluation ${length}`, () =>
      adaptationEvaluation(this.#modelAt(length)),
    );
    const results = await executable.run({ ...feeds, parameters, weights });
    return {
      loss: result(results, 'loss')[0] ?? Number.NaN,
      hits: result(results, 'hits')[0] ?? Number.NaN,
    };
  }

  async release(): Promise<void> {
    for (const one of this.#compiled.values()) await (await one).release();
    this.#compiled.clear();
  }

  #stepAt(length: number): Graph {
    const { accumulate, optimiser } = this.#setting;
    const model = this.#modelAt(length);
    return accumulate > 1 ? adaptationAccumulation(model) : adaptationStep(model, optimiser);
  }

  #update(): Graph {
    return updateGraph(this.#setting, this.#setting.optimiser);
  }

  #modelAt(length: number): AdaptationModel {
    const { base, method, layout, goal, batch } = this.#setting;
    const encoder = encoderAt(base, rowsOf(goal, batch), length);
    return { encoder, method, layout, objective: objectiveOf(goal, length, batch) };
  }

  #executable(name: string, graph: () => Graph): Promise<Executable> {
    const made = this.#compiled.get(name) ?? onnxCompute.compile(graph());
    this.#compiled.set(name, made);
    return made;
  }
}
