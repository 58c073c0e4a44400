/**
 * Training until nothing improves: L-BFGS on the whole training set. The labels of a linear classifier are problems of
 * their own, solved in lockstep; a network with a hidden layer is one problem.
 *
 * Minimised is Σ rₙ·lossₙ + λ/2·‖w‖² over distinct documents, r scaled to add up to their number: a document that is
 * merely repeated changes nothing, which is the point of this schedule (METHODS 2).
 */
import type { Compute } from '../../graph/compute.ts';
import { minimise } from '../lbfgs.ts';
import type { Loss } from '../losses/loss.ts';
import type { StepData } from './adamw.ts';
import { LabelProblems } from './label-problems.ts';
import type { Network } from './network.ts';
import { ObjectiveGraphs, type Documents } from './objective.ts';
import { WholeProblem } from './whole-problem.ts';

export interface ConvergeOptions {
  /** λ. The inverse of scikit-learn's C. */
  readonly l2: number;
  readonly maxRounds: number;
  readonly tolerance: number;
}

/** Graphs are made for a number of documents; a training set is filled up to the next multiple of this. [ours] */
const ROWS_STEP = 128;

export class ConvergenceTrainer {
  readonly #network: Network;
  readonly #loss: Loss;
  readonly #options: ConvergeOptions;
  readonly #graphs: ObjectiveGraphs;

  constructor(compute: Compute, network: Network, loss: Loss, options: ConvergeOptions) {
    this.#network = network;
    this.#loss = loss;
    this.#options = options;
    this.#graphs = new ObjectiveGraphs(compute, network, loss);
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
    const { l2, maxRounds, tolerance } = this.#options;
    const trained = { ...gatherDocuments(data, documents, this.#network), lossRows };
    const problem = this.#network.separable
      ? new LabelProblems(this.#graphs, this.#network, this.#loss, trained, l2)
      : new WholeProblem(this.#graphs, this.#network, trained, l2);
    const solved = await minimise(problem, problem.gathered(start), {
      maxRounds,
      tolerance,
      onRound: () => onRound(),
    });
    return { parameters: problem.parameters(solved.parameters), rounds: solved.rounds };
  }

  release(): Promise<void> {
    return this.#graphs.release();
  }
}

/** The documents' features, targets and weights, filled up with documents of weight 0. */
function gatherDocuments(
  data: StepData,
  { rows, weights }: { readonly rows: ArrayLike<number>; readonly weights: ArrayLike<number> },
  { width, labels }: Network,
): Omit<Documents, 'lossRows'> {
  const count = rows.length;
  const padded = Math.ceil(count / ROWS_STEP) * ROWS_STEP;
  const x = new Float32Array(padded * width);
  const y = new Float32Array(padded * labels);
  const r = new Float32Array(padded);
  let total = 0;
  for (let i = 0; i < count; i++) total += weights[i] ?? 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i] ?? 0;
    x.set(data.features.subarray(row * width, (row + 1) * width), i * width);
    y.set(data.targets.subarray(row * labels, (row + 1) * labels), i * labels);
    r[i] = ((weights[i] ?? 0) * count) / total;
  }
  return { count: padded, x, y, r };
}
