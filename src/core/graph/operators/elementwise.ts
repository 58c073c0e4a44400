/** Element-wise operators with broadcasting. */
import { add, apply, cast, divide, multiply, negate, sigmoid, subtract } from '../build.ts';
import type { Operator } from '../operator.ts';
import { scalar, type Tensor } from '../tensor.ts';
import { binary, unary } from './pointwise.ts';

/** log(1 + e^x) without overflow. */
const softplusOf = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const sigmoidOf = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

/** 1 where `larger` is, ½ where it is equal to `other`, 0 elsewhere. */
function share(larger: Tensor, other: Tensor): Tensor {
  const { type } = larger;
  const above = cast(apply('Greater', [larger, other]), type);
  const below = cast(apply('Greater', [other, larger]), type);
  return multiply(add(subtract(above, below), scalar(1, type)), scalar(0.5, type));
}

export const ELEMENTWISE: readonly Operator[] = [
  binary(
    'Add',
    (a, b) => a + b,
    ({ upstream }) => [upstream, upstream],
  ),
  binary(
    'Sub',
    (a, b) => a - b,
    ({ upstream }) => [upstream, negate(upstream)],
  ),
  binary(
    'Mul',
    (a, b) => a * b,
    ({ upstream }, a, b) => [multiply(upstream, b), multiply(upstream, a)],
  ),
  binary(
    'Div',
    (a, b) => a / b,
    ({ upstream, output }, _a, b) => {
      const quotient = divide(upstream, b);
      return [quotient, negate(multiply(quotient, output))];
    },
  ),
  unary(
    'Neg',
    (x) => -x,
    ({ upstream }) => negate(upstream),
  ),
  unary('Exp', Math.exp, ({ upstream, output }) => multiply(upstream, output)),
  unary('Log', Math.log, ({ upstream }, x) => divide(upstream, x)),
  unary('Sqrt', Math.sqrt, ({ upstream, output }) =>
    divide(multiply(upstream, scalar(0.5, upstream.type)), output),
  ),
  unary('Tanh', Math.tanh, ({ upstream, output }) =>
    multiply(upstream, subtract(scalar(1, upstream.type), multiply(output, output))),
  ),
  unary('Sigmoid', sigmoidOf, ({ upstream, output }) =>
    multiply(upstream, multiply(output, subtract(scalar(1, upstream.type), output))),
  ),
  unary('Softplus', softplusOf, ({ upstream }, x) => multiply(upstream, sigmoid(x))),
  unary(
    'Relu',
    (x) => Math.max(x, 0),
    ({ upstream, output }) => multiply(upstream, apply('Sign', [output])),
  ),
  unary('Sign', Math.sign, ({ upstream }) => multiply(upstream, scalar(0, upstream.type))),
  unary(
    'Identity',
    (x) => x,
    ({ upstream }) => upstream,
  ),
  unary('Sin', Math.sin, ({ upstream }, x) => multiply(upstream, apply('Cos', [x]))),
  unary('Cos', Math.cos, ({ upstream }, x) => negate(multiply(upstream, apply('Sin', [x])))),
  unary('Abs', Math.abs, ({ upstream }, x) => multiply(upstream, apply('Sign', [x]))),
  // Where both are equal, each takes half.
  binary('Max', Math.max, ({ upstream }, a, b) => [
    multiply(upstream, share(a, b)),
    multiply(upstream, share(b, a)),
  ]),
  binary('Min', Math.min, ({ upstream }, a, b) => [
    multiply(upstream, share(b, a)),
    multiply(upstream, share(a, b)),
  ]),
];
