/** Functions whose minimum is known, for the optimiser. */
import type { Random } from '../../random.ts';
import type { Objective } from '../lbfgs.ts';

/** One function of `dimension` numbers: fills the gradient, returns the value. */
export interface Problem {
  readonly minimum: Float64Array;
  readonly value: (x: Float64Array, gradient: Float64Array) => number;
}

/** All problems as one objective that counts how often it is asked. */
export class CountedObjective implements Objective {
  readonly problems: number;
  readonly dimension: number;
  evaluations = 0;
  readonly #all: readonly Problem[];

  constructor(all: readonly Problem[]) {
    this.#all = all;
    this.problems = all.length;
    this.dimension = all[0]?.minimum.length ?? 0;
  }

  evaluate(parameters: Float64Array, losses: Float64Array, gradients: Float64Array): Promise<void> {
    this.evaluations++;
    this.#all.forEach(({ value }, p) => {
      const [start, end] = [p * this.dimension, (p + 1) * this.dimension];
      losses[p] = value(parameters.subarray(start, end), gradients.subarray(start, end));
    });
    return Promise.resolve();
  }
}

/** ½·(x − m)ᵀ·diag(curvatures)·(x − m) + offset. */
export function quadratic(curvatures: readonly number[], minimum: readonly number[], offset = 0): Problem {
  return {
    minimum: Float64Array.from(minimum),
    value: (x, gradient) => {
      let loss = offset;
      curvatures.forEach((curvature, i) => {
        const away = (x[i] ?? 0) - (minimum[i] ?? 0);
        gradient[i] = curvature * away;
        loss += 0.5 * curvature * away * away;
      });
      return loss;
    },
  };
}

/** ½·‖M·(x − m)‖² + ½·‖x − m‖² with a random dense M. */
export function denseQuadratic(random: Random, dimension: number): Problem {
  const draw = (): number => 2 * random.uniform() - 1;
  const minimum = Float64Array.from({ length: dimension }, draw);
  const rows = Array.from({ length: dimension }, () => Float64Array.from({ length: dimension }, draw));
  return {
    minimum,
    value: (x, gradient) => {
      const away = x.map((value, i) => value - (minimum[i] ?? 0));
      gradient.set(away);
      let loss = 0.5 * away.reduce((total, value) => total + value * value, 0);
      for (const row of rows) {
        const length = row.reduce((total, value, i) => total + value * (away[i] ?? 0), 0);
        loss += 0.5 * length * length;
        row.forEach((value, i) => (gradient[i] = (gradient[i] ?? 0) + length * value));
      }
      return loss;
    },
  };
}

/** Rosenbrock's curved valley, which is not convex. */
export const VALLEY: Problem = {
  minimum: Float64Array.of(1, 1),
  value: ([x = 0, y = 0], gradient) => {
    gradient[0] = -400 * x * (y - x * x) - 2 * (1 - x);
    gradient[1] = 200 * (y - x * x);
    return 100 * (y - x * x) ** 2 + (1 - x) ** 2;
  },
};

/** x − ln(x) − 1: not a number left of 0, and the first step would lead there. */
export const WALLED: Problem = {
  minimum: Float64Array.of(1),
  value: ([x = 0], gradient) => {
    gradient[0] = 1 - 1 / x;
    return x - Math.log(x) - 1;
  },
};

/** A slope that claims to fall where it rises: no step helps. */
export const LYING: Problem = {
  minimum: Float64Array.of(0),
  value: ([x = 0], gradient) => {
    gradient[0] = -1;
    return x;
  },
};
