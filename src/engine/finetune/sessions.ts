/** The graphs of a training, one a bucket length, compiled when first needed. */
import os from 'node:os';
import { PatentLabError } from '../../core/errors.ts';
import { result, type Compute, type Executable, type Feeds, type Results } from '../../core/graph/compute.ts';
import { importEncoder, type ImportedEncoder } from '../../core/graph/import/encoder.ts';
import { memoryNeed } from '../../core/graph/memory.ts';
import type { Graph } from '../../core/graph/tensor.ts';
import { correction, type OptimiserOptions } from '../../core/learning/finetune/optimiser.ts';
import {
  accumulationGraph,
  forwardGraph,
  stepGraph,
  updateGraph,
  type Model,
} from '../../core/learning/finetune/step.ts';
import { lossRowName } from '../../core/learning/losses/loss.ts';
import { onnxCompute } from '../onnx/compute.ts';
import type { BaseModel } from './base.ts';
import { encoderFeeds } from './texts.ts';

/** What a training is at after some steps. */
export interface TrainingState {
  readonly parameters: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

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

export interface StepResult {
  readonly loss: number;
  readonly norm: number;
  readonly state: TrainingState;
}

/** ONNX Runtime packs weights for its products besides keeping them. [measured] */
export const WEIGHT_COPIES = 2;

export class Sessions {
  readonly #base: BaseModel;
  readonly #model: Omit<Model, 'encoder' | 'pooling'>;
  readonly #batch: number;
  readonly #options: OptimiserOptions;
  readonly #accumulate: number;
  readonly #compute: Compute;
  readonly #steps = new Map<number, Promise<Executable>>();
  readonly #forwards = new Map<number, Promise<Executable>>();

  #update: Promise<Executable> | undefined;

  /** @param accumulate whether steps are of several batches */
  constructor(
    base: BaseModel,
    model: Omit<Model, 'encoder' | 'pooling'>,
    batch: number,
    options: OptimiserOptions,
    accumulate = 1,
    compute: Compute = onnxCompute,
  ) {
    this.#base = base;
    this.#model = model;
    this.#batch = batch;
    this.#options = options;
    this.#accumulate = accumulate;
    this.#compute = compute;
  }

  /** Bytes that training with these bucket lengths needs at most; the graphs stay loaded together. */
  memoryNeed(lengths: readonly number[]): number {
    const graphs = lengths.map((length) => this.#stepAt(length));
    if (this.#accumulate > 1) graphs.push(this.#updateGraph());
    return graphs.reduce((total, graph) => {
      const { constants, peak } = memoryNeed(graph);
      return total + WEIGHT_COPIES * constants + peak;
    }, 0);
  }

  /** One update from the mean over all texts of the batches. */
  async step(state: TrainingState, { batches, rate, step }: StepInput): Promise<StepResult> {
    const numbers: Feeds = {
      ...state,
      rate: Float32Array.of(rate),
      firstCorrection: Float32Array.of(correction(this.#options.betas[0], step)),
      secondCorrection: Float32Array.of(correction(this.#options.betas[1], step)),
    };
    const texts = batches.reduce((total, { windows }) => total + windows.length, 0);
    let sum = new Float32Array(this.#accumulate > 1 ? state.parameters.length : 0);
    let loss = 0;
    for (const batch of batches) {
      const executable = await this.#compiled(this.#steps, batch.length, () => this.#stepAt(batch.length));
      const results = await executable.run({
        ...this.#padded(batch, texts),
        ...numbers,
        keep: batch.keep,
        sum,
      });
      loss += result(results, 'loss')[0] ?? Number.NaN;
      if (this.#accumulate === 1) return { loss, ...updatedState(results) };
      sum = Float32Array.from(result(results, 'newSum'));
    }
    this.#update ??= this.#compute.compile(this.#updateGraph());
    return { loss, ...updatedState(await (await this.#update).run({ ...numbers, sum })) };
  }

  /** What a window adds to its text's embedding, `[dimension]`. */
  async sum(parameters: Float32Array, window: Int32Array, length: number): Promise<Float32Array> {
    const executable = await this.#compiled(this.#forwards, length, () => forwardGraph(this.#at(length, 1)));
    return result(await executable.run({ ...encoderFeeds([window], length), parameters }), 'sums');
  }

  async release(): Promise<void> {
    const compiled = [...this.#steps.values(), ...this.#forwards.values(), this.#update];
    for (const one of compiled) await (await one)?.release();
    this.#update = undefined;
    this.#steps.clear();
    this.#forwards.clear();
  }

  #stepAt(length: number): Graph {
    const model = this.#at(length, this.#batch);
    return this.#accumulate > 1 ? accumulationGraph(model) : stepGraph(model, this.#options);
  }

  #updateGraph(): Graph {
    return updateGraph(this.#model, this.#options);
  }

  /** Missing rows repeat the first one and weigh nothing. @param texts of the whole step */
  #padded({ windows, length, targets, offsets, shares, lossRows = [] }: BatchInput, texts: number): Feeds {
    const { labels } = this.#model;
    const rows = Array.from(
      { length: this.#batch },
      (_, row) => windows[row] ?? windows[0] ?? new Int32Array(),
    );
    const filledUp = (rowsOfLabels: Float32Array): Float32Array => {
      const all = new Float32Array(this.#batch * labels);
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
    const { pooling } = this.#base.spec;
    return { ...this.#model, pooling, encoder: encoderAt(this.#base, batch, length) };
  }

  #compiled(
    known: Map<number, Promise<Executable>>,
    length: number,
    graph: () => Graph,
  ): Promise<Executable> {
    const made = known.get(length) ?? this.#compute.compile(graph());
    known.set(length, made);
    return made;
  }
}

/** What a graph that ends in an update gives. */
export const updatedState = (results: Results): Omit<StepResult, 'loss'> => ({
  norm: result(results, 'norm')[0] ?? Number.NaN,
  state: {
    parameters: result(results, 'newParameters'),
    first: result(results, 'newFirst'),
    second: result(results, 'newSecond'),
  },
});

/** The smallest graph will do where only the weights, their names and shapes matter. */
export const FEW_TOKENS = 8;

export const encoderAt = ({ source, spec }: BaseModel, batch: number, length: number): ImportedEncoder =>
  importEncoder(source, { batch, length }, spec.output);

const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GB`;

/** @throws `memory-insufficient` before anything is computed */
export function requireMemory(needed: number, free = os.freemem()): void {
  if (needed <= free) return;
  throw new PatentLabError({
    code: 'memory-insufficient',
    message: `This training needs about ${gigabytes(needed)} of memory; ${gigabytes(free)} are free.`,
    remedy:
      'Choose smaller batches (training.batch in patent-lab.json, or --batch), a shorter view, or the method lora.',
  });
}
