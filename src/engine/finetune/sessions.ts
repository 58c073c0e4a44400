/** The graphs of a training, one a bucket length, compiled when first needed. */
import os from 'node:os';
import { PatentLabError } from '../../core/errors.ts';
import { result, type Executable, type Feeds } from '../../core/graph/compute.ts';
import { importEncoder, type ImportedEncoder } from '../../core/graph/import/encoder.ts';
import { memoryNeed } from '../../core/graph/memory.ts';
import type { Graph } from '../../core/graph/tensor.ts';
import { correction, type OptimiserOptions } from '../../core/learning/finetune/optimiser.ts';
import { forwardGraph, stepGraph, type Model } from '../../core/learning/finetune/step.ts';
import { onnxCompute } from '../onnx/compute.ts';
import type { BaseModel } from './base.ts';
import { encoderFeeds } from './texts.ts';

/** What a training is at after some steps. */
export interface TrainingState {
  readonly parameters: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

export interface StepInput {
  /** At most as many as the batch size. */
  readonly windows: readonly Int32Array[];
  readonly length: number;
  /** 0/1, row-major `[windows, labels]`. */
  readonly targets: Float32Array;
  /** What each logit holds that is not trained, row-major `[windows, labels]`. */
  readonly offsets: Float32Array;
  /** Dropout, row-major `[batch, dimension]`. */
  readonly keep: Float32Array;
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
const WEIGHT_COPIES = 2;

export class Sessions {
  readonly #base: BaseModel;
  readonly #model: Omit<Model, 'encoder'>;
  readonly #batch: number;
  readonly #options: OptimiserOptions;
  readonly #steps = new Map<number, Promise<Executable>>();
  readonly #forwards = new Map<number, Promise<Executable>>();

  constructor(base: BaseModel, model: Omit<Model, 'encoder'>, batch: number, options: OptimiserOptions) {
    this.#base = base;
    this.#model = model;
    this.#batch = batch;
    this.#options = options;
  }

  /** Bytes that training with these bucket lengths needs at most; the graphs stay loaded together. */
  memoryNeed(lengths: readonly number[]): number {
    return lengths.reduce((total, length) => {
      const { constants, peak } = memoryNeed(stepGraph(this.#at(length, this.#batch), this.#options));
      return total + WEIGHT_COPIES * constants + peak;
    }, 0);
  }

  async step(state: TrainingState, input: StepInput): Promise<StepResult> {
    const executable = await this.#compiled(this.#steps, input.length, () =>
      stepGraph(this.#at(input.length, this.#batch), this.#options),
    );
    const results = await executable.run({
      ...this.#padded(input),
      ...state,
      keep: input.keep,
      rate: Float32Array.of(input.rate),
      firstCorrection: Float32Array.of(correction(this.#options.betas[0], input.step)),
      secondCorrection: Float32Array.of(correction(this.#options.betas[1], input.step)),
    });
    return {
      loss: result(results, 'loss')[0] ?? Number.NaN,
      norm: result(results, 'norm')[0] ?? Number.NaN,
      state: {
        parameters: result(results, 'newParameters'),
        first: result(results, 'newFirst'),
        second: result(results, 'newSecond'),
      },
    };
  }

  /** Hidden states of a window's tokens added up, `[dimension]`. */
  async sum(parameters: Float32Array, window: Int32Array, length: number): Promise<Float32Array> {
    const executable = await this.#compiled(this.#forwards, length, () => forwardGraph(this.#at(length, 1)));
    return result(await executable.run({ ...encoderFeeds([window], length), parameters }), 'sums');
  }

  async release(): Promise<void> {
    for (const one of [...this.#steps.values(), ...this.#forwards.values()]) await (await one).release();
    this.#steps.clear();
    this.#forwards.clear();
  }

  /** Missing rows repeat the first one and weigh nothing. */
  #padded({ windows, length, targets, offsets }: StepInput): Feeds {
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
    const weights = Float32Array.from(rows, (_, row) => (row < windows.length ? 1 / windows.length : 0));
    return {
      ...encoderFeeds(rows, length),
      targets: filledUp(targets),
      offsets: filledUp(offsets),
      weights,
    };
  }

  #at(length: number, batch: number): Model {
    return { ...this.#model, encoder: encoderAt(this.#base, batch, length) };
  }

  #compiled(
    known: Map<number, Promise<Executable>>,
    length: number,
    graph: () => Graph,
  ): Promise<Executable> {
    const made = known.get(length) ?? onnxCompute.compile(graph());
    known.set(length, made);
    return made;
  }
}

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
