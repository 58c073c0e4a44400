/**
 * The regressions of {@link LogisticData} where there are fewer documents than features, solved over documents.
 *
 * From nothing learned, every weight vector, gradient and step of L-BFGS is a combination of the documents, Σₙ aₙ·(s∘xₙ):
 * the loss sees the weights only through them, and the ridge adds nothing outside their span (the representer
 * theorem). So a vector is kept as its coefficients `a` and its products `K·a` with the documents, K = XSSXᵀ. Sums
 * and multiples act on both, and the inner product of two vectors is a·(K·a′). Up to rounding the iterates are those
 * over features; but a round costs one product with K `[documents, documents]` instead of two with
 * X `[documents, features]`, and L-BFGS works on 2·documents + 1 numbers a problem, not on features + 1.
 */
import { add, gemm, sum } from '../graph/build.ts';
import { result, type Compute, type Executable, type Feeds } from '../graph/compute.ts';
import { gradients } from '../graph/differentiate.ts';
import { input, type Tensor } from '../graph/tensor.ts';
import { minimise, type LbfgsOptions, type LbfgsResult, type Objective } from './lbfgs.ts';
import { solverOverFeatures } from './logistic-features.ts';
import { definedLosses, quickLosses } from './logistic-loss.ts';
import {
  featureScales,
  widthOf,
  type LogisticData,
  type LogisticProblem,
  type LogisticSolver,
} from './logistic.ts';

/** Each group of problems with the same scales has its own K and is solved after the one before. */
export async function solverOverDocuments(
  compute: Compute,
  data: LogisticData,
  problems: readonly LogisticProblem[],
): Promise<LogisticSolver> {
  const { documents } = data;
  const stride = widthOf(data) + 1;
  const groups: Group[] = [];
  const release = async (): Promise<void> => {
    for (const group of groups) await group.release();
  };
  try {
    for (const columns of groupedByScales(problems)) {
      groups.push(await Group.compile(compute, data, problems, columns));
    }
  } catch (error) {
    await release();
    throw error;
  }
  /** Rounds are reported as if the groups were one batch. */
  const solveAll = async (weight: Float32Array, options: LbfgsOptions): Promise<readonly LbfgsResult[]> => {
    const results: LbfgsResult[] = [];
    for (const [position, group] of groups.entries()) {
      const onRound: LbfgsOptions['onRound'] = (round, unsolved) =>
        options.onRound?.((position * options.maxRounds + round) / groups.length, unsolved);
      results.push(await group.solve(weight, { ...options, onRound }));
    }
    return results;
  };

  return {
    fit: async (weight, options) => {
      const results = await solveAll(weight, options);
      const parameters = new Float64Array(problems.length * stride);
      const losses = new Float64Array(problems.length);
      for (const [position, { columns }] of groups.entries()) {
        const solved = results[position];
        const own = solved && (await groups[position]?.weights(solved.parameters));
        columns.forEach((column, p) => {
          parameters.set(own?.subarray(p * stride, (p + 1) * stride) ?? [], column * stride);
          losses[column] = solved?.losses[p] ?? Number.NaN;
        });
      }
      return {
        parameters,
        losses,
        rounds: Math.max(0, ...results.map(({ rounds }) => rounds)),
        unsolved: results.reduce((total, { unsolved }) => total + unsolved, 0),
      };
    },
    scores: async (parameters) => {
      const overFeatures = await solverOverFeatures(compute, data, problems);
      return overFeatures.scores(parameters).finally(() => overFeatures.release());
    },
    fitScores: async (weight, options) => {
      const results = await solveAll(weight, options);
      const scores = new Float32Array(documents * problems.length);
      groups.forEach((group, position) => {
        const states = results[position]?.parameters;
        if (states) group.writeScores(states, scores, problems.length);
      });
      return scores;
    },
    release,
  };
}

/** Columns of the problems that share their scales. */
function groupedByScales(problems: readonly LogisticProblem[]): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  problems.forEach(({ scales }, column) => {
    const key = scales.join();
    groups.set(key, [...(groups.get(key) ?? []), column]);
  });
  return [...groups.values()];
}

/**
 * Problems with the same scales. The state of a problem is `[a, K·a, intercept]`.
 */
