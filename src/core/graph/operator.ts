/** What the library knows of one ONNX operator: its shape rule, its derivative and a plain evaluation as the oracle. */
import type { Attributes, DataType, Tensor, TensorType, Values } from './tensor.ts';

export interface Operator {
  readonly name: string;
  /** Shape and type of the output; throws with both shapes named when the inputs do not fit. */
  infer(inputs: readonly TensorType[], attributes: Attributes): TensorType;
  /**
   * Vector–Jacobian product: for the gradient of the output, the gradient of each input, in the input's own shape up
   * to broadcasting (the caller sums broadcast axes away); undefined where an input has none.
   */
  gradient?(context: GradientContext): readonly (Tensor | undefined)[];
  /** Slow and plain, in double precision inside; only tests, tiny graphs and the folding of constants run it. */
  evaluate(inputs: readonly Values[], attributes: Attributes, output: TensorType): Values['data'];
  /** Outputs beyond the first, which only derivatives use. */
  readonly parts?: readonly Part[];
}

/** A further output of an operator. */
export type Part = Pick<Operator, 'infer' | 'evaluate'>;

export interface GradientContext {
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly attributes: Attributes;
  /** Tensors on the way to the loss that are computed from the output. */
  readonly consumers: readonly Tensor[];
  /** Gradient of the loss with respect to the output. */
  readonly upstream: Tensor;
}

/** The i-th input, which the operator's arity guarantees. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`operator input ${index} is missing`);
  return item;
}

/** The type of two operands, which ONNX never converts by itself. */
export function commonType(operator: string, inputs: readonly TensorType[]): DataType {
  const [a, b] = [at(inputs, 0).type, at(inputs, 1).type];
  if (a !== b) throw new Error(`${operator}: ${a} and ${b} do not mix`);
  return a;
}

/** A list of whole numbers among the attributes; empty where there is none. */
export function listAttribute(attributes: Attributes, name: string): readonly number[] {
  const value = attributes[name];
  return Array.isArray(value) ? (value as readonly number[]) : [];
}

export function numberAttribute(attributes: Attributes, name: string, otherwise: number): number {
  const value = attributes[name];
  if (typeof value === 'number') return value;
  return typeof value === 'object' && 'float' in value ? value.float : otherwise;
}
