/**
 * L-BFGS over many independent problems in lockstep (Nocedal & Wright 2006, algorithm 7.4, with backtracking).
 *
 * One-vs-rest heads, folds and regularisation grids are hundreds of small convex problems over the same documents.
 * Each keeps its own memory and step length, but all of them are evaluated together, so that one round costs one
 * matrix product instead of hundreds of thin ones.
 */

/** A batch of `problems` objectives, each over `dimension` parameters, row-major `[problems, dimension]`. */
export interface Objective {
  readonly problems: number;
  readonly dimension: number;
  /** Inner product of two vectors `[dimension]` where it is not the sum of products. */
  dot?(a: Float64Array, b: Float64Array): number;
  /**
   * Fills `losses` `[problems]` and `gradients` `[problems, dimension]` at `parameters`.
   * @param unsolved the problems, ascending, that are still asked about; what is filled in for others is not looked at
   */
  evaluate(
    parameters: Float64Array,
    losses: Float64Array,
    gradients: Float64Array,
    unsolved: readonly number[],
  ): Promise<void>;
}

export interface LbfgsOptions {
  /** Rounds of evaluation over all problems. */
  readonly maxRounds: number;
  /** A problem is solved when no component of its gradient is larger (with a `dot` of its own: when its norm is not). */
  readonly tolerance: number;
  /** Pairs of steps each problem remembers. */
  readonly memory?: number;
  /** Called before every round; throw to stop. */
  readonly onRound?: (round: number, unsolved: number) => void | Promise<void>;
}

export interface LbfgsResult {
  readonly parameters: Float64Array;
  readonly losses: Float64Array;
  readonly rounds: number;
  /** Problems that stopped at `maxRounds` instead of at the tolerance. */
  readonly unsolved: number;
}

/** Armijo's constant of sufficient decrease. */
const SUFFICIENT_DECREASE = 1e-4;
/** Losses come from single-precision sums; smaller rises are noise. */
const LOSS_NOISE = 1e-6;
const SMALLEST_STEP = 1e-6;

export async function minimise(
  objective: Objective,
  start: Float64Array,
  options: LbfgsOptions,
): Promise<LbfgsResult> {
  const { problems, dimension } = objective;
  const parameters = Float64Array.from(start);
  const trial = new Float64Array(parameters.length);
  const losses = new Float64Array(problems);
  const trialLosses = new Float64Array(problems);
  const gradients = new Float64Array(parameters.length);
  const trialGradients = new Float64Array(parameters.length);
  const states = Array.from(
    { length: problems },
    (_, p) => new ProblemState(p * dimension, dimension, options.memory ?? 6, objective.dot),
  );

  const unsolvedNow = (): readonly number[] => states.flatMap((state, p) => (state.done ? [] : [p]));
  await objective.evaluate(parameters, losses, gradients, unsolvedNow());
  for (const state of states) state.aim(gradients, options.tolerance);

  let round = 1;
  for (; round < options.maxRounds; round++) {
    const unsolved = unsolvedNow();
    if (unsolved.length === 0) break;
    await options.onRound?.(round, unsolved.length);
    for (const state of states) state.propose(parameters, trial);
    await objective.evaluate(trial, trialLosses, trialGradients, unsolved);
    states.forEach((state, p) => {
      if (state.done) return;
      const [before, after] = [losses[p] ?? 0, trialLosses[p] ?? 0];
      if (state.accepts(before, after)) {
        state.take(parameters, trial, gradients, trialGradients);
        losses[p] = after;
        state.aim(gradients, options.tolerance);
      } else {
        state.shorten();
      }
    });
  }
  return { parameters, losses, rounds: round, unsolved: unsolvedNow().length };
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** 1 / (step · change). */
  readonly inverse: number;
}

/** One problem's direction, step length and memory; works on its stretch of the shared arrays. */
class ProblemState {
  done = false;
  readonly #offset: number;
  readonly #size: number;
  readonly #memory: number;
  readonly #pairs: Pair[] = [];
  readonly #direction: Float64Array;
  readonly #dot: Dot;
  #slope = 0;
  #step = 1;

  constructor(offset: number, size: number, memory: number, dot: Dot | undefined) {
    this.#offset = offset;
    this.#size = size;
    this.#memory = memory;
    this.#direction = new Float64Array(size);
    this.#dot = dot ?? sumOfProducts;
  }

