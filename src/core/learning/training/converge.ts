/**
 * Training until nothing improves: L-BFGS on the whole training set. The labels of a linear classifier are problems of
 * their own, solved in lockstep; a network with a hidden layer is one problem.
 *
 * Minimised is Σ rₙ·lossₙ + λ/2·‖w‖² over distinct documents, r scaled to add up to their number: a document that is
 * merely repeated changes nothing, which is the point of this schedule (METHODS 2).
 */
import { multiply, sum } from '../../graph/build.ts';
import { result, type Compute, type Executable } from '../../graph/compute.ts';
import { gradients } from '../../graph/differentiate.ts';
import { elementCount, input, type Graph, type Tensor } from '../../graph/tensor.ts';
import { minimise } from '../lbfgs.ts';
import { lossRowInputs, lossRowName, type Loss } from '../losses/loss.ts';
import type { Network } from './network.ts';
import type { StepData } from './adamw.ts';

export interface ConvergeOptions {
  /** λ. The inverse of scikit-learn's C. */
  readonly l2: number;
  readonly maxRounds: number;
  readonly tolerance: number;
}

/** Graphs are made for a number of documents; a training set is filled up to the next multiple of this. [ours] */
const ROWS_STEP = 128;

export class ConvergenceTrainer {
  readonly #compute: Compute;
  readonly #network: Network;
  readonly #loss: Loss;
  readonly #options: ConvergeOptions;
  readonly #graphs = new Map<number, Executable>();

  constructor(compute: Compute, network: Network, loss: Loss, options: ConvergeOptions) {
    this.#compute = compute;
    this.#network = network;
    this.#loss = loss;
    this.#options = options;
  }

