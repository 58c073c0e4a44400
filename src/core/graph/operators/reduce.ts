/** Sums and means over axes. The axes are an attribute here and become an input when serialised (ONNX opset 18). */
import { expand, multiply, reshape } from '../build.ts';
import { at, type Operator } from '../operator.ts';
import {
  elementCount,
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

function infer(inputs: readonly TensorType[], attributes: Attributes): TensorType {
  const shape = at(inputs, 0).shape;
  const axes = reductionAxes(attributes);
  if (axes.some((axis) => shape[axis] === undefined)) {
    throw new Error(`reduction: [${shape.join(', ')}] does not have all of the axes [${axes.join(', ')}]`);
  }
  return {
    type: 'float32',
    shape:
      attributes['keepdims'] === 1 ? keptShape(shape, axes) : shape.filter((_, axis) => !axes.includes(axis)),
  };
}

/** Repeats the gradient over the reduced axes. */
function spread(upstream: Tensor, x: Tensor, attributes: Attributes): Tensor {
  return expand(reshape(upstream, keptShape(x.shape, reductionAxes(attributes))), x.shape);
}

function sums(x: Values, axes: readonly number[]): Float64Array {
  const strides = new Array<number>(x.shape.length).fill(0);
  let size = 1;
  for (let axis = x.shape.length - 1; axis >= 0; axis--) {
    if (axes.includes(axis)) continue;
    strides[axis] = size;
    size *= at(x.shape, axis);
  }
  const totals = new Float64Array(size);
  for (let i = 0; i < x.data.length; i++) {
    let rest = i;
    let target = 0;
    for (let axis = x.shape.length - 1; axis >= 0; axis--) {
      const length = at(x.shape, axis);
      target += (rest % length) * (strides[axis] ?? 0);
      rest = Math.floor(rest / length);
    }
    totals[target] = (totals[target] ?? 0) + Number(x.data[i]);
  }
  return totals;
}

const share = (x: Shape, axes: readonly number[]): number =>
  1 / elementCount(x.filter((_, axis) => axes.includes(axis)));

export const REDUCTIONS: readonly Operator[] = [
  {
    name: 'ReduceSum',
    infer,
    gradient: ({ inputs, attributes, upstream }) => [spread(upstream, at(inputs, 0), attributes)],
    evaluate: (inputs, attributes) => Float32Array.from(sums(at(inputs, 0), reductionAxes(attributes))),
  },
  {
    name: 'ReduceMean',
    infer,
    gradient: ({ inputs, attributes, upstream }) => {
      const x = at(inputs, 0);
      return [multiply(spread(upstream, x, attributes), scalar(share(x.shape, reductionAxes(attributes))))];
    },
    evaluate: (inputs, attributes) => {
      const x = at(inputs, 0);
      const axes = reductionAxes(attributes);
      const factor = share(x.shape, axes);
      return Float32Array.from(sums(x, axes), (total) => total * factor);
    },
  },
];
