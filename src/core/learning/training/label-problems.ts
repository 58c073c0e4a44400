/**
 * A linear classifier as one problem a label, all in one product. Labels are solved after different numbers of rounds: when
 * half or three quarters of them are, what is left goes on in a graph of so many fewer columns.
 */
import { result, type Executable } from '../../graph/compute.ts';
import type { Objective } from '../lbfgs.ts';
import { lossRowName, type Loss } from '../losses/loss.ts';
import type { Network } from './network.ts';
import { INTERCEPT_SHARE, type Documents, type ObjectiveGraphs } from './objective.ts';

/** Columns come in multiples of this: what a product of matrices works on at once. [ours] */
const COLUMNS_STEP = 16;

/** Some labels side by side. */
interface Pack {
  readonly executable: Executable;
  /** Columns of the graph; those beyond the labels stay 0. */
  readonly size: number;
  /** Column of each label; -1 for one that is not in it. */
  readonly columns: Int32Array;
  /** Row-major `[width, size]`. */
  readonly weights: Float32Array;
  readonly y: Float32Array;
  readonly lossRows: Readonly<Record<string, Float32Array>>;
}

export class LabelProblems implements Objective {
  readonly problems: number;
  readonly dimension: number;
  readonly #graphs: ObjectiveGraphs;
  readonly #parameter: string;
  readonly #documents: Documents;
  readonly #l2: number;
  readonly #sizes: readonly number[];
  #pack: Pack | undefined;

  constructor(graphs: ObjectiveGraphs, network: Network, loss: Loss, documents: Documents, l2: number) {
    const { width, labels, parameters } = network;
    this.problems = labels;
    this.dimension = width;
    this.#graphs = graphs;
    this.#parameter = parameters[0]?.name ?? '';
    this.#documents = documents;
    this.#l2 = l2;
    const fewer = [4, 2].map((part) => COLUMNS_STEP * Math.ceil(labels / part / COLUMNS_STEP));
    this.#sizes = [...(loss.acrossLabels ? [] : fewer.filter((size) => size < labels)), labels];
  }

  async evaluate(
    values: Float64Array,
    losses: Float64Array,
    slopes: Float64Array,
    unsolved: readonly number[],
  ): Promise<void> {
    const { executable, size, columns, weights, y, lossRows } = await this.#packFor(unsolved);
    const width = this.dimension;
    for (const label of unsolved) {
      const from = label * width;
      for (let d = 0, to = columns[label] as number; d < width; d++, to += size) {
        weights[to] = values[from + d] as number;
      }
    }
    const { x, r } = this.#documents;
    const results = await executable.run({ x, y, r, ...lossRows, [this.#parameter]: weights });
    const [costs, found] = [result(results, 'costs'), result(results, `slope_${this.#parameter}`)];
    const l2 = this.#l2;
    for (const label of unsolved) {
      const column = columns[label] as number;
      let squares = 0;
      for (let d = 0, at = label * width, from = column; d < width; d++, at++, from += size) {
        const share = d === width - 1 ? INTERCEPT_SHARE : 1;
        const value = values[at] as number;
        squares += share * value * value;
        slopes[at] = (found[from] as number) + l2 * share * value;
      }
      losses[label] = (costs[column] as number) + 0.5 * l2 * squares;
    }
  }

  /** From `[width, labels]` to one row a label. */
  gathered([weights]: readonly Float32Array[]): Float64Array {
    const values = new Float64Array(this.problems * this.dimension);
    for (let label = 0; label < this.problems; label++) {
      for (let d = 0; d < this.dimension; d++) {
        values[label * this.dimension + d] = weights?.[d * this.problems + label] ?? 0;
      }
    }
    return values;
  }

  /** And back. */
  parameters(values: Float64Array): readonly Float32Array[] {
    const weights = new Float32Array(values.length);
    for (let label = 0; label < this.problems; label++) {
      for (let d = 0; d < this.dimension; d++) {
        weights[d * this.problems + label] = values[label * this.dimension + d] ?? 0;
      }
    }
    return [weights];
  }

  /** The pack in use, or a smaller one where one holds what is left. */
  async #packFor(unsolved: readonly number[]): Promise<Pack> {
    const size = this.#sizes.find((one) => one >= unsolved.length) ?? this.problems;
    if (this.#pack && this.#pack.size <= size) return this.#pack;
    const { count, y, lossRows } = this.#documents;
    const labels = size === this.problems ? Array.from({ length: size }, (_, label) => label) : unsolved;
    const columns = new Int32Array(this.problems).fill(-1);
    labels.forEach((label, column) => (columns[label] = column));
    this.#pack = {
      executable: await this.#graphs.get(count, size),
      size,
      columns,
      weights: new Float32Array(this.dimension * size),
      y: size === this.problems ? y : picked(y, this.problems, labels, size),
      lossRows: Object.fromEntries(
        lossRows.map((row, at) => [lossRowName(at), picked(row, this.problems, labels, size)]),
      ),
    };
    return this.#pack;
  }
}

/** Some columns of a matrix, filled up with columns of 0. */
function picked(matrix: Float32Array, width: number, columns: readonly number[], size: number): Float32Array {
  const rows = matrix.length / width;
  const part = new Float32Array(rows * size);
  for (let row = 0; row < rows; row++) {
    columns.forEach((column, at) => (part[row * size + at] = matrix[row * width + column] ?? 0));
  }
  return part;
}
