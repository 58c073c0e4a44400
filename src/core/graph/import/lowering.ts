/** How the operators of exported models become those of this library, with all shapes known. */
import {
  add,
  apply,
  cast,
  concat,
  divide,
  expand,
  gather,
  gelu,
  gemm,
  layerNormalization,
  matmul,
  multiply,
  reshape,
  slice,
  softmax,
  squareRoot,
  transpose,
} from '../build.ts';
import { at } from '../operator.ts';
import { constant, elementCount, filled, integers, scalar, type Tensor } from '../tensor.ts';
import { constantOf, libraryType } from './initialisers.ts';
import type { NodeInputs } from './node-inputs.ts';

/** The outputs of a node that are known here; further ones (a mask, statistics) nobody may read. */
export type Lowering = (node: NodeInputs) => readonly Tensor[];

const one =
  (lower: (node: NodeInputs) => Tensor): Lowering =>
  (node) => [lower(node)];
const same = one((node) => apply(node.operator, node.given));

/** Operators of any number of inputs, two at a time. */
const folded = one((node) => node.given.reduce((a, b) => apply(node.operator, [a, b])));

function reduction(node: NodeInputs): Tensor {
  const x = node.input(0);
  const all = x.shape.map((_, axis) => axis);
  const stated = node.list('axes', 1);
  const nothing = stated?.length === 0 && node.whole('noop_with_empty_axes', 0) === 1;
  const axes =
    stated && (stated.length > 0 || nothing) ? stated.map((axis) => node.axis(axis, all.length)) : all;
  const keepdims = node.whole('keepdims', 1);
  const reduce = (operator: string, tensor: Tensor): Tensor => apply(operator, [tensor], { axes, keepdims });
  switch (node.operator) {
    case 'ReduceSumSquare':
      return reduce('ReduceSum', multiply(x, x));
    case 'ReduceL2':
      return squareRoot(reduce('ReduceSum', multiply(x, x)));
    default:
      return reduce(node.operator, x);
  }
}

function reshaped(node: NodeInputs): Tensor {
  const x = node.input(0);
  const literal = node.whole('allowzero', 0) === 1;
  const stated = node.numbers(1).map((size, axis) => (size === 0 && !literal ? (x.shape[axis] ?? 0) : size));
  const known = elementCount(stated.filter((size) => size !== -1));
  const rest = known === 0 ? 0 : elementCount(x.shape) / known;
  return reshape(
    x,
    stated.map((size) => (size === -1 ? rest : size)),
  );
}

function unsqueezed(node: NodeInputs): Tensor {
  const x = node.input(0);
  const axes = node.list('axes', 1) ?? [];
  const rank = x.shape.length + axes.length;
  const added = axes.map((axis) => node.axis(axis, rank));
  const sizes = [...x.shape];
  return reshape(
    x,
    Array.from({ length: rank }, (_, axis) => (added.includes(axis) ? 1 : (sizes.shift() ?? 1))),
  );
}

function squeezed(node: NodeInputs): Tensor {
  const x = node.input(0);
  const axes = node.list('axes', 1)?.map((axis) => node.axis(axis, x.shape.length));
  return reshape(
    x,
    x.shape.filter((size, axis) => (axes ? !axes.includes(axis) : size !== 1)),
  );
}

function sliced(node: NodeInputs): Tensor {
  const x = node.input(0);
  const starts = node.list('starts', 1) ?? [];
  const ends = node.list('ends', 2) ?? [];
  const axes = node.list('axes', 3) ?? starts.map((_, axis) => axis);
  const steps = node.optional(4) ? node.numbers(4) : [];
  return axes.reduce((kept, stated, i) => {
    const axis = node.axis(stated, x.shape.length);
    const size = at(kept.shape, axis);
    if ((steps[i] ?? 1) !== 1) throw node.refused(`with a step of ${steps[i]}`);
    const within = (value: number): number => Math.min(size, Math.max(0, value < 0 ? value + size : value));
    const start = within(at(starts, i));
    return slice(kept, axis, start, Math.max(start, within(at(ends, i))));
  }, x);
}

