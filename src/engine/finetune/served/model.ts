/**
 * A classifier as one ONNX model for a server: its encoder, the pooling and the head, from token ids to probabilities.
 * Only operators whose form is the same in every version of the operator set that exporters use.
 */
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProto_DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  ValueInfoProtoSchema,
  type GraphProto,
  type ValueInfoProto,
} from '../../../core/graph/onnx_pb.ts';
import type { LinearClassifier } from '../../../core/learning/linear-classifier.ts';
import type { EncoderSpec } from '../../encoder/spec.ts';

/** What a window adds to its text's vector: texts of several windows add these up. */
export const SUMS = 'sums';
export const LOGITS = 'logits';
export const PROBABILITIES = 'probabilities';
/** What the words of a text add to its logits, for classifiers that weigh words. */
export const WORD_LOGITS = 'word_logits';
const MASK = 'attention_mask';
const BATCH = 'batch';

/** Keeps a vector of zeros from being divided by 0, as in training. */
const TINY = 1e-12;

export interface ServedModel {
  readonly bytes: Uint8Array;
  readonly inputs: readonly ServedTensor[];
  readonly outputs: readonly ServedTensor[];
}

export interface ServedTensor {
  readonly name: string;
  readonly type: 'INT64' | 'INT32' | 'FP32';
  /** Without the batch; -1 is any. */
  readonly dims: readonly number[];
}

/** @param encoder the merged model, weights inside */
export function servedModel(
  encoder: Uint8Array,
  { output, pooling }: Pick<EncoderSpec, 'output' | 'pooling'>,
  { dense, intercepts, labels, dimension, words }: LinearClassifier,
): ServedModel {
  const model = fromBinary(ModelProtoSchema, encoder);
  const { graph } = model;
  if (!graph) throw new Error('the encoder has no graph');
  const builder = new Builder(graph);
  if (pooling === 'cls') {
    builder.node('Gather', [output, builder.integer('first', 0)], SUMS, { axis: 1 });
  } else {
    builder.node('Cast', [MASK], 'served/mask', { to: TensorProto_DataType.FLOAT });
    const row = builder.integers('row', [0, 1, -1]);
    builder.node('Reshape', ['served/mask', row], 'served/rows');
    builder.node('MatMul', ['served/rows', output], 'served/products');
    builder.node('Reshape', ['served/products', builder.integers('flat', [0, -1])], SUMS);
  }
  // The sum of squares is a product with ones: reductions take their axes in other places from version to version.
  builder.node('Mul', [SUMS, SUMS], 'served/squares');
  const ones = builder.floats('ones', [dimension, 1], new Float32Array(dimension).fill(1));
  builder.node('MatMul', ['served/squares', ones], 'served/square');
  builder.node(
    'Add',
    ['served/square', builder.floats('tiny', [1], Float32Array.of(TINY))],
    'served/positive',
  );
  builder.node('Sqrt', ['served/positive'], 'served/norm');
  builder.node('Div', [SUMS, 'served/norm'], 'served/embedding');
  const head = builder.floats('head', [dimension, labels], columnsOf(dense, labels, dimension));
  builder.node('MatMul', ['served/embedding', head], 'served/dense');
  const ownLogits = words > 0 ? 'served/own' : LOGITS;
  builder.node('Add', ['served/dense', builder.floats('intercepts', [labels], intercepts)], ownLogits);
  if (words > 0) {
    builder.node('Add', [ownLogits, WORD_LOGITS], LOGITS);
    graph.input.push(tensorInfo(WORD_LOGITS, labels));
  }
  builder.node('Sigmoid', [LOGITS], PROBABILITIES);
  graph.output = [tensorInfo(SUMS, dimension), tensorInfo(LOGITS, labels), tensorInfo(PROBABILITIES, labels)];
  const floats = (name: string, width: number): ServedTensor => ({ name, type: 'FP32', dims: [width] });
  return {
    bytes: toBinary(ModelProtoSchema, model),
    inputs: givenInputs(graph).map((info) =>
      info.name === WORD_LOGITS ? floats(WORD_LOGITS, labels) : tokenInput(info),
    ),
    outputs: [floats(SUMS, dimension), floats(LOGITS, labels), floats(PROBABILITIES, labels)],
  };
}

/** Older exports list their stored tensors among the inputs. */
function givenInputs({ input, initializer }: GraphProto): readonly ValueInfoProto[] {
  const stored = new Set(initializer.map(({ name }) => name));
  return input.filter(({ name }) => !stored.has(name));
}

function tokenInput({ name, type }: ValueInfoProto): ServedTensor {
  const isNarrow =
    type?.value.case === 'tensorType' && type.value.value.elemType === TensorProto_DataType.INT32;
  return { name, type: isNarrow ? 'INT32' : 'INT64', dims: [-1] };
}

/** Row-major `[labels, dimension]` turned around. */
function columnsOf(rows: Float32Array, labels: number, dimension: number): Float32Array {
  return Float32Array.from(
    { length: rows.length },
    (_, at) => rows[(at % labels) * dimension + Math.floor(at / labels)] ?? 0,
  );
}

/** `[batch, width]` of floats. */
function tensorInfo(name: string, width: number): ValueInfoProto {
  return create(ValueInfoProtoSchema, {
    name,
    type: {
      value: {
        case: 'tensorType',
        value: {
          elemType: TensorProto_DataType.FLOAT,
          shape: {
            dim: [
              create(TensorShapeProto_DimensionSchema, { value: { case: 'dimParam', value: BATCH } }),
              create(TensorShapeProto_DimensionSchema, { value: { case: 'dimValue', value: BigInt(width) } }),
            ],
          },
        },
      },
    },
  });
}

/** Adds nodes and stored tensors to a graph. */
class Builder {
  readonly #graph: GraphProto;

  constructor(graph: GraphProto) {
    this.#graph = graph;
  }

  node(
    opType: string,
    input: readonly string[],
    output: string,
    attributes: Readonly<Record<string, number>> = {},
  ): void {
    this.#graph.node.push(
      create(NodeProtoSchema, {
        opType,
        name: `served/${opType}_${this.#graph.node.length}`,
        input: [...input],
        output: [output],
        attribute: Object.entries(attributes).map(([name, value]) =>
          create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.INT, i: BigInt(value) }),
        ),
      }),
    );
  }

  integer(name: string, value: number): string {
    return this.#store(name, [], TensorProto_DataType.INT64, BigInt64Array.of(BigInt(value)));
  }

  integers(name: string, values: readonly number[]): string {
    return this.#store(name, [values.length], TensorProto_DataType.INT64, BigInt64Array.from(values, BigInt));
  }

  floats(name: string, dims: readonly number[], values: Float32Array): string {
    return this.#store(name, dims, TensorProto_DataType.FLOAT, values);
  }

  #store(
    hint: string,
    dims: readonly number[],
    dataType: TensorProto_DataType,
    values: Float32Array | BigInt64Array,
  ): string {
    const name = `served/${hint}`;
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.#graph.initializer.push(
      create(TensorProtoSchema, { name, dims: dims.map(BigInt), dataType, rawData }),
    );
    return name;
  }
}
