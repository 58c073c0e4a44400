/**
 * Minibatch AdamW (Loshchilov & Hutter 2019) as graphs: several steps, one after the other, are one run, so that neither
 * the parameters nor the optimiser's state leave the runtime between them.
 *
 * The state is kept unscaled, M ← β₁M + g and V ← β₂V + g², which spares two products a step; bias correction and
 * learning rate go into two numbers a step that are computed outside in double precision.
 */
import { add, divide, multiply, squareRoot, subtract } from '../../graph/build.ts';
import { result, type Compute, type Executable, type Feeds } from '../../graph/compute.ts';
import { gradients } from '../../graph/differentiate.ts';
import { elementCount, input, scalar, type Graph, type Tensor, type TensorData } from '../../graph/tensor.ts';
import { lossRowInputs, lossRowName, meanLoss, type Loss } from '../losses/loss.ts';
import type { Network } from './network.ts';

export interface AdamOptions {
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** β₁, β₂ and ε as PyTorch has them. */
const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

/** Steps of one run. More spare little, and a graph of more nodes takes longer to prepare. [ours, measured] */
export const STEPS_PER_RUN = 8;

/** Documents of one step, by position in the features; `weights` is one a document. */
export interface Batch {
  readonly rows: ArrayLike<number>;
  readonly weights?: ArrayLike<number>;
}

export interface StepData {
  /** Row-major `[documents, width]`. */
  readonly features: Float32Array;
  /** Row-major `[documents, labels]`. */
  readonly targets: Float32Array;
}

/** Trains networks of one shape with one loss; the graphs are compiled once. */
export class AdamTrainer {
  readonly #network: Network;
  readonly #loss: Loss;
  readonly #batch: number;
  readonly #options: AdamOptions;
  readonly #many: Executable;
  readonly #one: Executable;

