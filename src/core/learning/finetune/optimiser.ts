/** AdamW and clipping by the global norm, as graphs over flat parameters. */
import {
  add,
  concat,
  divide,
  expand,
  maximum,
  multiply,
  squareRoot,
  subtract,
  sum,
} from '../../graph/build.ts';
import { elementCount, scalar, type Tensor } from '../../graph/tensor.ts';
import type { Layout } from './parameters.ts';

export interface OptimiserOptions {
  /** Decay rates of the two running means. */
  readonly betas: readonly [number, number];
  readonly epsilon: number;
  readonly weightDecay: number;
  /** Gradients are scaled down to this norm where theirs is larger. */
  readonly maxNorm: number;
}

/** Loshchilov and Hutter 2019, with the settings that BERT was fine-tuned with (Devlin et al. 2019, appendix A.3). */
export const USUAL_OPTIMISER: OptimiserOptions = {
  betas: [0.9, 0.999],
  epsilon: 1e-8,
  weightDecay: 0.01,
  maxNorm: 1,
};

/** Flat vectors of one size. */
export interface OptimiserState {
  readonly parameters: Tensor;
  /** Running mean of the gradient. */
  readonly first: Tensor;
  /** Running mean of its square. */
  readonly second: Tensor;
}

/** Numbers that change from step to step, each a scalar. */
export interface StepNumbers {
  readonly rate: Tensor;
  /** 1/(1 − β₁ᵗ) and 1/(1 − β₂ᵗ), by which the running means are corrected at step t. */
  readonly firstCorrection: Tensor;
  readonly secondCorrection: Tensor;
}

export const correction = (beta: number, step: number): number => 1 / (1 - beta ** step);

export const normOf = (gradient: Tensor): Tensor => squareRoot(sum(multiply(gradient, gradient)));

/** As torch.nn.utils.clip_grad_norm_: by maxNorm / (norm + 1e-6), where that is below 1. */
export function clipped(gradient: Tensor, norm: Tensor, { maxNorm }: OptimiserOptions): Tensor {
  const excess = divide(add(norm, scalar(1e-6)), scalar(maxNorm));
  return divide(gradient, maximum(excess, scalar(1)));
}

/** Each parameter's own share of the learning rate, `[size]`; nothing where all have the whole of it. */
function shares({ slots }: Layout): Tensor | undefined {
  const runs: { rate: number; size: number }[] = [];
  for (const { rate, shape } of slots) {
    const size = elementCount(shape);
    const last = runs.at(-1);
    if (last?.rate === rate) last.size += size;
    else runs.push({ rate, size });
  }
  if (runs.every(({ rate }) => rate === 1)) return undefined;
  return concat(
    runs.map(({ rate, size }) => expand(scalar(rate), [size])),
    0,
  );
}

export function adamw(
  { parameters, first, second }: OptimiserState,
  gradient: Tensor,
  { rate, firstCorrection, secondCorrection }: StepNumbers,
  layout: Layout,
  { betas: [beta1, beta2], epsilon, weightDecay }: OptimiserOptions,
): OptimiserState {
  const newFirst = add(multiply(first, scalar(beta1)), multiply(gradient, scalar(1 - beta1)));
  const square = multiply(gradient, gradient);
  const newSecond = add(multiply(second, scalar(beta2)), multiply(square, scalar(1 - beta2)));
  const deviation = add(squareRoot(multiply(newSecond, secondCorrection)), scalar(epsilon));
  const direction = divide(multiply(newFirst, firstCorrection), deviation);
  const { size, decayed } = layout;
  const decays = concat([expand(scalar(weightDecay), [decayed]), expand(scalar(0), [size - decayed])], 0);
  const move = multiply(add(direction, multiply(parameters, decays)), rate);
  const share = shares(layout);
  return {
    parameters: subtract(parameters, share ? multiply(move, share) : move),
    first: newFirst,
    second: newSecond,
  };
}
