/** Sums and means over axes. The axes are an attribute here and become an input when serialised (ONNX opset 18). */
import { cast, divide, equal, expand, multiply, reshape, sum } from '../build.ts';
import { at, listAttribute, type Operator } from '../operator.ts';
import {
  elementCount,
  filled,
  scalar,
  type Attributes,
  type Shape,
  type Tensor,
  type TensorType,
  type Values,
} from '../tensor.ts';

export const reductionAxes = (attributes: Attributes): readonly number[] => listAttribute(attributes, 'axes');

const keptShape = (shape: Shape, axes: readonly number[]): Shape =>
  shape.map((size, axis) => (axes.includes(axis) ? 1 : size));

function infer(inputs: readonly TensorType[], attributes: Attributes): TensorType {
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

/** For each element of `shape`, the place of the result it goes to; and how many results there are. */
function targets(shape: Shape, axes: readonly number[]): { readonly of: Int32Array; readonly count: number } {
  const strides = new Array<number>(shape.length).fill(0);
  let count = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (axes.includes(axis)) continue;
    strides[axis] = count;
    count *= at(shape, axis);
  }
  const of = Int32Array.from({ length: elementCount(shape) }, (_, i) => {
    let rest = i;
    let target = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const length = at(shape, axis);
      target += (rest % length) * (strides[axis] ?? 0);
      rest = Math.floor(rest / length);
    }
    return target;
  });
  return { of, count };
}

/** All elements of each reduced stretch, combined from `start` on. */
function reduced(
  x: Values,
  axes: readonly number[],
  start: number,
  combine: (total: number, value: number) => number,
): Float64Array {
  const { of, count } = targets(x.shape, axes);
  const totals = new Float64Array(count).fill(start);
  of.forEach((target, i) => {
    totals[target] = combine(totals[target] ?? 0, Number(x.data[i]));
  });
  return totals;
}

const sums = (x: Values, axes: readonly number[]): Float64Array => reduced(x, axes, 0, (a, b) => a + b);

const share = (x: Shape, axes: readonly number[]): number =>
  1 / elementCount(x.filter((_, axis) => axes.includes(axis)));

/** The greatest or the least along axes; the derivative is shared among equal ones, as PyTorch's amax does. */
function extreme(name: string, start: number, combine: (a: number, b: number) => number): Operator {
  return {
    name,
    infer: (inputs, attributes) => {
      const { shape } = at(inputs, 0);
      if (reductionAxes(attributes).some((axis) => shape[axis] === 0)) {
        throw new Error(`${name}: nothing to choose from in [${shape.join(', ')}]`);
      }
      return infer(inputs, attributes);
    },
    gradient: ({ inputs, attributes, output, upstream }) => {
      const x = at(inputs, 0);
      const chosen = cast(equal(x, spread(output, x, attributes)), x.type);
      const many = sum(chosen, reductionAxes(attributes), { keepDimensions: true });
      return [divide(multiply(spread(upstream, x, attributes), chosen), many)];
    },
    evaluate: (inputs, attributes, { type }) => {
      const found = reduced(at(inputs, 0), reductionAxes(attributes), start, combine);
      return filled(type, found.length, (i) => found[i] ?? 0);
    },
  };
}

export const REDUCTIONS: readonly Operator[] = [
  {
    name: 'ReduceSum',
    infer,
    gradient: ({ inputs, attributes, upstream }) => [spread(upstream, at(inputs, 0), attributes)],
    evaluate: (inputs, attributes, { type }) => {
      const totals = sums(at(inputs, 0), reductionAxes(attributes));
      return filled(type, totals.length, (i) => totals[i] ?? 0);
    },
  },
  {
    name: 'ReduceMean',
    infer,
    gradient: ({ inputs, attributes, upstream }) => {
      const x = at(inputs, 0);
      const scaled = multiply(upstream, scalar(share(x.shape, reductionAxes(attributes)), x.type));
      return [spread(scaled, x, attributes)];
    },
    evaluate: (inputs, attributes, { type }) => {
      const x = at(inputs, 0);
      const axes = reductionAxes(attributes);
      const factor = share(x.shape, axes);
      const totals = sums(x, axes);
      return filled(type, totals.length, (i) => (totals[i] ?? 0) * factor);
    },
  },
  extreme('ReduceMax', -Infinity, Math.max),
  extreme('ReduceMin', Infinity, Math.min),
];
