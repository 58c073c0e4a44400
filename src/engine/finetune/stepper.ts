/**
 * Steps of a training, whatever it learns: the gradient of one run or the sum over several, then the update. The state
 * stays where the steps are computed.
 */
import type { Feeds } from '../../core/graph/compute.ts';
import type { Graph } from '../../core/graph/tensor.ts';
import { correction, type OptimiserOptions } from '../../core/learning/finetune/optimiser.ts';
import type { Layout } from '../../core/learning/finetune/parameters.ts';
import { updateGraph } from '../../core/learning/finetune/step.ts';
import {
  numberOf,
  onnxCompute,
  vectorOf,
  type EngineCompute,
  type HeldResults,
  type HoldingExecutable,
} from '../onnx/compute.ts';
import { Kept } from '../kept.ts';
import { release, type Vector } from '../onnx/held.ts';

/** What a training is at after some steps; flat vectors of one size. @typeParam V where they are: in memory at rest */
export interface TrainingState<V = Float32Array> {
  readonly parameters: V;
  readonly first: V;
  readonly second: V;
}

/** Where the steps are computed. */
export type PlacedState = TrainingState<Vector>;

/** Nothing learned yet. */
export const stateAt = (parameters: Float32Array): TrainingState => ({
  parameters,
  first: new Float32Array(parameters.length),
  second: new Float32Array(parameters.length),
});

export interface StepResult {
  /** Over all runs. */
  readonly loss: number;
  /** Of the gradient, before clipping. */
  readonly norm: number;
  readonly state: PlacedState;
}

/** What one run of a graph reads beside the state. */
export interface StepRun {
  /** Of the graph. */
  readonly length: number;
  readonly feeds: Feeds;
}

export interface StepperSetting {
  readonly layout: Layout;
  readonly optimiser: OptimiserOptions;
  /** Runs of one step. */
  readonly accumulate: number;
  /**
   * For a length: a graph with the output `loss` and, with one run a step, the new state; with several, `newSum`, the
   * gradient added to the input `sum`.
   */
  readonly graphAt: (length: number) => Graph;
  readonly compute?: EngineCompute | undefined;
}

const NEW_STATE = ['newParameters', 'newFirst', 'newSecond'];
const NEW_SUM = ['newSum'];

export class Stepper {
  readonly #setting: StepperSetting;
  readonly #compute: EngineCompute;
  /** By length. */
  readonly #steps: Kept<number, HoldingExecutable>;
  readonly #update: Kept<'update', HoldingExecutable>;

  constructor(setting: StepperSetting) {
    const { graphAt, accumulate, compute = onnxCompute } = setting;
    this.#setting = setting;
    this.#compute = compute;
    const held = accumulate > 1 ? NEW_SUM : NEW_STATE;
    this.#steps = new Kept((length) => compute.compileHolding(graphAt(length), held));
    this.#update = new Kept(() => compute.compileHolding(this.#updateGraph(), NEW_STATE));
  }

  /** Those that steps of these lengths take, all loaded together. */
  graphs(lengths: readonly number[]): readonly Graph[] {
    const { graphAt, accumulate } = this.#setting;
    return [...lengths.map(graphAt), ...(accumulate > 1 ? [this.#updateGraph()] : [])];
  }

  /**
   * One update from all runs together. What a device holds of the given state is freed.
   * @param step from 1
   */
  async step(state: PlacedState, runs: readonly StepRun[], rate: number, step: number): Promise<StepResult> {
    const { optimiser, accumulate, layout } = this.#setting;
    const { parameters, first, second } = state;
    const numbers = {
      rate: Float32Array.of(rate),
      firstCorrection: Float32Array.of(correction(optimiser.betas[0], step)),
      secondCorrection: Float32Array.of(correction(optimiser.betas[1], step)),
    };
    let sum: Vector = new Float32Array(accumulate > 1 ? layout.size : 0);
    let loss = 0;
    try {
      for (const { length, feeds } of runs) {
        const executable = await this.#steps.at(length);
        const results = await executable.run({ ...feeds, ...numbers, parameters, first, second, sum });
        loss += numberOf(results, 'loss');
        if (accumulate === 1) return { loss, ...updated(state, results) };
        release(sum);
        sum = vectorOf(results, 'newSum');
      }
      const update = await this.#update.at('update');
      return { loss, ...updated(state, await update.run({ ...numbers, parameters, first, second, sum })) };
    } finally {
      release(sum);
    }
  }

  /** Onto the device, where the steps are computed on one. */
  async place({ parameters, first, second }: TrainingState): Promise<PlacedState> {
    return {
      parameters: await this.#compute.place(parameters),
      first: await this.#compute.place(first),
      second: await this.#compute.place(second),
    };
  }

  async read({ parameters, first, second }: PlacedState): Promise<TrainingState> {
    return {
      parameters: await this.#compute.read(parameters),
      first: await this.#compute.read(first),
      second: await this.#compute.read(second),
    };
  }

  async release(): Promise<void> {
    await this.#steps.release();
    await this.#update.release();
    await this.#compute.release();
  }

  #updateGraph(): Graph {
    return updateGraph(this.#setting, this.#setting.optimiser);
  }
}

function updated(before: PlacedState, results: HeldResults): Omit<StepResult, 'loss'> {
  releaseState(before);
  return {
    norm: numberOf(results, 'norm'),
    state: {
      parameters: vectorOf(results, 'newParameters'),
      first: vectorOf(results, 'newFirst'),
      second: vectorOf(results, 'newSecond'),
    },
  };
}

export const releaseState = (state: PlacedState): void => Object.values(state).forEach(release);
