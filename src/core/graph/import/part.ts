/** The part of a model that one of its tensors needs. */
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  ModelProtoSchema,
  TensorProto_DataType,
  ValueInfoProtoSchema,
  type GraphProto,
  type NodeProto,
  type ValueInfoProto,
} from '../onnx_pb.ts';

/**
 * The model with this tensor as its only output, without the inputs, nodes and stored tensors that it does not need; the
 * very bytes where it is an output and needs every input, and where there is no such tensor.
 */
export function partFor(bytes: Uint8Array, tensor: string): Uint8Array {
  const model = fromBinary(ModelProtoSchema, bytes);
  const { graph } = model;
  if (!graph?.node.some(({ output }) => output.includes(tensor))) return bytes;
  const needed = neededNames(graph, tensor);
  const output = graph.output.find(({ name }) => name === tensor);
  if (output && givenInputs(graph).every(({ name }) => needed.has(name))) return bytes;
  graph.node = graph.node.filter((node) => node.output.some((name) => needed.has(name)));
  graph.initializer = graph.initializer.filter(({ name }) => needed.has(name));
  graph.input = graph.input.filter(({ name }) => needed.has(name));
  graph.output = [output ?? graph.valueInfo.find(({ name }) => name === tensor) ?? floats(tensor)];
  graph.valueInfo = [];
  return toBinary(ModelProtoSchema, model);
}

/** What a run is given: older exports list their stored tensors among the inputs. */
export function givenInputs({ input, initializer }: GraphProto): readonly ValueInfoProto[] {
  const stored = new Set(initializer.map(({ name }) => name));
  return input.filter(({ name }) => !stored.has(name));
}

/** Nodes stand in topological order. */
function neededNames(graph: GraphProto, tensor: string): ReadonlySet<string> {
  const needed = new Set([tensor]);
  for (const node of graph.node.toReversed()) {
    if (node.output.some((name) => needed.has(name))) for (const name of read(node)) needed.add(name);
  }
  return needed;
}

/** What a node reads, in its branches and loops too. */
function read({ input, attribute }: NodeProto): readonly string[] {
  const inner = attribute.flatMap(({ g, graphs }) => (g ? [g, ...graphs] : graphs));
  return [
    ...input,
    ...inner.flatMap(({ node, output }) => [...node.flatMap(read), ...output.map(({ name }) => name)]),
  ];
}

const floats = (name: string): ValueInfoProto =>
  create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType: TensorProto_DataType.FLOAT } } },
  });
