/**
 * Numeric graphs as immutable values. A {@link Tensor} is one edge of a graph: what produces it (an input, a constant
 * or an operator), and its static shape and type. Building, differentiating, serialising and evaluating are functions
 * over these values; nothing is ever changed in place, so a forward graph can be shared by many derived ones.
 */

export type DataType = 'float32' | 'float64' | 'int64' | 'bool';

/** Sizes of the axes, outermost first; `[]` is a scalar. */
export type Shape = readonly number[];

export interface TensorType {
  readonly type: DataType;
  readonly shape: Shape;
}

/** What results hold. Sums of millions of numbers are kept in double precision. */
export type FloatData = Float32Array | Float64Array;
export type TensorData = FloatData | BigInt64Array | Uint8Array;

/** A tensor with its numbers, row-major. */
export interface Values extends TensorType {
  readonly data: TensorData;
}

export type AttributeValue = number | string | readonly number[] | { readonly float: number };
export type Attributes = Readonly<Record<string, AttributeValue>>;

export interface InputSource {
  readonly kind: 'input';
  readonly name: string;
}

export interface ConstantSource {
  readonly kind: 'constant';
  readonly data: TensorData;
}

/** An application of an operator. */
export interface Node {
  readonly kind: 'node';
  /** Name of the ONNX operator; the registry knows its rules. */
  readonly operator: string;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
}

/** A further output of the operator that produces `of`, such as the mean beside a normalised layer. */
export interface PartSource {
  readonly kind: 'part';
  readonly of: Tensor;
  /** Position among the operator's outputs, from 1. */
  readonly index: number;
}

export interface Tensor extends TensorType {
  readonly source: InputSource | ConstantSource | Node | PartSource;
}

/** A graph ready to run: named inputs are found by walking back from the named outputs. */
export interface Graph {
  readonly name: string;
  readonly outputs: Readonly<Record<string, Tensor>>;
}

export const elementCount = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);

export function input(name: string, shape: Shape, type: DataType = 'float32'): Tensor {
  return { source: { kind: 'input', name }, shape, type };
}

export function constant(data: TensorData, shape: Shape): Tensor {
  if (data.length !== elementCount(shape)) {
    throw new Error(`constant of ${data.length} numbers does not fill shape [${shape.join(', ')}]`);
  }
  return { source: { kind: 'constant', data }, shape, type: typeOf(data) };
}

function typeOf(data: TensorData): DataType {
  if (data instanceof BigInt64Array) return 'int64';
  if (data instanceof Uint8Array) return 'bool';
  return data instanceof Float64Array ? 'float64' : 'float32';
}

/** `count` elements of a type; numbers become truth values or whole numbers (rounded toward 0) as the type wants. */
export function filled(type: DataType, count: number, value: (index: number) => number): TensorData {
  switch (type) {
    case 'float32':
    case 'float64':
      return floats(type, count, value);
    case 'int64':
      return BigInt64Array.from({ length: count }, (_, index) => BigInt(Math.trunc(value(index))));
    case 'bool':
      return Uint8Array.from({ length: count }, (_, index) => (value(index) === 0 ? 0 : 1));
  }
}

/** What a tensor is computed from. */
export function dependencies({ source }: Tensor): readonly Tensor[] {
  switch (source.kind) {
    case 'node':
      return source.inputs;
    case 'part':
      return [source.of];
    case 'input':
    case 'constant':
      return [];
  }
}

export const scalar = (value: number, type: DataType = 'float32'): Tensor =>
  constant(type === 'float64' ? Float64Array.of(value) : Float32Array.of(value), []);

/** Numbers as the data of a type. */
export function floats(type: DataType, length: number, at: (index: number) => number): FloatData {
  const data = type === 'float64' ? new Float64Array(length) : new Float32Array(length);
  for (let index = 0; index < length; index++) data[index] = at(index);
  return data;
}

export const integers = (values: readonly number[]): Tensor =>
  constant(BigInt64Array.from(values, BigInt), [values.length]);

/** All nodes that the tensors depend on, each after what it depends on. */
export function topologicalOrder(tensors: readonly Tensor[]): readonly Tensor[] {
  const order: Tensor[] = [];
  const seen = new Set<Tensor>();
  // Iterative, because a backward graph is deeper than the call stack.
  const stack: { tensor: Tensor; next: number }[] = [];
  const visit = (tensor: Tensor): void => {
    if (seen.has(tensor)) return;
    seen.add(tensor);
    stack.push({ tensor, next: 0 });
  };
  for (const root of tensors) {
    visit(root);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const following = dependencies(top.tensor)[top.next++];
      if (following) visit(following);
      else {
        order.push(top.tensor);
        stack.pop();
      }
    }
  }
  return order;
}
