import { describe, expect, it } from 'vitest';
import { onnxCompute } from '../../engine/onnx/compute.ts';
import type { Compute } from '../graph/compute.ts';
import { plainCompute } from '../graph/evaluate.ts';
import { expectAllClose } from '../graph/testing/close.ts';
import { Random } from '../random.ts';
import type { LbfgsOptions } from './lbfgs.ts';
import { logisticSolver, type LogisticData, type LogisticProblem } from './logistic.ts';
import { evaluateProblem } from './testing/logistic-oracle.ts';
import { reference } from './testing/reference.ts';
import { SpyCompute } from './testing/spy-compute.ts';

const THOROUGH: LbfgsOptions = { maxRounds: 400, tolerance: 1e-4 };

function randomData(random: Random, documents = 14, widths = [3, 2], labels = 2): LogisticData {
  const width = widths.reduce((total, one) => total + one, 0);
  const numbers = (count: number): Float32Array =>
    Float32Array.from({ length: count }, () => 2 * random.uniform() - 1);
  return {
    documents,
    features: numbers(documents * width),
    blocks: widths.map((one) => ({ width: one })),
    targets: numbers(documents * labels).map((value) => (value > 0.2 ? 1 : 0)),
    offsets: numbers(documents * labels),
    labels,
    intercept: { l2: 2, mean: -1.5 },
  };
}

const PROBLEMS: readonly LogisticProblem[] = [
  { label: 0, prior: 0, scales: [1, 1], l2: 0.5 },
  { label: 1, prior: 0, scales: [1, 1], l2: 0.5 },
  { label: 0, prior: 4, scales: [1, 0.85], l2: 0.1 },
  { label: 1, prior: 8, scales: [1, 0], l2: 3 },
  { label: 1, prior: -2, scales: [0, 2], l2: 0.1 },
  { label: 0, prior: 1, scales: [0.5, 3], l2: 0.03 },
];

const ones = (count: number): Float32Array => new Float32Array(count).fill(1);
const everyFourthOut = (count: number): Float32Array => ones(count).map((_, n) => (n % 4 === 0 ? 0 : 1));

async function fit(
  compute: Compute,
  data: LogisticData,
  problems: readonly LogisticProblem[],
  weights: Float32Array,
  options = THOROUGH,
) {
  const solver = await logisticSolver(compute, data, problems);
  try {
    const result = await solver.fit(weights, options);
    return { ...result, scores: await solver.scores(result.parameters) };
  } finally {
    await solver.release();
  }
}