function split(node: NodeInputs): readonly Tensor[] {
  const x = node.input(0);
  const axis = node.axis(node.whole('axis', 0), x.shape.length);
  const size = at(x.shape, axis);
  const equal = Math.ceil(size / node.outputs);
  const sizes =
    node.list('split', 1) ??
    Array.from({ length: node.outputs }, (_, i) => Math.min(equal, size - i * equal));
  let start = 0;
  return sizes.map((width) => {
    const piece = slice(x, axis, start, start + width);
    start += width;
    return piece;
  });
}

function product(node: NodeInputs): Tensor {
  const [a, b] = [node.input(0), node.input(1)];
  if (a.shape.length > 1 && b.shape.length > 1) return matmul(a, b);
  // A vector is a row on the left and a column on the right, and its axis goes again.
  const left = a.shape.length === 1 ? reshape(a, [1, ...a.shape]) : a;
  const right = b.shape.length === 1 ? reshape(b, [...b.shape, 1]) : b;
  const result = matmul(left, right);
  const shape = result.shape.filter(
    (_, axis, { length }) =>
      !(a.shape.length === 1 && axis === length - 2) && !(b.shape.length === 1 && axis === length - 1),
  );
  return reshape(result, shape);
}

function affine(node: NodeInputs): Tensor {
  const transA = node.whole('transA', 0) === 1;
  const transB = node.whole('transB', 0) === 1;
  const alpha = node.float('alpha', 1);
  const beta = node.float('beta', 1);
  const scaled = (x: Tensor, by: number): Tensor => (by === 1 ? x : multiply(x, scalar(by)));
  const result = scaled(gemm(node.input(0), node.input(1), { transA, transB }), alpha);
  const shift = node.optional(2);
  return shift ? add(result, scaled(shift, beta)) : result;
}

function normalised(node: NodeInputs): Tensor {
  const x = node.input(0);
  const axis = node.axis(node.whole('axis', -1), x.shape.length);
  if (axis !== x.shape.length - 1) throw node.refused(`over axis ${axis} of ${x.shape.length}`);
  return layerNormalization(x, node.input(1), node.optional(2), node.float('epsilon', 1e-5));
}

function softmaxed(node: NodeInputs): Tensor {
  const x = node.input(0);
  // Before version 13 all axes from this one on were taken together; for the last one that is the same.
  const axis = node.axis(node.whole('axis', node.version < 13 ? 1 : -1), x.shape.length);
  if (axis !== x.shape.length - 1) throw node.refused(`over axis ${axis} of ${x.shape.length}`);
  return softmax(x);
}

function constantNode(node: NodeInputs): Tensor {
  const stored = node.stored('value');
  if (stored) return constantOf(stored, undefined);
  const wholes = node.list('value_ints', -1);
  if (wholes) return integers(wholes);
  const numbers = node.floats('value_floats');
  if (numbers) return constant(Float32Array.from(numbers), [numbers.length]);
  const whole = node.whole('value_int', Number.NaN);
  if (!Number.isNaN(whole)) return reshape(integers([whole]), []);
  const number = node.float('value_float', Number.NaN);
  if (Number.isNaN(number)) throw node.refused('that is neither a tensor nor numbers');
  return scalar(number);
}

function filledShape(node: NodeInputs): Tensor {
  const shape = node.numbers(0);
  const stored = node.stored('value');
  const value = stored ? constantOf(stored, undefined) : scalar(0);
  const number = value.source.kind === 'constant' ? Number(value.source.data[0]) : 0;
  return constant(
    filled(value.type, elementCount(shape), () => number),
    shape,
  );
}

function range(node: NodeInputs): Tensor {
  const [[start = 0], [end = 0], [step = 1]] = [node.numbers(0), node.numbers(1), node.numbers(2)];
  const count = Math.max(0, Math.ceil((end - start) / step));
  return constant(
    filled(node.input(0).type, count, (i) => start + i * step),
    [count],
  );
}

function casted(node: NodeInputs): Tensor {
  const type = libraryType(node.whole('to', 0));
  if (!type) throw node.refused(`to the type ${node.whole('to', 0)}`);
  return cast(node.input(0), type);
}

function clipped(node: NodeInputs): Tensor {
  const limit = (name: string, index: number): Tensor | undefined => {
    if (node.version >= 11) return node.optional(index);
    const value = node.float(name, Number.NaN);
    return Number.isNaN(value) ? undefined : scalar(value);
  };
  const [low, high] = [limit('min', 1), limit('max', 2)];
  const above = low ? apply('Max', [node.input(0), low]) : node.input(0);
  return high ? apply('Min', [above, high]) : above;
}

