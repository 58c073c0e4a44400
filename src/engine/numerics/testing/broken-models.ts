/** Models that calculate wrongly, as broken kernels and half precision make them: made of a right one by one change. */
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProto_DataType,
  TensorProtoSchema,
  type GraphProto,
  type NodeProto,
} from '../../../core/graph/onnx_pb.ts';

/**
 * `kernel`: one operator calculates another function, close to its own; `nan`: one gives NaN for negative numbers;
 * `overflow`: attention scores pass through half precision and leave its range, as in the fused fp16 attention of METHODS 1.
 */
export type Breakage = 'kernel' | 'nan' | 'overflow';

export function brokenModel(bytes: Uint8Array, breakage: Breakage): Uint8Array {
  const model = fromBinary(ModelProtoSchema, bytes);
  const { graph } = model;
  if (!graph) throw new Error('the model has a graph');
  switch (breakage) {
    case 'kernel':
      first(graph, 'Erf').opType = 'Tanh';
      break;
    case 'nan':
      first(graph, 'Erf').opType = 'Log';
      break;
    case 'overflow':
      throughHalf(graph, first(graph, 'Softmax'));
      break;
  }
  return toBinary(ModelProtoSchema, model);
}

function first(graph: GraphProto, opType: string): NodeProto {
  const node = graph.node.find((one) => one.opType === opType);
  if (!node) throw new Error(`the model has no ${opType}`);
  return node;
}

const LARGEST_HALF = 65504;

/** Scales what a node reads by the largest half, so that it leaves the range of halves, and casts it there and back. */
function throughHalf(graph: GraphProto, node: NodeProto): void {
  const read = node.input[0] ?? '';
  const [scale, scaled, half, wide] = ['scale', 'scaled', 'half', 'wide'].map((name) => `broken/${name}`) as [
    string,
    string,
    string,
    string,
  ];
  graph.initializer.push(
    create(TensorProtoSchema, {
      name: scale,
      dims: [],
      dataType: TensorProto_DataType.FLOAT,
      floatData: [LARGEST_HALF],
    }),
  );
  graph.node.splice(
    graph.node.indexOf(node),
    0,
    create(NodeProtoSchema, { opType: 'Mul', input: [read, scale], output: [scaled] }),
    cast(scaled, half, TensorProto_DataType.FLOAT16),
    cast(half, wide, TensorProto_DataType.FLOAT),
  );
  node.input = [wide];
}

const cast = (from: string, to: string, type: TensorProto_DataType): NodeProto =>
  create(NodeProtoSchema, {
    opType: 'Cast',
    input: [from],
    output: [to],
    attribute: [
      create(AttributeProtoSchema, { name: 'to', type: AttributeProto_AttributeType.INT, i: BigInt(type) }),
    ],
  });

/** The same model with what it gives rounded to half precision, as models exported in fp16 give it. */
export function halvedOutput(bytes: Uint8Array, output: string): Uint8Array {
  const model = fromBinary(ModelProtoSchema, bytes);
  const { graph } = model;
  const producer = graph?.node.find((node) => node.output.includes(output));
  const type = graph?.output.find(({ name }) => name === output)?.type?.value;
  if (!graph || !producer || type?.case !== 'tensorType') throw new Error(`the model gives no ${output}`);
  const wide = `${output}/wide`;
  producer.output = producer.output.map((name) => (name === output ? wide : name));
  for (const node of graph.node) node.input = node.input.map((name) => (name === output ? wide : name));
  graph.node.push(cast(wide, output, TensorProto_DataType.FLOAT16));
  type.value.elemType = TensorProto_DataType.FLOAT16;
  return toBinary(ModelProtoSchema, model);
}