  /**
   * @param documents positions in the features, each once, with their weights
   * @param onRound called before every round; throw to stop
   * @returns the parameters, and how many rounds it took
   */
  async train(
    data: StepData,
    start: readonly Float32Array[],
    documents: { readonly rows: ArrayLike<number>; readonly weights: ArrayLike<number> },
    lossRows: readonly Float32Array[],
    onRound: () => Promise<void> | void,
  ): Promise<{ readonly parameters: readonly Float32Array[]; readonly rounds: number }> {
    const { width, labels, parameters } = this.#network;
    const count = documents.rows.length;
    const padded = Math.ceil(count / ROWS_STEP) * ROWS_STEP;
    const executable = await this.#graph(padded);
    const x = new Float32Array(padded * width);
    const y = new Float32Array(padded * labels);
    const r = new Float32Array(padded);
    let total = 0;
    for (let i = 0; i < count; i++) total += documents.weights[i] ?? 0;
    for (let i = 0; i < count; i++) {
      const row = documents.rows[i] ?? 0;
      x.set(data.features.subarray(row * width, (row + 1) * width), i * width);
      y.set(data.targets.subarray(row * labels, (row + 1) * labels), i * labels);
      r[i] = ((documents.weights[i] ?? 0) * count) / total;
    }
    const fixed = { x, y, r, ...Object.fromEntries(lossRows.map((row, at) => [lossRowName(at), row])) };
    const layout = layoutOf(this.#network);
    const penalised = penalisedOf(this.#network, layout);
    const { l2, maxRounds, tolerance } = this.#options;
    const current = parameters.map(({ shape }) => new Float32Array(elementCount(shape)));
    const solved = await minimise(
      {
        problems: layout.problems,
        dimension: layout.dimension,
        evaluate: async (values, losses, slopes) => {
          layout.spread(values, current);
          const results = await executable.run({
            ...fixed,
            ...Object.fromEntries(parameters.map(({ name }, at) => [name, current[at] ?? x])),
          });
          layout.gather(
            parameters.map(({ name }) => result(results, `slope_${name}`)),
            slopes,
          );
          const costs = result(results, 'costs');
          for (let p = 0; p < layout.problems; p++) {
            let squares = 0;
            for (let d = 0, at = p * layout.dimension; d < layout.dimension; d++, at++) {
              const value = values[at] ?? 0;
              const share = penalised[d] ?? 1;
              squares += share * value * value;
              slopes[at] = (slopes[at] ?? 0) + l2 * share * value;
            }
            losses[p] = costOf(costs, p, layout.problems) + 0.5 * l2 * squares;
          }
        },
      },
      layout.gathered(start),
      { maxRounds, tolerance, onRound: () => onRound() },
    );
    const end = parameters.map(({ shape }) => new Float32Array(elementCount(shape)));
    layout.spread(solved.parameters, end);
    return { parameters: end, rounds: solved.rounds };
  }

  async release(): Promise<void> {
    for (const executable of this.#graphs.values()) await executable.release();
    this.#graphs.clear();
  }

  async #graph(documents: number): Promise<Executable> {
    const known = this.#graphs.get(documents);
    if (known) return known;
    const made = await this.#compute.compile(objectiveGraph(this.#network, this.#loss, documents));
    this.#graphs.set(documents, made);
    return made;
  }
}

const costOf = (costs: Float32Array, problem: number, problems: number): number =>
  problems === costs.length ? (costs[problem] ?? 0) : costs.reduce((total, cost) => total + cost, 0);

/** Costs a label and the slope of every parameter. */
function objectiveGraph(network: Network, loss: Loss, documents: number): Graph {
  const parameters = network.parameters.map(({ name, shape }) => input(name, shape));
  const logits = network.logits(input('x', [documents, network.width]), parameters);
  const targets = input('y', [documents, network.labels]);
  const rows = lossRowInputs(loss, network.labels);
  const cells = multiply(loss.cells({ logits, targets, rows }), input('r', [documents, 1]));
  const slopes = gradients(sum(cells), parameters);
  return {
    name: `objective-${network.id}-${loss.id}-${documents}`,
    outputs: {
      costs: sum(cells, [0]),
      ...Object.fromEntries(network.parameters.map(({ name }, at) => [`slope_${name}`, pick(slopes, at)])),
    },
  };
}

/** How parameters become the rows of problems. */
interface Layout {
  readonly problems: number;
  readonly dimension: number;
  spread(values: Float64Array, parameters: readonly Float32Array[]): void;
  gather(parameters: readonly Float32Array[], values: Float64Array): void;
  gathered(parameters: readonly Float32Array[]): Float64Array;
}

function layoutOf(network: Network): Layout {
  const { width, labels, parameters, separable } = network;
  const size = parameters.reduce((total, { shape }) => total + elementCount(shape), 0);
  /** Where the number at this place of all parameters stands among the problems. */
  const place = separable ? (at: number): number => (at % labels) * width + Math.floor(at / labels) : same;
  const each = (
    arrays: readonly Float32Array[],
    visit: (array: Float32Array, i: number, to: number) => void,
  ): void => {
    let at = 0;
    for (const array of arrays) for (let i = 0; i < array.length; i++) visit(array, i, place(at++));
  };
  const gather = (arrays: readonly Float32Array[], values: Float64Array): void => {
    each(arrays, (array, i, to) => (values[to] = array[i] ?? 0));
  };
  return {
    problems: separable ? labels : 1,
    dimension: separable ? width : size,
    spread: (values, arrays) => {
      each(arrays, (array, i, to) => (array[i] = values[to] ?? 0));
    },
    gather,
    gathered: (arrays) => {
      const values = new Float64Array(size);
      gather(arrays, values);
      return values;
    },
  };
}

const same = (at: number): number => at;

/**
 * Share of the ridge on an intercept: next to free, and yet the intercept of a label that no document has ends somewhere.
 * [ours]
 */
const INTERCEPT_SHARE = 1e-3;

/** Share of the ridge on every number of a problem. */
function penalisedOf({ width, labels, parameters, separable }: Network, { dimension }: Layout): Float64Array {
  const held = new Float64Array(dimension).fill(1);
  if (separable) {
    held[width - 1] = INTERCEPT_SHARE;
    return held;
  }
  let at = 0;
  for (const { shape } of parameters) {
    const [rows = 1, columns = 1] = shape;
    // The last row of the first layer meets the column of ones; a single row of labels is an intercept itself.
    if (rows === width) held.fill(INTERCEPT_SHARE, at + (rows - 1) * columns, at + rows * columns);
    if (rows === 1 && columns === labels) held.fill(INTERCEPT_SHARE, at, at + columns);
    at += rows * columns;
  }
  return held;
}

function pick(tensors: readonly Tensor[], at: number): Tensor {
  const tensor = tensors[at];
  if (!tensor) throw new Error(`the network has no parameter ${at}`);
  return tensor;
}
