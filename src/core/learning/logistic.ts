/**
 * A batch of one-vs-rest logistic regressions over shared documents, as one ONNX graph.
 *
 * Problem p minimises  Σₙ rₙ·[softplus(zₙₚ) − yₙₚ·zₙₚ] + ½·λₚ·‖wₚ‖² + ½·ρ·(bₚ − b₀)²
 * with                 zₙₚ = oₙₚ + bₚ + Σ_d xₙd·sₚd·wₚd.
 *
 * `o` is a fixed offset (the label texts' prior direction), `s` scales blocks of features per problem (0 leaves a
 * block out), `r` weights documents (0 holds one out of a fold). The gradient comes from differentiating the graph.
 */
import { add, gemm, multiply, softplus, subtract, sum } from '../graph/build.ts';
import { result, type Compute } from '../graph/compute.ts';
import { gradients } from '../graph/differentiate.ts';
import { input } from '../graph/tensor.ts';
import { minimise, type LbfgsOptions, type LbfgsResult, type Objective } from './lbfgs.ts';

/** A stretch of feature columns that shares its scale. */
export interface FeatureBlock {
  readonly width: number;
}

export interface LogisticProblem {
  /** Target column of `targets`. */
  readonly label: number;
  /** Weight of the fixed offset column of the label. */
  readonly prior: number;
  /** Scale of each feature block. */
  readonly scales: readonly number[];
  /** λ, the ridge on the weights. */
  readonly l2: number;
}

export interface LogisticData {
  readonly documents: number;
  /** Row-major `[documents, Σ widths]`. */
  readonly features: Float32Array;
  readonly blocks: readonly FeatureBlock[];
  /** 0/1, row-major `[documents, labels]`. */
  readonly targets: Float32Array;
  /** Similarity to each label's text, row-major `[documents, labels]`; times `prior` it is the fixed offset. */
  readonly offsets: Float32Array;
  readonly labels: number;
  /** ρ and b₀ of the intercept's ridge. */
  readonly intercept: { readonly l2: number; readonly mean: number };
}

export interface LogisticSolver {
  /** Fits all problems with these document weights `[documents]`. */
  fit(documentWeights: Float32Array, options: LbfgsOptions): Promise<LbfgsResult>;
  /** Logits `[documents, problems]` at the parameters, for all documents. */
  scores(parameters: Float64Array): Promise<Float32Array>;
  release(): Promise<void>;
}

/** Parameters are laid out per problem: the weights of all features, then the intercept. */
export async function logisticSolver(
  compute: Compute,
  data: LogisticData,
  problems: readonly LogisticProblem[],
): Promise<LogisticSolver> {
  const { documents } = data;
  const width = data.blocks.reduce((total, block) => total + block.width, 0);
  const count = problems.length;
  const dimension = width + 1;

  const x = input('x', [documents, width]);
  const w = input('w', [count, width]);
  const b = input('b', [count]);
  const y = input('y', [documents, count]);
  const offset = input('offset', [documents, count]);
  const weight = input('weight', [documents, 1]);
  const z = add(add(gemm(x, w, { transB: true }), offset), b);
  const cells = multiply(weight, subtract(softplus(z), multiply(y, z)));
  const losses = sum(cells, [0]);
  const [gradientW, gradientB] = gradients(sum(losses), [w, b]);
  if (!gradientW || !gradientB) throw new Error('the objective has no gradient');
  const training = await compute.compile({
    name: 'logistic',
    outputs: { losses, gradientW, gradientB },
  });
  const scoring = await compute.compile({ name: 'logits', outputs: { z } });

  const columns = problemColumns(data, problems);
  const scales = problemScales(data.blocks, problems, width);
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

  return {
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

function problemScales(
  blocks: readonly FeatureBlock[],
  problems: readonly LogisticProblem[],
  width: number,
): Float32Array {
  const scales = new Float32Array(problems.length * width);
  problems.forEach((problem, p) => {
    let start = p * width;
    blocks.forEach((block, position) => {
      scales.fill(problem.scales[position] ?? 1, start, start + block.width);
      start += block.width;
    });
  });
  return scales;
}
