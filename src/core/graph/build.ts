/** Functions that build graphs: each returns a new tensor whose shape has been checked. */
import { operatorNamed } from './registry.ts';
import { castCode } from './operators/cast.ts';
import { sameShape, type Attributes, type DataType, type Shape, type Tensor } from './tensor.ts';

/** Applies an operator by its ONNX name. */
export function apply(operator: string, inputs: readonly Tensor[], attributes: Attributes = {}): Tensor {
  const type = operatorNamed(operator).infer(inputs, attributes);
  return { ...type, source: { kind: 'node', operator, inputs, attributes } };
}

export const add = (a: Tensor, b: Tensor): Tensor => apply('Add', [a, b]);
export const subtract = (a: Tensor, b: Tensor): Tensor => apply('Sub', [a, b]);
export const multiply = (a: Tensor, b: Tensor): Tensor => apply('Mul', [a, b]);
export const divide = (a: Tensor, b: Tensor): Tensor => apply('Div', [a, b]);
export const negate = (x: Tensor): Tensor => apply('Neg', [x]);
export const exponential = (x: Tensor): Tensor => apply('Exp', [x]);
export const logarithm = (x: Tensor): Tensor => apply('Log', [x]);
export const squareRoot = (x: Tensor): Tensor => apply('Sqrt', [x]);
export const tanh = (x: Tensor): Tensor => apply('Tanh', [x]);
export const sigmoid = (x: Tensor): Tensor => apply('Sigmoid', [x]);
/** log(1 + eˣ). */
export const softplus = (x: Tensor): Tensor => apply('Softplus', [x]);
export const relu = (x: Tensor): Tensor => apply('Relu', [x]);

/** op(A) · op(B) of two matrices. */
export function gemm(
  a: Tensor,
  b: Tensor,
  { transA = false, transB = false }: { transA?: boolean; transB?: boolean } = {},
): Tensor {
  return apply('Gemm', [a, b], { transA: transA ? 1 : 0, transB: transB ? 1 : 0 });
}

interface ReduceOptions {
  readonly keepDimensions?: boolean;
}

/** Sum over `axes` (all of them when left out). */
export function sum(
  x: Tensor,
  axes?: readonly number[],
  { keepDimensions = false }: ReduceOptions = {},
): Tensor {
  return apply('ReduceSum', [x], {
    axes: axes ?? x.shape.map((_, axis) => axis),
    keepdims: keepDimensions ? 1 : 0,
  });
}

/** Mean over `axes` (all of them when left out). */
export function mean(
  x: Tensor,
  axes?: readonly number[],
  { keepDimensions = false }: ReduceOptions = {},
): Tensor {
  return apply('ReduceMean', [x], {
    axes: axes ?? x.shape.map((_, axis) => axis),
    keepdims: keepDimensions ? 1 : 0,
  });
}

export function reshape(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : apply('Reshape', [x], { shape });
}

/** Repeats along axes of size 1 (and new leading axes) up to `shape`. */
export function expand(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : apply('Expand', [x], { shape });
}

export function cast(x: Tensor, type: DataType): Tensor {
  return x.type === type ? x : apply('Cast', [x], { to: castCode(type) });
}

/** Whether a ≤ b, as a truth value an element. */
export const lessOrEqual = (a: Tensor, b: Tensor): Tensor => apply('LessOrEqual', [a, b]);

/** The least number along `axes`. */
export const minimum = (x: Tensor, axes: readonly number[]): Tensor =>
  apply('ReduceMin', [x], { axes, keepdims: 0 });

/** The greatest number along `axes`. */
export const maximum = (x: Tensor, axes: readonly number[]): Tensor =>
  apply('ReduceMax', [x], { axes, keepdims: 0 });

/** Positions of the `k` greatest numbers of each row of a matrix, the greatest first; the earlier one where two are equal. */
export const greatest = (x: Tensor, k: number): Tensor =>
  apply('TopK', [x], { k: [k], axis: 1, largest: 1, sorted: 1 });
