/** Sums and means over axes. The axes are an attribute here and become an input when serialised (ONNX opset 18). */
import { expand, multiply, reshape } from '../build.ts';
import { at, type Operator } from '../operator.ts';
import {
  elementCount,
  floats,
  scalar,
  type Attributes,
  type Shape,
  type Tensor,
  type TensorType,
  type Values,
} from '../tensor.ts';

export function reductionAxes(attributes: Attributes): readonly number[] {
  return Array.isArray(attributes['axes']) ? (attributes['axes'] as readonly number[]) : [];
}

const keptShape = (shape: Shape, axes: readonly number[]): Shape =>
  shape.map((size, axis) => (axes.includes(axis) ? 1 : size));

/** Type and shape of a reduction. */
export function inferReduction(inputs: readonly TensorType[], attributes: Attributes): TensorType {
  const shape = at(inputs, 0).shape;
  const axes = reductionAxes(attributes);
  if (axes.some((axis) => shape[axis] === undefined)) {
    throw new Error(`reduction: [${shape.join(', ')}] does not have all of the axes [${axes.join(', ')}]`);
  }
  return {
    type: at(inputs, 0).type,
    shape:
      attributes['keepdims'] === 1 ? keptShape(shape, axes) : shape.filter((_, axis) => !axes.includes(axis)),
  };
}

/** Repeats the gradient over the reduced axes. */
function spread(upstream: Tensor, x: Tensor, attributes: Attributes): Tensor {
  return expand(reshape(upstream, keptShape(x.shape, reductionAxes(attributes))), x.shape);
}

interface Reduced {
  /** Elements of the result. */
  readonly size: number;
  /** The element of the result that an element of the tensor goes into. */
  readonly target: (index: number) => number;
}

/** Where the elements of a tensor go when it is reduced over `axes`. */
export function reducedTo(shape: Shape, axes: readonly number[]): Reduced {
  const strides = new Array<number>(shape.length).fill(0);
  let size = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (axes.includes(axis)) continue;
    strides[axis] = size;
    size *= at(shape, axis);
  }
  const target = (index: number): number => {
    let rest = index;
    let into = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const length = at(shape, axis);
      into += (rest % length) * (strides[axis] ?? 0);
      rest = Math.floor(rest / length);
    }
    return into;
  };
  return { size, target };
}

function sums(x: Values, axes: readonly number[]): Float64Array {
  const { size, target } = reducedTo(x.shape, axes);
  const totals = new Float64Array(size);
  for (let i = 0; i < x.data.length; i++) {
    totals[target(i)] = (totals[target(i)] ?? 0) + Number(x.data[i]);
  }
  return totals;
}

const share = (x: Shape, axes: readonly number[]): number =>
  1 / elementCount(x.filter((_, axis) => axes.includes(axis)));

export const REDUCTIONS: readonly Operator[] = [
  {
    name: 'ReduceSum',
    infer: inferReduction,
    gradient: ({ inputs, attributes, upstream }) => [spread(upstream, at(inputs, 0), attributes)],
    evaluate: (inputs, attributes, { type }) => {
      const totals = sums(at(inputs, 0), reductionAxes(attributes));
      return floats(type, totals.length, (i) => totals[i] ?? 0);
    },
  },
  {
    name: 'ReduceMean',
    infer: inferReduction,
    gradient: ({ inputs, attributes, upstream }) => {
      const x = at(inputs, 0);
      return [
        multiply(spread(upstream, x, attributes), scalar(share(x.shape, reductionAxes(attributes)), x.type)),
      ];
    },
    evaluate: (inputs, attributes, { type }) => {
      const x = at(inputs, 0);
      const axes = reductionAxes(attributes);
      const factor = share(x.shape, axes);
      const totals = sums(x, axes);
      return floats(type, totals.length, (i) => (totals[i] ?? 0) * factor);
    },
  },
];
