/** Derivatives by moving one number at a time: slow, and independent of every derivative rule. */
import { evaluateGraph } from '../evaluate.ts';
import type { FloatData, Tensor } from '../tensor.ts';

/** A power of two, so that a step from a multiple of 1/64 is exact in single precision. */
const STEP = 2 ** -5;

/**
 * Error of {@link numericGradient} for functions of order 1: the central difference of fourth order leaves about
 * STEP⁴/30 ≈ 3e-8 times the fifth derivative, and single precision 6e-8/STEP ≈ 2e-6 a term.
 */
export const GRADIENT_TOLERANCE = 1e-4;

export type FloatFeeds = Readonly<Record<string, Float32Array>>;

export function evaluateOne(tensor: Tensor, feeds: FloatFeeds): FloatData {
  return evaluateGraph({ name: 'one', outputs: { value: tensor } }, feeds)['value'] ?? new Float32Array();
}

/** The gradient of a loss (one number) with respect to the input of this name. */
export function numericGradient(loss: Tensor, feeds: FloatFeeds, name: string): Float64Array {
  const start = feeds[name] ?? new Float32Array();
  return Float64Array.from(start, (value, at) => {
    const lossAt = (steps: number): number => {
      const moved = start.slice();
      moved[at] = value + steps * STEP;
      return evaluateOne(loss, { ...feeds, [name]: moved })[0] ?? Number.NaN;
    };
    return (8 * (lossAt(1) - lossAt(-1)) - (lossAt(2) - lossAt(-2))) / (12 * STEP);
  });
}
