/** A graph as the bytes of an ONNX model (IR 9, opset 20, <https://onnx.ai/onnx/repo-docs/IR.html>). */
import { create, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  StringStringEntryProtoSchema,
  TensorProto_DataLocation,
  TensorProto_DataType,
  TensorProtoSchema,
  ValueInfoProtoSchema,
  type AttributeProto,
  type NodeProto,
  type StringStringEntryProto,
  type TensorProto,
  type ValueInfoProto,
} from './onnx_pb.ts';
import { listAttribute } from './operator.ts';
import {
  integers,
  topologicalOrder,
  type Attributes,
  type AttributeValue,
  type DataType,
  type Graph,
  type Tensor,
  type TensorData,
} from './tensor.ts';

const OPSET = 20n;
const IR_VERSION = 9n;

const ELEMENT_TYPE: Readonly<Record<DataType, TensorProto_DataType>> = {
  float32: TensorProto_DataType.FLOAT,
  float64: TensorProto_DataType.DOUBLE,
  int64: TensorProto_DataType.INT64,
  bool: TensorProto_DataType.BOOL,
};

/** Attributes that ONNX wants as trailing integer inputs, in its order. */
const ATTRIBUTE_INPUTS: Readonly<Record<string, readonly string[]>> = {
  ReduceSum: ['axes'],
  ReduceMean: ['axes'],
  ReduceMax: ['axes'],
  Reshape: ['shape'],
  Expand: ['shape'],
  Slice: ['starts', 'ends', 'axes'],
  Pad: ['pads'],
  ReduceMin: ['axes'],
  TopK: ['k'],
};

/** Operators whose result here is their second output: the positions, where ONNX gives the values first. */
const SECOND_OUTPUT = new Set(['TopK']);

/** Switches without which ONNX reads "no axes" as "all axes", and a size of 0 as "keep this axis". */
const LITERAL_LISTS: Readonly<Record<string, Attributes>> = {
  ReduceSum: { noop_with_empty_axes: 1 },
  ReduceMean: { noop_with_empty_axes: 1 },
  ReduceMin: { noop_with_empty_axes: 1 },
  ReduceMax: { noop_with_empty_axes: 1 },
  Reshape: { allowzero: 1 },
};

/** Puts bytes into a file beside the model. */
export type StoreData = (bytes: Uint8Array) => { readonly location: string; readonly offset: number };

/** Constants of fewer bytes stay in the model's file: the runtime needs those of shapes at once. [ours] */
export const SMALL = 1024;

/** @param store where large constants go; without it all stand in the model, which cannot grow beyond 2 GB */
export function serialiseGraph(graph: Graph, store?: StoreData): Uint8Array {
  const names = new Map<Tensor, string>();
  const nodes: NodeProto[] = [];
  const initialisers: TensorProto[] = [];
  const inputs: ValueInfoProto[] = [];
  const fresh = (hint: string): string => `${hint}_${names.size}_${initialisers.length}`;

  const initialiser = (tensor: Tensor, data: TensorData): string => {
    const name = fresh('c');
    initialisers.push(tensorProto(name, tensor, data, store));
    return name;
  };

  const order = topologicalOrder(Object.values(graph.outputs));
  const further = furtherOutputs(order);
  for (const tensor of order) {
    const { source } = tensor;
    switch (source.kind) {
      case 'input':
        names.set(tensor, source.name);
        inputs.push(valueInfo(source.name, tensor));
        break;
      case 'constant':
        names.set(tensor, initialiser(tensor, source.data));
        break;
      case 'node': {
        const output = fresh('t');
        const inputNames = source.inputs.map((one) => names.get(one) ?? '');
        const moved = ATTRIBUTE_INPUTS[source.operator] ?? [];
        for (const name of moved) {
          const operand = integers(listAttribute(source.attributes, name));
          if (operand.source.kind === 'constant') inputNames.push(initialiser(operand, operand.source.data));
        }
        nodes.push(
          create(NodeProtoSchema, {
            opType: source.operator,
            name: output,
            input: inputNames,
            output: SECOND_OUTPUT.has(source.operator)
              ? [`${output}_first`, output]
              : [output, ...outputNames(output, further.get(tensor) ?? 0)],
            attribute: Object.entries({ ...source.attributes, ...LITERAL_LISTS[source.operator] })
              .filter(([name]) => !moved.includes(name))
              .map(([name, value]) => attribute(name, value)),
          }),
        );
        names.set(tensor, output);
        break;
      }
      case 'part':
        names.set(tensor, partName(names.get(source.of) ?? '', source.index));
        break;
    }
  }

  const outputs: ValueInfoProto[] = [];
  for (const [name, tensor] of Object.entries(graph.outputs)) {
    nodes.push(
      create(NodeProtoSchema, { opType: 'Identity', input: [names.get(tensor) ?? ''], output: [name] }),
    );
    outputs.push(valueInfo(name, tensor));
  }

  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: IR_VERSION,
      producerName: 'patent-lab',
      opsetImport: [{ domain: '', version: OPSET }],
      graph: create(GraphProtoSchema, {
        name: graph.name,
        node: nodes,
        initializer: initialisers,
        input: inputs,
        output: outputs,
      }),
    }),
  );
}

const partName = (output: string, index: number): string => `${output}_${index}`;

const outputNames = (output: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => partName(output, i + 1));

/** How many outputs beyond the first are used, for each tensor that has such. */
function furtherOutputs(order: readonly Tensor[]): ReadonlyMap<Tensor, number> {
  const used = new Map<Tensor, number>();
  for (const { source } of order) {
    if (source.kind === 'part') used.set(source.of, Math.max(used.get(source.of) ?? 0, source.index));
  }
  return used;
}

function tensorProto(
  name: string,
  tensor: Tensor,
  data: TensorData,
  store: StoreData | undefined,
): TensorProto {
  const described = { name, dims: tensor.shape.map(BigInt), dataType: ELEMENT_TYPE[tensor.type] };
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (!store || bytes.length < SMALL) return create(TensorProtoSchema, { ...described, rawData: bytes });
  return create(TensorProtoSchema, {
    ...described,
    dataLocation: TensorProto_DataLocation.EXTERNAL,
    externalData: externalEntries(store(bytes), bytes.length),
  });
}

/** Where a tensor's bytes stand, as ONNX states it. */
export const externalEntries = (
  { location, offset }: ReturnType<StoreData>,
  length: number,
): StringStringEntryProto[] =>
  Object.entries({ location, offset: String(offset), length: String(length) }).map(([key, value]) =>
    create(StringStringEntryProtoSchema, { key, value }),
  );

function valueInfo(name: string, tensor: Tensor): ValueInfoProto {
  return create(ValueInfoProtoSchema, {
    name,
    type: {
      value: {
        case: 'tensorType',
        value: {
          elemType: ELEMENT_TYPE[tensor.type],
          shape: {
            dim: tensor.shape.map((size) => ({ value: { case: 'dimValue' as const, value: BigInt(size) } })),
          },
        },
      },
    },
  });
}

function attribute(name: string, value: AttributeValue): AttributeProto {
  if (typeof value === 'number') {
    return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.INT, i: BigInt(value) });
  }
  if (typeof value === 'string') {
    const s = new Uint8Array(Array.from(value, (character) => character.charCodeAt(0) & 0xff));
    return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.STRING, s });
  }
  if ('float' in value) {
    return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.FLOAT, f: value.float });
  }
  return create(AttributeProtoSchema, {
    name,
    type: AttributeProto_AttributeType.INTS,
    ints: value.map(BigInt),
  });
}