class Group {
  readonly columns: readonly number[];
  readonly #compute: Compute;
  readonly #data: LogisticData;
  readonly #problems: readonly LogisticProblem[];
  readonly #scales: Float32Array;
  readonly #k: Float32Array;
  readonly #training: Executable;
  /** `[problems, documents]`. */
  readonly #targets: Float32Array;
  readonly #offsets: Float32Array;

  private constructor(
    compute: Compute,
    data: LogisticData,
    all: readonly LogisticProblem[],
    columns: readonly number[],
    scales: Float32Array,
    k: Float32Array,
    training: Executable,
  ) {
    const { documents, labels } = data;
    this.columns = columns;
    this.#compute = compute;
    this.#data = data;
    this.#problems = columns.flatMap((column) => all[column] ?? []);
    this.#scales = scales;
    this.#k = k;
    this.#training = training;
    this.#targets = new Float32Array(columns.length * documents);
    this.#offsets = new Float32Array(columns.length * documents);
    this.#problems.forEach(({ label, prior }, p) => {
      for (let n = 0; n < documents; n++) {
        this.#targets[p * documents + n] = data.targets[n * labels + label] as number;
        this.#offsets[p * documents + n] = prior * (data.offsets[n * labels + label] as number);
      }
    });
  }

  static async compile(
    compute: Compute,
    data: LogisticData,
    all: readonly LogisticProblem[],
    columns: readonly number[],
  ): Promise<Group> {
    const [first] = columns.flatMap((column) => all[column] ?? []);
    const scales = first ? featureScales(data.blocks, first) : new Float32Array();
    const k = await documentProducts(compute, data, scales);
    const training = await compileTraining(compute, data.documents, columns.length);
    return new Group(compute, data, all, columns, scales, k, training);
  }

  solve(weight: Float32Array, options: LbfgsOptions): Promise<LbfgsResult> {
    const { documents: n, intercept } = this.#data;
    const count = this.#problems.length;
    const stride = 2 * n + 1;
    const raw = new Float32Array(count * n);
    const objective: Objective = {
      problems: count,
      dimension: stride,
      dot: (u, v) => dotOfHalves(u, v, n),
      evaluate: async (states, losses, slopes) => {
        for (let p = 0; p < count; p++) {
          const own = states.subarray(p * stride, (p + 1) * stride);
          for (let i = 0; i < n; i++) raw[p * n + i] = (own[n + i] as number) + (own[2 * n] as number);
        }
        const results = await this.#training.run({
          raw,
          y: this.#targets,
          offset: this.#offsets,
          weight,
          k: this.#k,
        });
        const dataLosses = result(results, 'losses');
        const residuals = result(results, 'residuals');
        const products = result(results, 'products');
        this.#problems.forEach(({ l2 }, p) => {
          const own = states.subarray(p * stride, (p + 1) * stride);
          const slope = slopes.subarray(p * stride, (p + 1) * stride);
          let squares = 0;
          let total = 0;
          for (let i = 0; i < n; i++) {
            const a = own[i] as number;
            const ka = own[n + i] as number;
            const residual = residuals[p * n + i] as number;
            squares += a * ka;
            total += residual;
            slope[i] = residual + l2 * a;
            slope[n + i] = (products[p * n + i] as number) + l2 * ka;
          }
          const away = (own[2 * n] as number) - intercept.mean;
          slope[2 * n] = total + intercept.l2 * away;
          losses[p] = (dataLosses[p] as number) + 0.5 * (l2 * squares + intercept.l2 * away * away);
        });
      },
    };
    const start = new Float64Array(count * stride);
    for (let p = 0; p < count; p++) start[p * stride + 2 * n] = intercept.mean;
    return minimise(objective, start, options);
  }

  /** Writes this group's columns of `[documents, columns]`. */
  writeScores(states: Float64Array, scores: Float32Array, columns: number): void {
    const { documents: n } = this.#data;
    this.columns.forEach((column, p) => {
      const at = p * (2 * n + 1);
      for (let i = 0; i < n; i++) {
        scores[i * columns + column] =
          (states[at + n + i] as number) +
          (states[at + 2 * n] as number) +
          (this.#offsets[p * n + i] as number);
      }
    });
  }

  /** Weights of features and intercepts, `[problems, features + 1]`. */
  async weights(states: Float64Array): Promise<Float64Array> {
    const { documents: n, features } = this.#data;
    const count = this.#problems.length;
    const width = this.#scales.length;
    const coefficients = new Float32Array(count * n);
    for (let p = 0; p < count; p++) {
      const at = p * (2 * n + 1);
      coefficients.set(states.subarray(at, at + n), p * n);
    }
    const combined = await runOnce(this.#compute, gemm(input('a', [count, n]), input('x', [n, width])), {
      a: coefficients,
      x: features,
    });
    const weights = new Float64Array(count * (width + 1));
    for (let p = 0; p < count; p++) {
      for (let d = 0; d < width; d++) {
        weights[p * (width + 1) + d] = (combined[p * width + d] as number) * (this.#scales[d] as number);
      }
      weights[p * (width + 1) + width] = states[p * (2 * n + 1) + 2 * n] as number;
    }
    return weights;
  }

  release(): Promise<void> {
    return this.#training.release();
  }
}

