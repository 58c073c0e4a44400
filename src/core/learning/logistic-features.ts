/** The regressions of {@link LogisticData} solved over features. The gradient comes from differentiating the graph. */
import { add, gemm, sum } from '../graph/build.ts';
import { result, type Compute } from '../graph/compute.ts';
import { gradients } from '../graph/differentiate.ts';
import { input } from '../graph/tensor.ts';
import { minimise, type Objective } from './lbfgs.ts';
import { definedLosses, quickLosses } from './logistic-loss.ts';
import {
  featureScales,
  widthOf,
  type LogisticData,
  type LogisticProblem,
  type LogisticSolver,
} from './logistic.ts';

export async function solverOverFeatures(
  compute: Compute,
  data: LogisticData,
  problems: readonly LogisticProblem[],
): Promise<LogisticSolver> {
  const { documents } = data;
  const width = widthOf(data);
  const count = problems.length;
  const dimension = width + 1;

  const x = input('x', [documents, width]);
  const w = input('w', [count, width]);
  const b = input('b', [count]);
  const y = input('y', [documents, count]);
  const offset = input('offset', [documents, count]);
  const weight = input('weight', [documents, 1]);
  const z = add(add(gemm(x, w, { transB: true }), offset), b);
  const losses = sum(quickLosses(z, y, weight), [0]);
  const [gradientW, gradientB] = gradients(sum(definedLosses(z, y, weight)), [w, b]);
  if (!gradientW || !gradientB) throw new Error('the objective has no gradient');
  const training = await compute.compile({
    name: 'logistic',
    outputs: { losses, gradientW, gradientB },
  });
  const scoring = await compute.compile({ name: 'logits', outputs: { z } });

  const columns = problemColumns(data, problems);
  const scales = problemScales(data, problems);
  const effective = new Float32Array(count * width);
  const intercepts = new Float32Array(count);

  const load = (parameters: Float64Array): void => {
    for (let p = 0; p < count; p++) {
      const from = p * dimension;
      const to = p * width;
      for (let d = 0; d < width; d++) {
        effective[to + d] = (parameters[from + d] as number) * (scales[to + d] as number);
      }
      intercepts[p] = parameters[from + width] as number;
    }
  };

  const solver: Omit<LogisticSolver, 'fitScores'> = {
    fit: async (documentWeights, options) => {
      const objective: Objective = {
        problems: count,
        dimension,
        evaluate: async (parameters, lossesOut, gradientsOut) => {
          load(parameters);
          const results = await training.run({
            x: data.features,
            w: effective,
            b: intercepts,
            y: columns.targets,
            offset: columns.offsets,
            weight: documentWeights,
          });
          const dataLoss = result(results, 'losses');
          const dw = result(results, 'gradientW');
          const db = result(results, 'gradientB');
          problems.forEach((problem, p) => {
            let squares = 0;
            const from = p * dimension;
            for (let d = 0; d < width; d++) {
              const value = parameters[from + d] as number;
              squares += value * value;
              gradientsOut[from + d] =
                (dw[p * width + d] as number) * (scales[p * width + d] as number) + problem.l2 * value;
            }
            const away = (parameters[from + width] as number) - data.intercept.mean;
            gradientsOut[from + width] = (db[p] as number) + data.intercept.l2 * away;
            lossesOut[p] =
              (dataLoss[p] as number) + 0.5 * problem.l2 * squares + 0.5 * data.intercept.l2 * away * away;
          });
        },
      };
      const start = new Float64Array(count * dimension);
      for (let p = 0; p < count; p++) start[p * dimension + width] = data.intercept.mean;
      return minimise(objective, start, options);
    },
    scores: async (parameters) => {
      load(parameters);
      const results = await scoring.run({
        x: data.features,
        w: effective,
        b: intercepts,
        offset: columns.offsets,
      });
      return result(results, 'z');
    },
    release: async () => {
      await training.release();
      await scoring.release();
    },
  };
  return {
    ...solver,
    fitScores: async (documentWeights, options) =>
      solver.scores((await solver.fit(documentWeights, options)).parameters),
  };
}

/** Targets and offsets with one column per problem. */
function problemColumns(
  data: LogisticData,
  problems: readonly LogisticProblem[],
): { targets: Float32Array; offsets: Float32Array } {
  const count = problems.length;
  const targets = new Float32Array(data.documents * count);
  const offsets = new Float32Array(data.documents * count);
  for (let n = 0; n < data.documents; n++) {
    problems.forEach((problem, p) => {
      const cell = n * data.labels + problem.label;
      targets[n * count + p] = data.targets[cell] as number;
      offsets[n * count + p] = problem.prior * (data.offsets[cell] as number);
    });
  }
  return { targets, offsets };
}

function problemScales(data: LogisticData, problems: readonly LogisticProblem[]): Float32Array {
  const width = widthOf(data);
  const scales = new Float32Array(problems.length * width);
  problems.forEach((problem, p) => scales.set(featureScales(data.blocks, problem), p * width));
  return scales;
}
