import { describe, expect, it } from 'vitest';
import { onnxCompute } from '../../engine/onnx/compute.ts';
import { plainCompute } from '../graph/evaluate.ts';
import { expectAllClose } from '../graph/testing/close.ts';
import { Random } from '../random.ts';
import { logisticSolver, type LogisticData, type LogisticProblem } from './logistic.ts';
import { SpyCompute } from './testing/spy-compute.ts';

const PROBLEMS: readonly LogisticProblem[] = [
  { label: 0, prior: 0, scales: [1, 0.85], l2: 0.1 },
  { label: 1, prior: 4, scales: [1, 0], l2: 0.3 },
  { label: 1, prior: 8, scales: [1, 0.85], l2: 0.1 },
  { label: 0, prior: 1, scales: [0, 2], l2: 1 },
];

/** Fewer documents than features, two of them equal, so that K is singular. */
function wideData(random: Random, documents = 11, widths = [6, 14], labels = 2): LogisticData {
  const width = widths.reduce((total, one) => total + one, 0);
  const numbers = (count: number): Float32Array =>
    Float32Array.from({ length: count }, () => 2 * random.uniform() - 1);
  const features = numbers(documents * width);
  features.copyWithin(width, 0, width);
  return {
    documents,
    features,
    blocks: widths.map((one) => ({ width: one })),
    targets: numbers(documents * labels).map((value) => (value > 0.2 ? 1 : 0)),
    offsets: numbers(documents * labels),
    labels,
    intercept: { l2: 2, mean: -1.5 },
  };
}

const everyFourthOut = (count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, n) => (n % 4 === 0 ? 0 : 1));

describe('solving over documents', () => {
  it.each([
    { backend: 'ONNX Runtime', compute: onnxCompute },
    { backend: 'the plain evaluation', compute: plainCompute },
  ])('ends, on $backend, where solving over features ends', async ({ compute }) => {
    const data = wideData(new Random(1));
    const weights = everyFourthOut(data.documents);
    const options = { maxRounds: 300, tolerance: 1e-5 };
    const overFeatures = await logisticSolver(compute, data, PROBLEMS, 'features');
    const overDocuments = await logisticSolver(compute, data, PROBLEMS, 'documents');
    const expected = await overFeatures.fit(weights, options);
    const found = await overDocuments.fit(weights, options);
    expectAllClose(found.parameters, expected.parameters, 1e-4, 'parameters');
    expectAllClose(found.losses, expected.losses, 1e-5, 'losses');
    const scores = await overFeatures.fitScores(weights, options);
    expectAllClose(await overDocuments.fitScores(weights, options), scores, 1e-4, 'scores');
    expectAllClose(await overDocuments.scores(expected.parameters), scores, 1e-4, 'scores of parameters');
    await overFeatures.release();
    await overDocuments.release();
  });

  it('walks the same way: stopped early, it stands at the same point', async () => {
    const data = wideData(new Random(2));
    const weights = everyFourthOut(data.documents);
    for (const maxRounds of [1, 2, 3, 5, 8]) {
      const fits = [];
      for (const over of ['features', 'documents'] as const) {
        const solver = await logisticSolver(plainCompute, data, PROBLEMS, over);
        fits.push(await solver.fit(weights, { maxRounds, tolerance: 1e-9 }));
        await solver.release();
      }
      const [expected, found] = fits;
      expectAllClose(found?.parameters, expected?.parameters ?? [], 2e-4, `after ${maxRounds} rounds`);
      expect(found).toMatchObject({ rounds: maxRounds, unsolved: PROBLEMS.length });
    }
  });

  it('is chosen where documents are fewer than features', async () => {
    for (const [documents, graph] of [
      [11, 'logistic-over-documents'],
      [21, 'logistic'],
    ] as const) {
      const spy = new SpyCompute(plainCompute);
      const data = wideData(new Random(3), documents);
      const solver = await logisticSolver(spy, data, PROBLEMS);
      await solver.fit(new Float32Array(documents).fill(1), { maxRounds: 2, tolerance: 1e-4 });
      await solver.release();
      expect(spy.runs.map((run) => run.graph)).toContain(graph);
      expect(spy.held).toBe(0);
    }
  });

  it('reports rounds that never go back, whatever the number of scalings', async () => {
    const data = wideData(new Random(4));
    const solver = await logisticSolver(plainCompute, data, PROBLEMS);
    const rounds: number[] = [];
    await solver.fitScores(new Float32Array(data.documents).fill(1), {
      maxRounds: 6,
      tolerance: 1e-9,
      onRound: (round) => void rounds.push(round),
    });
    await solver.release();
    expect(rounds).toEqual([...rounds].sort((a, b) => a - b));
    expect(Math.max(...rounds)).toBeLessThanOrEqual(6);
  });
});
