/**
 * A batch of one-vs-rest logistic regressions over shared documents, as one ONNX graph.
 *
 * Problem p minimises  Σₙ rₙ·[softplus(zₙₚ) − yₙₚ·zₙₚ] + ½·λₚ·‖wₚ‖² + ½·ρ·(bₚ − b₀)²
 * with                 zₙₚ = oₙₚ + bₚ + Σ_d xₙd·sₚd·wₚd.
 *
 * `o` is a fixed offset (the label texts' prior direction), `s` scales blocks of features per problem (0 leaves a
 * block out), `r` weights documents (0 holds one out of a fold). It is solved over features or, where there are fewer
 * documents than features, over documents; both walk the same way and end at the same weights.
 */
import type { Compute } from '../graph/compute.ts';
import type { LbfgsOptions, LbfgsResult } from './lbfgs.ts';
import { solverOverDocuments } from './logistic-documents.ts';
import { solverOverFeatures } from './logistic-features.ts';

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
  /** The same at the end of a fit, without spelling the parameters out. */
  fitScores(documentWeights: Float32Array, options: LbfgsOptions): Promise<Float32Array>;
  release(): Promise<void>;
}

/**
 * Parameters are laid out per problem: the weights of all features, then the intercept.
 * @param over what is solved over; by default whichever is fewer
 */
export async function logisticSolver(
  compute: Compute,
  data: LogisticData,
  problems: readonly LogisticProblem[],
  over: 'features' | 'documents' = data.documents < widthOf(data) ? 'documents' : 'features',
): Promise<LogisticSolver> {
  return over === 'features'
    ? solverOverFeatures(compute, data, problems)
    : solverOverDocuments(compute, data, problems);
}

export const widthOf = ({ blocks }: LogisticData): number =>
  blocks.reduce((total, { width }) => total + width, 0);

/** The scale of every feature. */
export function featureScales(blocks: readonly FeatureBlock[], { scales }: LogisticProblem): Float32Array {
  return Float32Array.from(
    blocks.flatMap(({ width }, block) => new Array<number>(width).fill(scales[block] ?? 1)),
  );
}
