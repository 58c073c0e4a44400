/** Functions that build graphs: each returns a new tensor whose shape has been checked. */
import { operatorNamed } from './registry.ts';
import { sameShape, type Attributes, type DataType, type Shape, type Tensor } from './tensor.ts';

/** ONNX's numbers for element types (`TensorProto.DataType`). */
export const TYPE_CODES: Readonly<Record<DataType, number>> = {
  float32: 1,
  int64: 7,
  bool: 9,
  float64: 11,
};

/** Applies an operator by its ONNX name. */
export function apply(operator: string, inputs: readonly Tensor[], attributes: Attributes = {}): Tensor {
  const type = operatorNamed(operator).infer(inputs, attributes);
  return { ...type, source: { kind: 'node', operator, inputs, attributes } };
}

/** A further output of the operator that produced the tensor. */
export function part(of: Tensor, index: number): Tensor {
  if (of.source.kind !== 'node') throw new Error('only an operator has further outputs');
  const { operator, inputs, attributes } = of.source;
  const rule = operatorNamed(operator).parts?.[index - 1];
  if (!rule) throw new Error(`${operator} has no output ${index}`);
  return { ...rule.infer(inputs, attributes), source: { kind: 'part', of, index } };
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

export const power = (x: Tensor, exponent: Tensor): Tensor => apply('Pow', [x, exponent]);
export const erf = (x: Tensor): Tensor => apply('Erf', [x]);
/** x·Φ(x), Φ being the standard normal distribution. */
export const gelu = (x: Tensor, approximate: 'none' | 'tanh' = 'none'): Tensor =>
  apply('Gelu', [x], { approximate });
export const maximum = (a: Tensor, b: Tensor): Tensor => apply('Max', [a, b]);
export const equal = (a: Tensor, b: Tensor): Tensor => apply('Equal', [a, b]);
export const where = (condition: Tensor, a: Tensor, b: Tensor): Tensor => apply('Where', [condition, a, b]);
export const cast = (x: Tensor, type: DataType): Tensor =>
  x.type === type ? x : apply('Cast', [x], { to: TYPE_CODES[type] });

/** A · B over the last two axes; the axes before them broadcast. */
export const matmul = (a: Tensor, b: Tensor): Tensor => apply('MatMul', [a, b]);
export const transpose = (x: Tensor, perm: readonly number[]): Tensor => apply('Transpose', [x], { perm });
/** The last two axes swapped. */
export function transposeMatrices(x: Tensor): Tensor {
  const axes = x.shape.map((_, axis) => axis);
  return transpose(x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}
/** Over the last axis. */
export const softmax = (x: Tensor): Tensor => apply('Softmax', [x], { axis: x.shape.length - 1 });
/** Over the last axis, with a scale and, where there is one, a shift. */
export const layerNormalization = (x: Tensor, scale: Tensor, shift?: Tensor, epsilon = 1e-5): Tensor =>
  apply('LayerNormalization', shift ? [x, scale, shift] : [x, scale], {
    axis: -1,
    epsilon: { float: epsilon },
  });
/** Slices of `x` along `axis` at integer positions. */
export const gather = (x: Tensor, indices: Tensor, axis = 0): Tensor =>
  apply('Gather', [x, indices], { axis });
/** `[start, end)` of one axis. */
export const slice = (x: Tensor, axis: number, start: number, end: number): Tensor =>
  start === 0 && end === x.shape[axis]
    ? x
    : apply('Slice', [x], { starts: [start], ends: [end], axes: [axis] });
export const concat = (parts: readonly Tensor[], axis: number): Tensor => apply('Concat', parts, { axis });

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

/** Whether a ≤ b, as a truth value an element. */
export const lessOrEqual = (a: Tensor, b: Tensor): Tensor => apply('LessOrEqual', [a, b]);

/** The least number along `axes`. */
export const leastAlong = (x: Tensor, axes: readonly number[]): Tensor =>
  apply('ReduceMin', [x], { axes, keepdims: 0 });

/** The greatest number along `axes`. */
export const greatestAlong = (x: Tensor, axes: readonly number[]): Tensor =>
  apply('ReduceMax', [x], { axes, keepdims: 0 });

/** Positions of the `k` greatest numbers of each row of a matrix, the greatest first; the earlier one where two are equal. */
export const greatest = (x: Tensor, k: number): Tensor =>
  apply('TopK', [x], { k: [k], axis: 1, largest: 1, sorted: 1 });
