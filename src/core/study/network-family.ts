/**
 * Families that are a network on fixed features: TF-IDF + linear, frozen encoder + linear head, frozen encoder + one
 * hidden layer. All training steps are graphs; the graphs of one loss are compiled once for a whole study.
 */
import { result, type Compute } from '../graph/compute.ts';
import { elementCount, input } from '../graph/tensor.ts';
import { LOSSES } from '../learning/losses/all.ts';
import type { LossId } from '../learning/losses/loss.ts';
import { AdamTrainer, type StepData } from '../learning/training/adamw.ts';
import { ConvergenceTrainer } from '../learning/training/converge.ts';
import { startingPoint, type Network } from '../learning/training/network.ts';
import { Random } from '../random.ts';
import type { Duration, Family, Fit, FitRequest, TrainingSet } from './family.ts';
import { batchesOf, frequenciesOf, stepsOf } from './passes.ts';
import type { FamilyId } from './plan.ts';

/** Documents of one step. [ours] */
export const BATCH = 64;
/**
 * [ours] With these, ten epochs reproduce what METHODS 2 measured with PyTorch's AdamW: 165 documents are far from
 * trained, and copies of them help as much as steps do.
 */
export const ADAMW = { learningRate: 0.02, weightDecay: 0.01 } as const;
/** The ridge is scikit-learn's C = 10 (METHODS 9); the tolerance moves micro-F1 by about 0.002. [ours] */
export const CONVERGENCE = { l2: 0.1, maxRounds: 200, tolerance: 0.05 } as const;
/** Documents scored at once. */
const SCORED_AT_ONCE = 512;

/** Streams of random numbers of one seed that must not be the same. */
const START_STREAM = 0x51a47;
const ORDER_STREAM = 0x0d3e4;

export class NetworkFamily implements Family {
  readonly id: FamilyId;
  readonly #compute: Compute;
  readonly #network: Network;
  readonly #data: StepData;
  readonly #stepping = new Map<LossId, Promise<AdamTrainer>>();
  readonly #converging = new Map<LossId, ConvergenceTrainer>();
  #scoring: ReturnType<Compute['compile']> | undefined;

  /** @param data all documents of the study, the features ending with a column of ones */
  constructor(id: FamilyId, compute: Compute, network: Network, data: StepData) {
    this.id = id;
    this.#compute = compute;
    this.#network = network;
    this.#data = data;
  }

  steps(sizes: readonly number[], duration: Duration): number {
    return stepsOf(sizes, duration, BATCH);
  }

  async fit(request: FitRequest, checkpoint: () => Promise<void>): Promise<Fit> {
    const { training, loss, duration, score } = request;
    const { targets } = this.#data;
    const rows = LOSSES[loss].rows(frequenciesOf(training, targets, this.#network.labels));
    const trained =
      duration.kind === 'convergence'
        ? await this.#converge(request, rows, checkpoint)
        : await this.#step(request, rows, duration, checkpoint);
    return { ...trained, logits: await this.#score(trained.parameters, score) };
  }

  async release(): Promise<void> {
    for (const trainer of this.#stepping.values()) await (await trainer).release();
    for (const trainer of this.#converging.values()) await trainer.release();
    await (await this.#scoring)?.release();
  }

  async #step(
    { training, loss, seed }: FitRequest,
    rows: readonly Float32Array[],
    duration: Exclude<Duration, { kind: 'convergence' }>,
    checkpoint: () => Promise<void>,
  ): Promise<{ parameters: readonly Float32Array[]; steps: number }> {
    const made =
      this.#stepping.get(loss) ?? AdamTrainer.make(this.#compute, this.#network, LOSSES[loss], BATCH, ADAMW);
    this.#stepping.set(loss, made);
    const trainer = await made;
    const batches = batchesOf(training, duration, BATCH, new Random(seed ^ ORDER_STREAM));
    const start = startingPoint(this.#network, new Random(seed ^ START_STREAM));
    const parameters = await trainer.train(this.#data, start, batches, rows, checkpoint);
    return { parameters, steps: batches.length };
  }

  async #converge(
    { training, loss, seed, near }: FitRequest,
    rows: readonly Float32Array[],
    checkpoint: () => Promise<void>,
  ): Promise<{ parameters: readonly Float32Array[]; steps: number }> {
    let trainer = this.#converging.get(loss);
    if (!trainer) {
      trainer = new ConvergenceTrainer(this.#compute, this.#network, LOSSES[loss], CONVERGENCE);
      this.#converging.set(loss, trainer);
    }
    // A convex problem ends at the same place from anywhere, so 0 will do; hidden units need to differ.
    const start = this.#network.separable
      ? (near?.parameters ??
        this.#network.parameters.map(({ shape }) => new Float32Array(elementCount(shape))))
      : startingPoint(this.#network, new Random(seed ^ START_STREAM));
    const { parameters, rounds } = await trainer.train(
      this.#data,
      start,
      distinctDocuments(training),
      rows,
      checkpoint,
    );
    return { parameters, steps: rounds };
  }

  async #score(parameters: readonly Float32Array[], score: Int32Array): Promise<Float32Array> {
    const { width, labels } = this.#network;
    const executable = await (this.#scoring ??= this.#compute.compile({
      name: `score-${this.#network.id}`,
      outputs: {
        logits: this.#network.logits(
          input('x', [SCORED_AT_ONCE, width]),
          this.#network.parameters.map(({ name, shape }) => input(name, shape)),
        ),
      },
    }));
    const weights = Object.fromEntries(
      this.#network.parameters.map(({ name }, at) => [name, parameters[at] ?? new Float32Array()]),
    );
    const logits = new Float32Array(score.length * labels);
    const x = new Float32Array(SCORED_AT_ONCE * width);
    for (let from = 0; from < score.length; from += SCORED_AT_ONCE) {
      const rows = score.subarray(from, from + SCORED_AT_ONCE);
      rows.forEach((row, i) =>
        x.set(this.#data.features.subarray(row * width, (row + 1) * width), i * width),
      );
      const part = result(await executable.run({ x, ...weights }), 'logits');
      logits.set(part.subarray(0, rows.length * labels), from * labels);
    }
    return logits;
  }
}

/** Each document once, copies as weight. Order and phases mean nothing to a training that ends where nothing improves. */
function distinctDocuments({ phases, weights }: TrainingSet): { rows: Int32Array; weights: Float32Array } {
  const times = new Map<number, number>();
  for (const phase of phases) for (const row of phase) times.set(row, (times.get(row) ?? 0) + 1);
  const rows = Int32Array.from(times.keys()).sort();
  return { rows, weights: Float32Array.from(rows, (row) => (times.get(row) ?? 0) * (weights.get(row) ?? 1)) };
}
