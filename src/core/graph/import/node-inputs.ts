/** One node of a model to be lowered: its inputs as tensors and its attributes as numbers. */
import { type NodeProto, type TensorProto } from '../onnx_pb.ts';
import type { Tensor } from '../tensor.ts';
import { operatorUnknown } from './errors.ts';

export class NodeInputs {
  readonly operator: string;
  /** The node as the exporter named it. */
  readonly place: string;
  /** Version of the operator set. */
  readonly version: number;
  readonly outputs: number;
  readonly #inputs: readonly (Tensor | undefined)[];
  readonly #node: NodeProto;

  constructor(node: NodeProto, inputs: readonly (Tensor | undefined)[], version: number) {
    this.#node = node;
    this.#inputs = inputs;
    this.operator = node.domain === '' ? node.opType : `${node.domain}.${node.opType}`;
    this.place = node.name === '' ? `the node that makes ${node.output[0] ?? '?'}` : node.name;
    this.version = version;
    this.outputs = node.output.length;
  }

  /** All inputs that are there. */
  get given(): readonly Tensor[] {
    return this.#inputs.filter((input) => input !== undefined);
  }

  input(index: number): Tensor {
    const tensor = this.#inputs[index];
    if (!tensor) throw this.refused(`without its input ${index}`);
    return tensor;
  }

  optional(index: number): Tensor | undefined {
    return this.#inputs[index];
  }

  /** The numbers of an input that must be known when the graph is built. */
  numbers(index: number): readonly number[] {
    const { source } = this.input(index);
    if (source.kind !== 'constant') throw this.refused(`whose input ${index} depends on the text`);
    return Array.from(source.data, Number);
  }

  /** Whole numbers that older operator sets have as an attribute and newer ones as an input. */
  list(name: string, index: number): readonly number[] | undefined {
    const attribute = this.#attribute(name);
    if (attribute) return attribute.ints.map(Number);
    return this.#inputs[index] ? this.numbers(index) : undefined;
  }

  whole(name: string, otherwise: number): number {
    const attribute = this.#attribute(name);
    return attribute ? Number(attribute.i) : otherwise;
  }

  float(name: string, otherwise: number): number {
    return this.#attribute(name)?.f ?? otherwise;
  }

  floats(name: string): readonly number[] | undefined {
    return this.#attribute(name)?.floats;
  }

  text(name: string, otherwise: string): string {
    const bytes = this.#attribute(name)?.s;
    return bytes ? String.fromCharCode(...bytes) : otherwise;
  }

  stored(name: string): TensorProto | undefined {
    return this.#attribute(name)?.t;
  }

  /** An axis counted from the front. */
  axis(value: number, rank: number): number {
    const axis = value < 0 ? value + rank : value;
    if (axis < 0 || axis >= Math.max(rank, 1)) throw this.refused(`over axis ${value} of ${rank}`);
    return axis;
  }

  refused(detail: string): Error {
    return operatorUnknown(this.operator, this.place, detail);
  }

  #attribute(name: string) {
    return this.#node.attribute.find((attribute) => attribute.name === name);
  }
}
