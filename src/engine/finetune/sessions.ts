/** The graphs of a fine-tuning, one a bucket length, compiled when first needed. */
import type { Feeds } from '../../core/graph/compute.ts';
import { importEncoder, type ImportedEncoder } from '../../core/graph/import/encoder.ts';
import type { OptimiserOptions } from '../../core/learning/finetune/optimiser.ts';
import { accumulationGraph, forwardGraph, stepGraph, type Model } from '../../core/learning/finetune/step.ts';
import { lossRowName } from '../../core/learning/losses/loss.ts';
import { onnxCompute, vectorOf, type EngineCompute, type HoldingExecutable } from '../onnx/compute.ts';
import { Kept } from '../kept.ts';
import { release } from '../onnx/held.ts';
import { weightsOf, type BaseModel } from './base.ts';
import { trainingNeed, type MemoryNeed } from './memory.ts';
import { Stepper, type PlacedState, type StepResult, type TrainingState } from './stepper.ts';
import { encoderFeeds } from './texts.ts';

/** What one run reads. */
export interface BatchInput {
  /** At most as many as the batch size. */
  readonly windows: readonly Int32Array[];
  readonly length: number;
  /** 0/1, row-major `[windows, labels]`. */
  readonly targets: Float32Array;
  /** What each logit holds that is not trained, row-major `[windows, labels]`. */
  readonly offsets: Float32Array;
  /** Dropout, row-major `[batch, dimension]`. */
  readonly keep: Float32Array;
  /** How much each window counts, with a mean of 1; equally where nothing is said. */
  readonly shares?: ArrayLike<number>;
  /** What the loss knows of the training set, one array a row. */
  readonly lossRows?: readonly Float32Array[];
}

export interface StepInput {
  /** Several only where gradients are accumulated. */
  readonly batches: readonly BatchInput[];
  readonly rate: number;
  /** Of this step, from 1. */
  readonly step: number;
}

export interface SessionsSetting {
  readonly base: BaseModel;
  readonly model: Omit<Model, 'encoder' | 'pooling'>;
  /** Documents of one run. */
  readonly batch: number;
  readonly optimiser: OptimiserOptions;
  /** Batches of one step; 1 where nothing is said. */
  readonly accumulate?: number;
  /** ONNX Runtime on the CPU where nothing is said. */
  readonly compute?: EngineCompute;
}

export class Sessions {
  readonly #setting: SessionsSetting;
  readonly #compute: EngineCompute;
  readonly #stepper: Stepper;
  /** By length. */
  readonly #forwards: Kept<number, HoldingExecutable>;

  constructor(setting: SessionsSetting) {
    const { model, batch, optimiser, accumulate = 1, compute = onnxCompute } = setting;
    this.#setting = setting;
    this.#compute = compute;
    this.#forwards = new Kept((length) => compute.compileHolding(forwardGraph(this.#at(length, 1)), []));
    this.#stepper = new Stepper({
      layout: model.layout,
      optimiser,
      accumulate,
      compute,
      graphAt: (length) =>
        accumulate > 1
          ? accumulationGraph(this.#at(length, batch))
          : stepGraph(this.#at(length, batch), optimiser),
    });
  }

  /** What training with these bucket lengths needs at most; the graphs stay loaded together. */
  memoryNeed(lengths: readonly number[]): MemoryNeed {
    const { base, model } = this.#setting;
    const forwards = lengths.map((length) => forwardGraph(this.#at(length, 1)));
    const graphs = [...this.#stepper.graphs(lengths), ...forwards];
    return trainingNeed(graphs, model.layout.size, weightsOf(base));
  }

  /** One update from the mean over all texts of the batches. What a device holds of the given state is freed. */
  step(state: PlacedState, { batches, rate, step }: StepInput): Promise<StepResult> {
    const texts = batches.reduce((total, { windows }) => total + windows.length, 0);
    const runs = batches.map((batch) => ({
      length: batch.length,
      feeds: { ...this.#padded(batch, texts), keep: batch.keep },
    }));
    return this.#stepper.step(state, runs, rate, step);
  }

  /** Onto the device, where the steps are computed on one. */
  place(state: TrainingState): Promise<PlacedState> {
    return this.#stepper.place(state);
  }

  read(state: PlacedState): Promise<TrainingState> {
    return this.#stepper.read(state);
  }

  /** What windows add to their texts' embeddings by these parameters, `[dimension]`, while `use` runs. */
  async summing<T>(parameters: Float32Array, use: (sum: SumOf) => Promise<T>): Promise<T> {
    const placed = await this.#compute.place(parameters);
    try {
      return await use(async (window, length) => {
        const executable = await this.#forwards.at(length);
        const results = await executable.run({ ...encoderFeeds([window], length), parameters: placed });
        return this.#compute.read(vectorOf(results, 'sums'));
      });
    } finally {
      release(placed);
    }
  }

  async release(): Promise<void> {
    await this.#stepper.release();
    await this.#forwards.release();
  }

  /** Missing rows repeat the first one and weigh nothing. @param texts of the whole step */
  #padded({ windows, length, targets, offsets, shares, lossRows = [] }: BatchInput, texts: number): Feeds {
    const { batch, model } = this.#setting;
    const rows = Array.from({ length: batch }, (_, row) => windows[row] ?? windows[0] ?? new Int32Array());
    const filledUp = (rowsOfLabels: Float32Array): Float32Array => {
      const all = new Float32Array(batch * model.labels);
      all.set(rowsOfLabels);
      return all;
    };
    const weights = Float32Array.from(rows, (_, row) =>
      row < windows.length ? (shares?.[row] ?? 1) / texts : 0,
    );
    return {
      ...encoderFeeds(rows, length),
      targets: filledUp(targets),
      offsets: filledUp(offsets),
      weights,
      ...Object.fromEntries(lossRows.map((values, row) => [lossRowName(row), values])),
    };
  }

  #at(length: number, batch: number): Model {
    const { base, model } = this.#setting;
    return { ...model, pooling: base.spec.pooling, encoder: encoderAt(base, batch, length) };
  }
}

/** What a window adds to its text's embedding. @param length of the graph */
export type SumOf = (window: Int32Array, length: number) => Promise<Float32Array>;

/** The smallest graph will do where only the weights, their names and shapes matter. */
export const FEW_TOKENS = 8;

export const encoderAt = ({ source, spec }: BaseModel, batch: number, length: number): ImportedEncoder =>
  importEncoder(source, { batch, length }, spec.output);
