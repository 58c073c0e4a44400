/** A network whose labels share parameters, as one problem: its parameters one after the other. */
import { result } from '../../graph/compute.ts';
import { elementCount } from '../../graph/tensor.ts';
import type { Objective } from '../lbfgs.ts';
import { lossRowName } from '../losses/loss.ts';
import { parameterCount } from './adamw.ts';
import type { Network } from './network.ts';
import { INTERCEPT_SHARE, type Documents, type ObjectiveGraphs } from './objective.ts';

export class WholeProblem implements Objective {
  readonly problems = 1;
  readonly dimension: number;
  readonly #graphs: ObjectiveGraphs;
  readonly #network: Network;
  readonly #documents: Documents;
  readonly #l2: number;
  /** Share of the ridge on every number. */
  readonly #shares: Float64Array;

  constructor(graphs: ObjectiveGraphs, network: Network, documents: Documents, l2: number) {
    this.dimension = parameterCount(network);
    this.#graphs = graphs;
    this.#network = network;
    this.#documents = documents;
    this.#l2 = l2;
    this.#shares = sharesOf(network, this.dimension);
  }

  async evaluate(values: Float64Array, losses: Float64Array, slopes: Float64Array): Promise<void> {
    const { count, x, y, r, lossRows } = this.#documents;
    const executable = await this.#graphs.get(count, this.#network.labels);
    const parameters = this.parameters(values);
    const results = await executable.run({
      ...{ x, y, r },
      ...Object.fromEntries(lossRows.map((row, at) => [lossRowName(at), row])),
      ...Object.fromEntries(this.#network.parameters.map(({ name }, at) => [name, parameters[at] ?? x])),
    });
    let at = 0;
    let squares = 0;
    for (const { name } of this.#network.parameters) {
      for (const slope of result(results, `slope_${name}`)) {
        const [value, share] = [values[at] ?? 0, this.#shares[at] ?? 1];
        squares += share * value * value;
        slopes[at++] = slope + this.#l2 * share * value;
      }
    }
    let cost = 0;
    for (const one of result(results, 'costs')) cost += one;
    losses[0] = cost + 0.5 * this.#l2 * squares;
  }

  gathered(parameters: readonly Float32Array[]): Float64Array {
    const values = new Float64Array(this.dimension);
    let at = 0;
    for (const part of parameters) {
      values.set(part, at);
      at += part.length;
    }
    return values;
  }

  parameters(values: Float64Array): readonly Float32Array[] {
    let at = 0;
    return this.#network.parameters.map(({ shape }) => {
      const from = at;
      at += elementCount(shape);
      return Float32Array.from(values.subarray(from, at));
    });
  }
}

function sharesOf({ width, labels, parameters }: Network, dimension: number): Float64Array {
  const shares = new Float64Array(dimension).fill(1);
  let at = 0;
  for (const { shape } of parameters) {
    const [rows = 1, columns = 1] = shape;
    // The last row of the first layer meets the column of ones; a single row of labels is an intercept itself.
    if (rows === width) shares.fill(INTERCEPT_SHARE, at + (rows - 1) * columns, at + rows * columns);
    if (rows === 1 && columns === labels) shares.fill(INTERCEPT_SHARE, at, at + columns);
    at += rows * columns;
  }
  return shares;
}
