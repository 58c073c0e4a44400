/** One logistic problem, written out loop by loop in double precision from its definition. */
import type { LogisticData, LogisticProblem } from '../logistic.ts';

export interface Evaluation {
  readonly loss: number;
  /** Weights of all features, then the intercept. */
  readonly gradient: Float64Array;
  /** Logit of each document. */
  readonly logits: Float64Array;
}

/** Loss, gradient and logits of one problem at its parameters (weights of all features, then the intercept). */
export function evaluateProblem(
  data: LogisticData,
  problem: LogisticProblem,
  documentWeights: ArrayLike<number>,
  parameters: ArrayLike<number>,
): Evaluation {
  const scales = data.blocks.flatMap(({ width }, block) =>
    new Array<number>(width).fill(problem.scales[block] ?? 1),
  );
  const width = scales.length;
  const gradient = new Float64Array(width + 1);
  const logits = new Float64Array(data.documents);
  let loss = 0;
  for (let n = 0; n < data.documents; n++) {
    const x = (d: number): number => (data.features[n * width + d] ?? 0) * (scales[d] ?? 0);
    const cell = n * data.labels + problem.label;
    let z = problem.prior * (data.offsets[cell] ?? 0) + (parameters[width] ?? 0);
    for (let d = 0; d < width; d++) z += x(d) * (parameters[d] ?? 0);
    logits[n] = z;
    const y = data.targets[cell] ?? 0;
    const r = documentWeights[n] ?? 0;
    loss += r * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y * z);
    const slope = r * (1 / (1 + Math.exp(-z)) - y);
    for (let d = 0; d < width; d++) gradient[d] = (gradient[d] ?? 0) + slope * x(d);
    gradient[width] = (gradient[width] ?? 0) + slope;
  }
  for (let d = 0; d < width; d++) {
    const weight = parameters[d] ?? 0;
    loss += 0.5 * problem.l2 * weight ** 2;
    gradient[d] = (gradient[d] ?? 0) + problem.l2 * weight;
  }
  const away = (parameters[width] ?? 0) - data.intercept.mean;
  loss += 0.5 * data.intercept.l2 * away ** 2;
  gradient[width] = (gradient[width] ?? 0) + data.intercept.l2 * away;
  return { loss, gradient, logits };
}
