/**
 * Distribution-balanced loss (Wu et al. 2020), without its optional focal factor:
 *   r·[ y·log(1 + e^−(z−ν)) + (1 − y)/λ·log(1 + e^λ(z−ν)) ].
 *
 * r undoes that a frequent label is seen along with rare ones: α + σ(β(s − μ)), where s is the share of the label in the
 * document's Σ 1/n over its labels. ν is the label's prior log-odds, scaled; λ makes negatives give way sooner.
 */
import { add, divide, gemm, multiply, reshape, sigmoid, softplus, subtract } from '../../graph/build.ts';
import { scalar } from '../../graph/tensor.ts';
import { wrongness, type Loss } from './loss.ts';

/** α, β and μ of the smoothing, λ and κ of the tolerance towards negatives. [ours, of the order the authors use] */
export const SMOOTHING = { lift: 0.1, slope: 10, centre: 0.2 } as const;
export const TOLERANCE = { scale: 2, bias: 0.05 } as const;

/** Keeps a document without labels from dividing by 0; it then counts fully for every label. */
const NO_LABELS = 1e-6;

export const distributionBalanced: Loss = {
  id: 'distribution-balanced',
  rowCount: 2,
  acrossLabels: true,
  /** 1/n of each label, one without positives counting as one with a single positive; and ν. */
  rows: ({ positives, documents }) => {
    const counts = positives.map((count) => Math.max(1, count));
    return [
      counts.map((count) => 1 / count),
      // Every document having the label would make its log-odds infinite.
      counts.map(
        (count) => (TOLERANCE.bias * Math.log(Math.max(1, documents - count) / count)) / TOLERANCE.scale,
      ),
    ];
  },
  cells: ({ logits, targets, rows: [inverse = scalar(1), prior = scalar(0)] }) => {
    const labels = targets.shape[1] ?? 1;
    const one = scalar(1);
    const all = add(gemm(targets, reshape(inverse, [labels, 1])), scalar(NO_LABELS));
    const share = divide(inverse, all);
    const balance = add(
      sigmoid(multiply(subtract(share, scalar(SMOOTHING.centre)), scalar(SMOOTHING.slope))),
      scalar(SMOOTHING.lift),
    );
    const negatives = subtract(one, targets);
    const scale = add(targets, multiply(negatives, scalar(TOLERANCE.scale)));
    const weight = multiply(balance, divide(one, scale));
    const shifted = multiply(scale, subtract(logits, prior));
    return multiply(weight, softplus(wrongness(shifted, targets)));
  },
};
