/** Element-wise operators with broadcasting. */
import { broadcastIndices, broadcastShapes } from '../broadcast.ts';
import { add, apply, divide, multiply, negate, sigmoid, subtract } from '../build.ts';
import { at, commonType, type GradientContext, type Operator } from '../operator.ts';
import { floats, scalar, type Tensor } from '../tensor.ts';

function binary(
  name: string,
  compute: (a: number, b: number) => number,
  gradient: (context: GradientContext, a: Tensor, b: Tensor) => readonly Tensor[],
): Operator {
  return {
    name,
    infer: (inputs) => ({
      type: commonType(name, inputs),
      shape: broadcastShapes(at(inputs, 0).shape, at(inputs, 1).shape),
    }),
    gradient: (context) => gradient(context, at(context.inputs, 0), at(context.inputs, 1)),
    evaluate: (inputs, _attributes, output) => {
      const [a, b] = [at(inputs, 0), at(inputs, 1)];
      const ia = broadcastIndices(a.shape, output.shape);
      const ib = broadcastIndices(b.shape, output.shape);
      return floats(output.type, ia.length, (i) =>
        compute(Number(a.data[ia[i] ?? 0] ?? 0), Number(b.data[ib[i] ?? 0] ?? 0)),
      );
    },
  };
}

function unary(
  name: string,
  compute: (x: number) => number,
  gradient: (context: GradientContext, x: Tensor) => Tensor,
): Operator {
  return {
    name,
    infer: (inputs) => ({ type: at(inputs, 0).type, shape: at(inputs, 0).shape }),
    gradient: (context) => [gradient(context, at(context.inputs, 0))],
    evaluate: (inputs) => {
      const { type, data } = at(inputs, 0);
      return floats(type, data.length, (i) => compute(Number(data[i])));
    },
  };
}

/** log(1 + e^x) without overflow. */
const softplusOf = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const sigmoidOf = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

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
    ({ upstream }) => add(upstream, scalar(0, upstream.type)),
  ),
];