const comparisons = ['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'And', 'Or'];
const unary = [
  'Neg',
  'Exp',
  'Log',
  'Sqrt',
  'Tanh',
  'Sigmoid',
  'Softplus',
  'Relu',
  'Sign',
  'Sin',
  'Cos',
  'Abs',
];
const arithmetic = ['Add', 'Sub', 'Mul', 'Div', 'Erf', 'Not', 'Where'];
const reductions = ['ReduceMean', 'ReduceSum', 'ReduceMax', 'ReduceSumSquare', 'ReduceL2'];

export const LOWERINGS: Readonly<Record<string, Lowering>> = {
  ...Object.fromEntries([...comparisons, ...unary, ...arithmetic].map((name) => [name, same])),
  ...Object.fromEntries(['Max', 'Min'].map((name) => [name, folded])),
  ...Object.fromEntries(reductions.map((name) => [name, one(reduction)])),
  Cast: one(casted),
  Clip: one(clipped),
  Concat: one((node) => concat(node.given, node.axis(node.whole('axis', 0), node.input(0).shape.length))),
  Constant: one(constantNode),
  ConstantOfShape: one(filledShape),
  CumSum: one((node) => {
    const rank = node.input(0).shape.length;
    const axis = node.axis(node.numbers(1)[0] ?? 0, rank);
    if (node.whole('exclusive', 0) + node.whole('reverse', 0) > 0) throw node.refused('in another order');
    return apply('CumSum', [node.input(0), reshape(integers([axis]), [])]);
  }),
  Dropout: one((node) => node.input(0)),
  Expand: one((node) => {
    const x = node.input(0);
    const stated = node.numbers(1);
    const lead = stated.length - x.shape.length;
    const own = lead < 0 ? x.shape.slice(0, -lead) : [];
    return expand(x, [
      ...own,
      ...stated.map((size, axis) => (size === 1 ? (x.shape[axis - lead] ?? 1) : size)),
    ]);
  }),
  Flatten: one((node) => {
    const x = node.input(0);
    const axis = node.whole('axis', 1) + (node.whole('axis', 1) < 0 ? x.shape.length : 0);
    return reshape(x, [elementCount(x.shape.slice(0, axis)), elementCount(x.shape.slice(axis))]);
  }),
  Gather: one((node) => {
    const x = node.input(0);
    return gather(x, node.input(1), node.axis(node.whole('axis', 0), x.shape.length));
  }),
  Gelu: one((node) => gelu(node.input(0), node.text('approximate', 'none') === 'tanh' ? 'tanh' : 'none')),
  'com.microsoft.Gelu': one((node) => gelu(node.input(0))),
  Gemm: one(affine),
  Identity: one((node) => node.input(0)),
  IsNaN: one((node) => apply('Not', [apply('Equal', [node.input(0), node.input(0)])])),
  LayerNormalization: one(normalised),
  MatMul: one(product),
  Pow: one((node) => apply('Pow', [node.input(0), cast(node.input(1), node.input(0).type)])),
  Range: one(range),
  Reciprocal: one((node) => divide(scalar(1), node.input(0))),
  Reshape: one(reshaped),
  Shape: one((node) => {
    const { shape } = node.input(0);
    return integers(shape.slice(node.whole('start', 0), node.whole('end', shape.length)));
  }),
  Size: one((node) => reshape(integers([elementCount(node.input(0).shape)]), [])),
  Slice: one(sliced),
  Softmax: one(softmaxed),
  Split: split,
  Squeeze: one(squeezed),
  Sum: one((node) => node.given.reduce(add)),
  Transpose: one((node) => {
    const x = node.input(0);
    return transpose(x, node.list('perm', -1) ?? x.shape.map((_, axis) => axis).reverse());
  }),
  Unsqueeze: one(unsqueezed),
};

/** Operators by which a quantised model is known. */
export const QUANTISED: ReadonlySet<string> = new Set([
  'DequantizeLinear',
  'DynamicQuantizeLinear',
  'MatMulInteger',
  'QLinearMatMul',
  'QuantizeLinear',
  'com.microsoft.DynamicQuantizeMatMul',
  'com.microsoft.MatMulNBits',
  'com.microsoft.QAttention',
]);