  private constructor(
    setting: { network: Network; loss: Loss; batch: number; options: AdamOptions },
    executables: readonly [Executable, Executable],
  ) {
    this.#network = setting.network;
    this.#loss = setting.loss;
    this.#batch = setting.batch;
    this.#options = setting.options;
    [this.#many, this.#one] = executables;
  }

  static async make(
    compute: Compute,
    network: Network,
    loss: Loss,
    batch: number,
    options: AdamOptions,
  ): Promise<AdamTrainer> {
    const decay = 1 - options.learningRate * options.weightDecay;
    const many = await compute.compile(stepGraph(network, loss, batch, STEPS_PER_RUN, decay));
    const one = await compute.compile(stepGraph(network, loss, batch, 1, decay));
    return new AdamTrainer({ network, loss, batch, options }, [many, one]);
  }

  /**
   * Takes one step for each batch, from `start`, and gives the parameters at the end.
   * @param rows the loss's rows (see {@link Loss.rows})
   * @param onRun called between runs; throw to stop
   */
  async train(
    data: StepData,
    start: readonly Float32Array[],
    batches: readonly Batch[],
    rows: readonly Float32Array[],
    onRun: (steps: number) => Promise<void> | void,
  ): Promise<readonly Float32Array[]> {
    const names = this.#network.parameters.map(({ name }) => name);
    const zero = (): readonly Float32Array[] => start.map(({ length }) => new Float32Array(length));
    let state = { parameters: start, first: zero(), second: zero() };
    const fixed = Object.fromEntries(rows.map((row, at) => [lossRowName(at), row]));
    const slots = Array.from({ length: STEPS_PER_RUN }, () => new Slot(this.#batch, this.#network));
    for (let step = 0; step < batches.length;) {
      const steps = batches.length - step >= STEPS_PER_RUN ? STEPS_PER_RUN : 1;
      const feeds: Record<string, TensorData> = { ...fixed };
      for (let k = 0; k < steps; k++) {
        const batch = batches[step + k];
        if (batch) slots[k]?.fill(batch, data, feeds, k);
        Object.assign(feeds, rates(step + k + 1, k, this.#options));
      }
      names.forEach((name, at) => {
        feeds[name] = state.parameters[at] ?? new Float32Array();
        feeds[`${name}_m`] = state.first[at] ?? new Float32Array();
        feeds[`${name}_v`] = state.second[at] ?? new Float32Array();
      });
      const executable = steps === 1 ? this.#one : this.#many;
      const results = await executable.run(feeds as Feeds);
      state = {
        parameters: names.map((name) => result(results, `new_${name}`)),
        first: names.map((name) => result(results, `new_${name}_m`)),
        second: names.map((name) => result(results, `new_${name}_v`)),
      };
      step += steps;
      await onRun(steps);
    }
    return state.parameters;
  }

  async release(): Promise<void> {
    await this.#many.release();
    await this.#one.release();
  }
}

/** The arrays that one step of a run reads its batch from, filled anew for every run. */
class Slot {
  readonly #x: Float32Array;
  readonly #y: Float32Array;
  readonly #r: Float32Array;
  readonly #size: number;
  readonly #width: number;
  readonly #labels: number;

  constructor(batch: number, { width, labels }: Network) {
    this.#size = batch;
    this.#width = width;
    this.#labels = labels;
    this.#x = new Float32Array(batch * width);
    this.#y = new Float32Array(batch * labels);
    this.#r = new Float32Array(batch);
  }

  /** A batch that is not full is filled up with documents of weight 0, and the others weigh more: the mean is theirs. */
  fill({ rows, weights }: Batch, data: StepData, feeds: Record<string, TensorData>, k: number): void {
    const [width, labels] = [this.#width, this.#labels];
    const share = this.#size / rows.length;
    this.#r.fill(0);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? 0;
      this.#x.set(data.features.subarray(row * width, (row + 1) * width), i * width);
      this.#y.set(data.targets.subarray(row * labels, (row + 1) * labels), i * labels);
      this.#r[i] = share * (weights?.[i] ?? 1);
    }
    feeds[`x${k}`] = this.#x;
    feeds[`y${k}`] = this.#y;
    feeds[`r${k}`] = this.#r;
  }
}

/** The two numbers of a step: the rate with both bias corrections, and ε in the scale of the state. */
function rates(step: number, k: number, { learningRate }: AdamOptions): Record<string, Float32Array> {
  const second = Math.sqrt((1 - BETA_2) / (1 - BETA_2 ** step));
  const rate = (learningRate * (1 - BETA_1)) / ((1 - BETA_1 ** step) * second);
  return { [`rate${k}`]: Float32Array.of(rate), [`epsilon${k}`]: Float32Array.of(EPSILON / second) };
}

/** `steps` steps in a row. Inputs x, y, r, rate and epsilon carry the step's number; outputs are called `new_…`. */
function stepGraph(network: Network, loss: Loss, batch: number, steps: number, decay: number): Graph {
  const rows = lossRowInputs(loss, network.labels);
  let parameters: readonly Tensor[] = network.parameters.map(({ name, shape }) => input(name, shape));
  let first: readonly Tensor[] = network.parameters.map(({ name, shape }) => input(`${name}_m`, shape));
  let second: readonly Tensor[] = network.parameters.map(({ name, shape }) => input(`${name}_v`, shape));
  for (let k = 0; k < steps; k++) {
    const logits = network.logits(input(`x${k}`, [batch, network.width]), parameters);
    const targets = input(`y${k}`, [batch, network.labels]);
    const cost = meanLoss(loss.cells({ logits, targets, rows }), input(`r${k}`, [batch, 1]));
    const slopes = gradients(cost, parameters);
    const [rate, epsilon] = [input(`rate${k}`, []), input(`epsilon${k}`, [])];
    const m = slopes.map((slope, at) => add(multiply(pick(first, at), scalar(BETA_1)), slope));
    const v = slopes.map((slope, at) =>
      add(multiply(pick(second, at), scalar(BETA_2)), multiply(slope, slope)),
    );
    parameters = parameters.map((parameter, at) => {
      const move = divide(multiply(pick(m, at), rate), add(squareRoot(pick(v, at)), epsilon));
      return subtract(decay === 1 ? parameter : multiply(parameter, scalar(decay)), move);
    });
    [first, second] = [m, v];
  }
  return {
    name: `adamw-${network.id}-${loss.id}-${steps}`,
    outputs: Object.fromEntries(
      network.parameters.flatMap(({ name }, at) => [
        [`new_${name}`, pick(parameters, at)],
        [`new_${name}_m`, pick(first, at)],
        [`new_${name}_v`, pick(second, at)],
      ]),
    ),
  };
}

function pick(tensors: readonly Tensor[], at: number): Tensor {
  const tensor = tensors[at];
  if (!tensor) throw new Error(`the network has no parameter ${at}`);
  return tensor;
}

/** Numbers in all parameters. */
export const parameterCount = ({ parameters }: Network): number =>
  parameters.reduce((total, { shape }) => total + elementCount(shape), 0);
