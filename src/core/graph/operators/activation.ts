/** Gelu, exact and with tanh (Hendrycks and Gimpel 2016), and the error function that exporters spell it with. */
import { add, erf, exponential, multiply, negate, subtract, tanh } from '../build.ts';
import { at, type GradientContext, type Operator } from '../operator.ts';
import { scalar, type Tensor } from '../tensor.ts';
import { unary } from './pointwise.ts';

/** √(2/π) and the cubic's weight of the approximation with tanh. */
const TANH_SCALE = Math.sqrt(2 / Math.PI);
const TANH_CUBIC = 0.044715;

/** Φ(x) + x·φ(x). */
function exactSlope(x: Tensor): Tensor {
  const u = multiply(x, scalar(Math.SQRT1_2));
  const cdf = multiply(add(erf(u), scalar(1)), scalar(0.5));
  const density = multiply(exponential(negate(multiply(u, u))), scalar(1 / Math.sqrt(2 * Math.PI)));
  return add(cdf, multiply(x, density));
}

/** ½(1 + t) + ½·x·(1 − t²)·u′ with t = tanh u, u = √(2/π)(x + 0.044715·x³). */
function tanhSlope(x: Tensor): Tensor {
  const square = multiply(x, x);
  const u = multiply(multiply(x, scalar(TANH_SCALE)), add(multiply(square, scalar(TANH_CUBIC)), scalar(1)));
  const t = tanh(u);
  const inner = multiply(add(multiply(square, scalar(3 * TANH_CUBIC)), scalar(1)), scalar(TANH_SCALE));
  const bend = multiply(multiply(x, subtract(scalar(1), multiply(t, t))), inner);
  return multiply(add(add(t, scalar(1)), bend), scalar(0.5));
}

const isApproximate = ({ attributes }: Pick<GradientContext, 'attributes'>): boolean =>
  attributes['approximate'] === 'tanh';

export const ACTIVATIONS: readonly Operator[] = [
  unary('Erf', erfOf, ({ upstream }, x) =>
    multiply(upstream, multiply(exponential(negate(multiply(x, x))), scalar(2 / Math.sqrt(Math.PI)))),
  ),
  {
    name: 'Gelu',
    infer: (inputs) => ({ type: 'float32', shape: at(inputs, 0).shape }),
    gradient: (context) => {
      const x = at(context.inputs, 0);
      return [multiply(context.upstream, isApproximate(context) ? tanhSlope(x) : exactSlope(x))];
    },
    evaluate: (inputs, attributes) =>
      Float32Array.from(at(inputs, 0).data as Float32Array, (x) =>
        isApproximate({ attributes })
          ? 0.5 * x * (1 + Math.tanh(TANH_SCALE * (x + TANH_CUBIC * x ** 3)))
          : 0.5 * x * (1 + erfOf(x * Math.SQRT1_2)),
      ),
  },
];

/**
 * The error function to double precision: its power series near 0, and the continued fraction of erfc beyond
 * (Abramowitz and Stegun 1964, 7.1.5 and 7.1.14).
 */
function erfOf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  const size = Math.abs(x);
  if (size > 6) return Math.sign(x);
  if (size < 3) {
    let term = x;
    let total = x;
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(total); n++) {
      term *= (-x * x) / n;
      total += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * total;
  }
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / 2 / (size + fraction);
  const complement = Math.exp(-size * size) / (Math.sqrt(Math.PI) * (size + fraction));
  return Math.sign(x) * (1 - complement);
}
