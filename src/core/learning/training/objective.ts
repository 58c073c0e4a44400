/** The objective of training to convergence as a graph, compiled once for each number of documents and labels. */
import { multiply, sum } from '../../graph/build.ts';
import type { Compute, Executable } from '../../graph/compute.ts';
import { gradients } from '../../graph/differentiate.ts';
import { input, type Graph, type Tensor } from '../../graph/tensor.ts';
import { lossRowInputs, type Loss } from '../losses/loss.ts';
import type { Network } from './network.ts';

/** A training set as the graphs take it. */
export interface Documents {
  /** Those of weight 0 that fill it up included. */
  readonly count: number;
  /** Row-major `[count, width]`. */
  readonly x: Float32Array;
  /** Row-major `[count, labels]`. */
  readonly y: Float32Array;
  /** Weights, `[count]`. */
  readonly r: Float32Array;
  /** See {@link Loss.rows}. */
  readonly lossRows: readonly Float32Array[];
}

/**
 * Share of the ridge on an intercept: next to free, and yet the intercept of a label that no document has ends somewhere.
 * [ours]
 */
export const INTERCEPT_SHARE = 1e-3;

export class ObjectiveGraphs {
  readonly #compute: Compute;
  readonly #network: Network;
  readonly #loss: Loss;
  readonly #graphs = new Map<string, Executable>();

  constructor(compute: Compute, network: Network, loss: Loss) {
    this.#compute = compute;
    this.#network = network;
    this.#loss = loss;
  }

  /** @param labels fewer than the network's only where it is separable */
  async get(documents: number, labels: number): Promise<Executable> {
    const key = `${documents} ${labels}`;
    const known = this.#graphs.get(key);
    if (known) return known;
    const made = await this.#compute.compile(objectiveGraph(this.#network, this.#loss, documents, labels));
    this.#graphs.set(key, made);
    return made;
  }

  async release(): Promise<void> {
    for (const executable of this.#graphs.values()) await executable.release();
    this.#graphs.clear();
  }
}

/** Costs a label and the slope of every parameter. */
function objectiveGraph(network: Network, loss: Loss, documents: number, labels: number): Graph {
  const parameters = network.parameters.map(({ name, shape }) =>
    input(name, network.separable ? [network.width, labels] : shape),
  );
  const logits = network.logits(input('x', [documents, network.width]), parameters);
  const targets = input('y', [documents, labels]);
  const rows = lossRowInputs(loss, labels);
  const cells = multiply(loss.cells({ logits, targets, rows }), input('r', [documents, 1]));
  const slopes = gradients(sum(cells), parameters);
  return {
    name: `objective-${network.id}-${loss.id}-${documents}x${labels}`,
    outputs: {
      costs: sum(cells, [0]),
      ...Object.fromEntries(network.parameters.map(({ name }, at) => [`slope_${name}`, pick(slopes, at)])),
    },
  };
}

function pick(tensors: readonly Tensor[], at: number): Tensor {
  const tensor = tensors[at];
  if (!tensor) throw new Error(`the network has no parameter ${at}`);
  return tensor;
}
