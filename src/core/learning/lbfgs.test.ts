import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { minimise, type LbfgsOptions } from './lbfgs.ts';
import {
  CountedObjective,
  denseQuadratic,
  LYING,
  quadratic,
  VALLEY,
  WALLED,
  type Problem,
} from './testing/objectives.ts';

const PATIENT: LbfgsOptions = { maxRounds: 500, tolerance: 1e-8 };

function solve(problems: readonly Problem[], start: readonly number[], options = PATIENT) {
  return minimise(new CountedObjective(problems), Float64Array.from(start), options);
}

/** Largest distance from the known minimum. */
const farthest = (found: Float64Array, { minimum }: Problem): number =>
  Math.max(...minimum.map((value, i) => Math.abs(value - (found[i] ?? Number.NaN))));

describe('L-BFGS', () => {
  it.each([
    { what: 'a bowl', problem: quadratic([1, 1, 1], [3, -2, 0.5]), start: [0, 0, 0], rounds: 6 },
    { what: 'a bowl far away', problem: quadratic([1, 1], [1e3, -1e3]), start: [0, 0], rounds: 12 },
    { what: 'a steep bowl', problem: quadratic([1e4, 1e4], [1, 2]), start: [0, 0], rounds: 20 },
    { what: 'a shallow bowl', problem: quadratic([1e-3, 1e-3], [1, 2]), start: [0, 0], rounds: 20 },
    {
      what: 'an ellipsoid',
      problem: quadratic([1, 10, 100, 1000], [1, -1, 2, -2]),
      start: [0, 0, 0, 0],
      rounds: 80,
    },
    {
      what: 'a very thin one',
      problem: quadratic([1, 1e3, 1e6], [1, 1, 1]),
      start: [-1, 2, 3],
      rounds: 120,
    },
    { what: 'a bowl above 0', problem: quadratic([2, 3], [1, 2], 1e3), start: [0, 0], rounds: 12 },
    { what: 'a curved valley', problem: VALLEY, start: [-1.2, 1], rounds: 80 },
  ])('finds the minimum of $what', async ({ problem, start, rounds }) => {
    const result = await solve([problem], start);
    expect(result.unsolved).toBe(0);
    expect(result.rounds).toBeLessThanOrEqual(rounds);
    expect(farthest(result.parameters, problem)).toBeLessThan(1e-5);
    const least = problem.value(problem.minimum, new Float64Array(start.length));
    expect((result.losses[0] ?? Number.NaN) - least).toBeLessThan(1e-8);
  });

  it('stops where no component of the gradient is above the tolerance', async () => {
    const random = new Random(1);
    for (const tolerance of [1e-1, 1e-3, 1e-6]) {
      const problem = denseQuadratic(random, 8);
      const { parameters } = await solve([problem], new Array<number>(8).fill(0), { ...PATIENT, tolerance });
      const gradient = new Float64Array(8);
      problem.value(parameters, gradient);
      expect(Math.max(...gradient.map(Math.abs))).toBeLessThanOrEqual(tolerance);
    }
  });

  it('solves many problems at once as it solves each alone, to the last bit', async () => {
    const random = new Random(2);
    const problems = Array.from({ length: 12 }, (_, i) =>
      i % 3 === 0
        ? quadratic(
            Array.from({ length: 6 }, () => 10 ** (4 * random.uniform())),
            Array.from({ length: 6 }, () => random.uniform()),
          )
        : denseQuadratic(random, 6),
    );
    const start = Float64Array.from({ length: 12 * 6 }, () => random.uniform());
    for (const options of [PATIENT, { ...PATIENT, maxRounds: 9 }, { ...PATIENT, memory: 2 }]) {
      const together = await minimise(new CountedObjective(problems), start, options);
      let unsolved = 0;
      for (const [p, problem] of problems.entries()) {
        const alone = await minimise(
          new CountedObjective([problem]),
          start.subarray(6 * p, 6 * p + 6),
          options,
        );
        expect(together.parameters.subarray(6 * p, 6 * p + 6)).toEqual(alone.parameters);
        expect(together.losses[p]).toBe(alone.losses[0]);
        unsolved += alone.unsolved;
      }
      expect(together.unsolved).toBe(unsolved);
    }
  });

  it('leaves a start that is solved already where it is, after one look', async () => {
    const objective = new CountedObjective([quadratic([1, 5], [2, 3]), quadratic([1, 1], [0, 0])]);
    const start = Float64Array.of(2, 3, 0, 0);
    const result = await minimise(objective, start, PATIENT);
    expect(result).toEqual({
      parameters: Float64Array.of(2, 3, 0, 0),
      losses: Float64Array.of(0, 0),
      rounds: 1,
      unsolved: 0,
    });
    expect(objective.evaluations).toBe(1);
  });

  it('does not move what is solved while it works on the rest', async () => {
    const { parameters } = await solve([quadratic([1], [4]), quadratic([1e3], [1])], [4, 7]);
    expect(parameters[0]).toBe(4);
  });

  it('reports the rounds it used, one evaluation each, and what the limit left unsolved', async () => {
    const problems = [quadratic([1, 1], [0, 0]), quadratic([1, 1e5], [1, 1])];
    for (const maxRounds of [1, 2, 4]) {
      const objective = new CountedObjective(problems);
      const start = Float64Array.of(0, 0, 9, 9);
      const result = await minimise(objective, start, { maxRounds, tolerance: 1e-9 });
      expect(result).toMatchObject({ rounds: maxRounds, unsolved: 1 });
      expect(objective.evaluations).toBe(maxRounds);
    }
  });

  it('gives the losses at the parameters it returns, and never a higher one for another round', async () => {
    const random = new Random(4);
    const problem = denseQuadratic(random, 10);
    const start = Array.from({ length: 10 }, () => 4 * random.uniform());
    let before = Infinity;
    for (let maxRounds = 1; maxRounds < 25; maxRounds++) {
      const { parameters, losses } = await solve([problem], start, { maxRounds, tolerance: 1e-9 });
      const [loss = Number.NaN] = losses;
      expect(loss).toBe(problem.value(parameters, new Float64Array(10)));
      expect(loss).toBeLessThanOrEqual(before * (1 + 1e-6));
      before = loss;
    }
  });

  it('is quicker the more steps it remembers', async () => {
    const thin = quadratic([1, 7, 40, 300, 2000], [1, -1, 2, -2, 3]);
    const rounds = async (memory: number): Promise<number> =>
      (await solve([thin], [0, 0, 0, 0, 0], { ...PATIENT, memory })).rounds;
    expect(await rounds(8)).toBeLessThan(await rounds(1));
    expect(await rounds(6)).toBe((await solve([thin], [0, 0, 0, 0, 0])).rounds);
  });

  it('takes no rise for noise: the first step overshoots, and is shortened', async () => {
    const high = quadratic([30], [0], 1000);
    const { parameters, losses } = await solve([high], [0.3], { maxRounds: 2, tolerance: 1e-8 });
    expect([parameters[0], losses[0]]).toEqual([0.3, 1000 + 15 * 0.3 * 0.3]);
  });

  it('takes noise for no rise: losses of single precision do not stop it', async () => {
    const exact = quadratic([1, 50], [0.3, -0.7], 300);
    const rounded: Problem = { ...exact, value: (x, gradient) => Math.fround(exact.value(x, gradient)) };
    const result = await solve([rounded], [3, 3]);
    expect(result.unsolved).toBe(0);
    expect(farthest(result.parameters, exact)).toBeLessThan(1e-8);
  });

  it('calls before every round with its number and the unsolved, and stops when the call throws', async () => {
    const problems = [quadratic([1], [0]), quadratic([1, 1e5], [1, 1])].slice(1);
    const calls: [number, number][] = [];
    const result = await solve(problems, [9, 9], {
      ...PATIENT,
      maxRounds: 5,
      onRound: (round, unsolved) => void calls.push([round, unsolved]),
    });
    expect(result.rounds).toBe(5);
    expect(calls).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 1],
    ]);
    const stop = new Error('stop');
    const objective = new CountedObjective(problems);
    const run = minimise(objective, Float64Array.of(9, 9), {
      ...PATIENT,
      onRound: (round) => (round === 3 ? Promise.reject(stop) : undefined),
    });
    await expect(run).rejects.toBe(stop);
    expect(objective.evaluations).toBe(3);
  });

  it('keeps the start it was given as it is', async () => {
    const start = Float64Array.of(5, 5);
    await minimise(new CountedObjective([quadratic([1, 9], [0, 0])]), start, PATIENT);
    expect(start).toEqual(Float64Array.of(5, 5));
  });

  it('takes a shorter step where the loss is not a number', async () => {
    const result = await solve([WALLED], [20]);
    expect(result.unsolved).toBe(0);
    expect(farthest(result.parameters, WALLED)).toBeLessThan(1e-6);
  });

  it('gives up, where it stands, on a problem in which no step helps', async () => {
    const result = await solve([LYING, quadratic([1], [1])], [0, 0]);
    expect(result.rounds).toBeLessThan(60);
    expect(result.parameters[0]).toBe(0);
    expect(result.parameters[1]).toBeCloseTo(1, 8);
  });
});