/** u·(K·v) + the intercepts' product, of states `[a, K·a, intercept]`. Four sums, because one would wait for itself. */
function dotOfHalves(u: Float64Array, v: Float64Array, n: number): number {
  let w = (u[2 * n] as number) * (v[2 * n] as number);
  let x = 0;
  let y = 0;
  let z = 0;
  const last = n - (n % 4);
  for (let i = 0; i < last; i += 4) {
    w += (u[i] as number) * (v[n + i] as number);
    x += (u[i + 1] as number) * (v[n + i + 1] as number);
    y += (u[i + 2] as number) * (v[n + i + 2] as number);
    z += (u[i + 3] as number) * (v[n + i + 3] as number);
  }
  for (let i = last; i < n; i++) w += (u[i] as number) * (v[n + i] as number);
  return w + x + (y + z);
}

/** Losses of all problems, their slopes by each document's logit, and these slopes times K. */
function compileTraining(compute: Compute, n: number, count: number): Promise<Executable> {
  const raw = input('raw', [count, n]);
  const y = input('y', [count, n]);
  const z = add(raw, input('offset', [count, n]));
  const weight = input('weight', [1, n]);
  const losses = sum(quickLosses(z, y, weight), [1]);
  const [residuals] = gradients(sum(definedLosses(z, y, weight)), [raw]);
  if (!residuals) throw new Error('the objective has no gradient');
  const products = gemm(residuals, input('k', [n, n]));
  return compute.compile({ name: 'logistic-over-documents', outputs: { losses, residuals, products } });
}

/** K by feature matrix and scales: the solvers of one training run share it. */
const knownProducts = new WeakMap<Float32Array, Map<string, Promise<Float32Array>>>();

function documentProducts(
  compute: Compute,
  { documents, features }: LogisticData,
  scales: Float32Array,
): Promise<Float32Array> {
  const known = knownProducts.get(features) ?? new Map<string, Promise<Float32Array>>();
  knownProducts.set(features, known);
  const key = scales.join();
  const made = known.get(key) ?? productsOfRows(compute, features, documents, scales);
  known.set(key, made);
  made.catch(() => known.delete(key));
  return made;
}

async function productsOfRows(
  compute: Compute,
  features: Float32Array,
  rows: number,
  scales: Float32Array,
): Promise<Float32Array> {
  const width = scales.length;
  const used = [...scales.keys()].filter((d) => scales[d] !== 0);
  if (used.length === 0) return new Float32Array(rows * rows);
  const scaled = new Float32Array(rows * used.length);
  for (let n = 0; n < rows; n++) {
    used.forEach((d, i) => {
      scaled[n * used.length + i] = (features[n * width + d] as number) * (scales[d] as number);
    });
  }
  const x = input('x', [rows, used.length]);
  return runOnce(compute, gemm(x, x, { transB: true }), { x: scaled });
}

async function runOnce(compute: Compute, output: Tensor, feeds: Feeds): Promise<Float32Array> {
  const graph = await compute.compile({ name: 'once', outputs: { output } });
  try {
    return result(await graph.run(feeds), 'output');
  } finally {
    await graph.release();
  }
}