describe('a batch of logistic regressions', () => {
  it('computes, on the way, the losses and gradients that the definition gives', async () => {
    const random = new Random(1);
    for (let trial = 0; trial < 4; trial++) {
      const data = randomData(random);
      const weights = Float32Array.from({ length: data.documents }, () => random.integer(4) / 2);
      const spy = new SpyCompute(plainCompute);
      await fit(spy, data, PROBLEMS, weights, { maxRounds: 12, tolerance: 1e-4 });
      const runs = spy.runs.filter(({ results }) => 'losses' in results);
      expect(runs).toHaveLength(12);
      for (const { feeds, results } of runs) {
        PROBLEMS.forEach((problem, p) => {
          // The graph sees scaled weights and knows no ridge.
          const parameters = [
            ...Array.from({ length: 5 }, (_, d) => Number(feeds['w']?.[5 * p + d])),
            Number(feeds['b']?.[p]),
          ];
          const bare = { ...data, intercept: { l2: 0, mean: 0 } };
          const { loss, gradient } = evaluateProblem(
            bare,
            { ...problem, scales: [1, 1], l2: 0 },
            weights,
            parameters,
          );
          expectAllClose(results['losses']?.subarray(p, p + 1), [loss], 2e-6, 'loss');
          const found = [
            ...(results['gradientW']?.subarray(5 * p, 5 * p + 5) ?? []),
            Number(results['gradientB']?.[p]),
          ];
          expectAllClose(found, gradient, 5e-6, 'gradient');
        });
      }
    }
  });

  it.each([
    { backend: 'ONNX Runtime', compute: onnxCompute },
    { backend: 'the plain evaluation', compute: plainCompute },
  ])('ends, on $backend, where the definition has its minimum', async ({ compute }) => {
    const random = new Random(2);
    const data = randomData(random);
    const weights = everyFourthOut(data.documents);
    const { parameters, losses, unsolved, scores } = await fit(compute, data, PROBLEMS, weights);
    expect(unsolved).toBe(0);
    PROBLEMS.forEach((problem, p) => {
      const own = parameters.subarray(6 * p, 6 * p + 6);
      const { loss, gradient, logits } = evaluateProblem(data, problem, weights, own);
      expectAllClose([losses[p] ?? Number.NaN], [loss], 2e-6, 'loss');
      expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(2e-4);
      const column = Float64Array.from(logits, (_, n) => scores[n * PROBLEMS.length + p] ?? Number.NaN);
      expectAllClose(column, logits, 2e-6, 'logits');
    });
  });

  it('starts from nothing learned and the usual intercept', async () => {
    const data = randomData(new Random(3));
    const { parameters, losses, rounds } = await fit(plainCompute, data, PROBLEMS, ones(data.documents), {
      maxRounds: 1,
      tolerance: 1e-4,
    });
    expect(rounds).toBe(1);
    PROBLEMS.forEach((problem, p) => {
      const start = [0, 0, 0, 0, 0, -1.5];
      expect([...parameters.subarray(6 * p, 6 * p + 6)]).toEqual(start);
      const { loss } = evaluateProblem(data, problem, ones(data.documents), start);
      expectAllClose([losses[p] ?? Number.NaN], [loss], 1e-6, 'loss');
    });
  });

  it('stays there without documents', async () => {
    const data = randomData(new Random(4));
    const { parameters, unsolved } = await fit(
      plainCompute,
      data,
      PROBLEMS.slice(0, 1),
      new Float32Array(data.documents),
    );
    expect([...parameters]).toEqual([0, 0, 0, 0, 0, -1.5]);
    expect(unsolved).toBe(0);
  });

  it('leaves the weights of a block of scale 0 at exactly 0', async () => {
    const data = randomData(new Random(5));
    const { parameters } = await fit(plainCompute, data, PROBLEMS, ones(data.documents));
    const weights = (p: number, from: number, to: number): number[] => [
      ...parameters.subarray(6 * p + from, 6 * p + to),
    ];
    expect(weights(3, 3, 5)).toEqual([0, 0]);
    expect(weights(4, 0, 3)).toEqual([0, 0, 0]);
    for (const value of [...weights(3, 0, 3), ...weights(4, 3, 5)])
      expect(Math.abs(value)).toBeGreaterThan(0);
  });

  it.each([
    { backend: 'ONNX Runtime', compute: onnxCompute },
    { backend: 'the plain evaluation', compute: plainCompute },
  ])('learns nothing, on $backend, from documents that are held out', async ({ compute }) => {
    const data = randomData(new Random(6));
    const weights = everyFourthOut(data.documents);
    const changed = {
      ...data,
      targets: data.targets.map((target, cell) =>
        weights[Math.floor(cell / data.labels)] === 0 ? 1 - target : target,
      ),
    };
    expect(changed.targets).not.toEqual(data.targets);
    const before = await fit(compute, data, PROBLEMS, weights);
    const after = await fit(compute, changed, PROBLEMS, weights);
    expect(after.parameters).toEqual(before.parameters);
    expect(after.scores).toEqual(before.scores);
  });

  it('counts a document of weight 2 as two documents', async () => {
    const data = randomData(new Random(7), 10);
    const doubled = ones(10);
    doubled[4] = 2;
    const row = <T extends Float32Array>(all: T, width: number): number[] => [
      ...all,
      ...all.subarray(4 * width, 5 * width),
    ];
    const written = {
      ...data,
      documents: 11,
      features: Float32Array.from(row(data.features, 5)),
      targets: Float32Array.from(row(data.targets, 2)),
      offsets: Float32Array.from(row(data.offsets, 2)),
    };
    const once = await fit(plainCompute, data, PROBLEMS, doubled);
    const twice = await fit(plainCompute, written, PROBLEMS, ones(11));
    expectAllClose(once.parameters, twice.parameters, 2e-3, 'parameters');
  });

  it('solves each problem as if it were alone', async () => {
    const data = randomData(new Random(8));
    const together = await fit(plainCompute, data, PROBLEMS, ones(data.documents));
    for (const [p, problem] of PROBLEMS.entries()) {
      const alone = await fit(plainCompute, data, [problem], ones(data.documents));
      expect(together.parameters.subarray(6 * p, 6 * p + 6)).toEqual(alone.parameters);
    }
  });

  it('releases what it compiled', async () => {
    const spy = new SpyCompute(plainCompute);
    const data = randomData(new Random(9));
    const solver = await logisticSolver(spy, data, PROBLEMS);
    expect(spy.held).toBeGreaterThan(0);
    await solver.fit(ones(data.documents), { maxRounds: 2, tolerance: 1e-4 });
    await solver.release();
    expect(spy.held).toBe(0);
  });
});

describe('scikit-learn', () => {
  const { logistic } = reference();
  const data: LogisticData = {
    documents: logistic.documents,
    features: Float32Array.from(logistic.features),
    blocks: logistic.blocks.map((width) => ({ width })),
    targets: Float32Array.from(logistic.targets.join(''), Number),
    offsets: new Float32Array(logistic.documents * logistic.labels),
    labels: logistic.labels,
    intercept: { l2: 0, mean: 0 },
  };
  const width = logistic.blocks.reduce((total, one) => total + one, 0);

  it.each(logistic.cases)('has the same minimum: $name', async (stored) => {
    const problems = stored.problems.map(({ label, scales, l2 }) => ({ label, scales, l2, prior: 0 }));
    const { parameters, losses, unsolved } = await fit(
      onnxCompute,
      { ...data, intercept: { l2: stored.interceptRidge, mean: 0 } },
      problems,
      Float32Array.from(stored.documentWeights),
      { maxRounds: 300, tolerance: 1e-4 },
    );
    expect(unsolved).toBe(0);
    stored.problems.forEach(({ weights, intercept, objective }, p) => {
      const own = parameters.subarray(p * (width + 1), (p + 1) * (width + 1));
      expectAllClose([losses[p] ?? Number.NaN], [objective], 1e-5, `objective of problem ${p}`);
      expectAllClose(own, [...weights, intercept], 1e-3, `coefficients of problem ${p}`);
    });
  });
});