  /** Chooses the next direction, or finishes when the gradient has vanished. */
  aim(gradients: Float64Array, tolerance: number): void {
    const gradient = gradients.subarray(this.#offset, this.#offset + this.#size);
    const dot = this.#dot;
    const length =
      dot === sumOfProducts ? largestOf(gradient) : Math.sqrt(Math.max(0, dot(gradient, gradient)));
    if (!(length > tolerance)) {
      this.done = true;
      return;
    }
    const q = this.#direction;
    q.set(gradient);
    const weights: number[] = [];
    for (let i = this.#pairs.length - 1; i >= 0; i--) {
      const pair = this.#pairs[i];
      if (!pair) continue;
      const weight = pair.inverse * dot(pair.step, q);
      weights[i] = weight;
      addScaled(q, pair.change, -weight);
    }
    const last = this.#pairs.at(-1);
    if (last) scale(q, 1 / (last.inverse * dot(last.change, last.change)));
    this.#pairs.forEach((pair, i) => {
      addScaled(q, pair.step, (weights[i] ?? 0) - pair.inverse * dot(pair.change, q));
    });
    scale(q, -1);
    this.#slope = dot(q, gradient);
    this.#step = last ? 1 : Math.min(1, 1 / Math.sqrt(-this.#slope));
  }

  propose(parameters: Float64Array, trial: Float64Array): void {
    const end = this.#offset + this.#size;
    if (this.done) {
      trial.set(parameters.subarray(this.#offset, end), this.#offset);
      return;
    }
    const direction = this.#direction;
    const step = this.#step;
    for (let i = 0, at = this.#offset; at < end; i++, at++) {
      trial[at] = (parameters[at] as number) + step * (direction[i] as number);
    }
  }

  accepts(before: number, after: number): boolean {
    return after <= before + SUFFICIENT_DECREASE * this.#step * this.#slope + LOSS_NOISE * Math.abs(before);
  }

  take(
    parameters: Float64Array,
    trial: Float64Array,
    gradients: Float64Array,
    trialGradients: Float64Array,
  ): void {
    const full = this.#pairs.length === this.#memory ? this.#pairs.shift() : undefined;
    const step = full?.step ?? new Float64Array(this.#size);
    const change = full?.change ?? new Float64Array(this.#size);
    const size = this.#size;
    for (let i = 0, at = this.#offset; i < size; i++, at++) {
      const point = trial[at] as number;
      const slope = trialGradients[at] as number;
      step[i] = point - (parameters[at] as number);
      change[i] = slope - (gradients[at] as number);
      parameters[at] = point;
      gradients[at] = slope;
    }
    const curvature = this.#dot(step, change);
    if (curvature > 1e-12) this.#pairs.push({ step, change, inverse: 1 / curvature });
  }

  shorten(): void {
    this.#step *= 0.5;
    if (this.#step < SMALLEST_STEP) this.done = true;
  }
}

type Dot = (a: Float64Array, b: Float64Array) => number;

/** Four sums side by side: a single one would wait for itself at every step. */
function sumOfProducts(a: Float64Array, b: Float64Array): number {
  let w = 0;
  let x = 0;
  let y = 0;
  let z = 0;
  const length = a.length;
  const last = length - (length % 4);
  for (let i = 0; i < last; i += 4) {
    w += (a[i] as number) * (b[i] as number);
    x += (a[i + 1] as number) * (b[i + 1] as number);
    y += (a[i + 2] as number) * (b[i + 2] as number);
    z += (a[i + 3] as number) * (b[i + 3] as number);
  }
  for (let i = last; i < length; i++) w += (a[i] as number) * (b[i] as number);
  return w + x + (y + z);
}

function largestOf(vector: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < vector.length; i++) largest = Math.max(largest, Math.abs(vector[i] as number));
  return largest;
}

/** Four at a time, like {@link sumOfProducts}: nearly all of the time of L-BFGS is spent in these two. */
function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  const length = target.length;
  const last = length - (length % 4);
  for (let i = 0; i < last; i += 4) {
    target[i] = (target[i] as number) + factor * (source[i] as number);
    target[i + 1] = (target[i + 1] as number) + factor * (source[i + 1] as number);
    target[i + 2] = (target[i + 2] as number) + factor * (source[i + 2] as number);
    target[i + 3] = (target[i + 3] as number) + factor * (source[i + 3] as number);
  }
  for (let i = last; i < length; i++) target[i] = (target[i] as number) + factor * (source[i] as number);
}

function scale(target: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) * factor;
}
