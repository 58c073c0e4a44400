/**
 * A classifier as one ONNX model: its encoder, the pooling and the head, from token ids and words to probabilities. The
 * head is added behind the encoder's own nodes, which stay as they are, so that it may be of any precision. Only operators
 * whose form is the same in every version of the operator set that exporters use.
 */
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { givenInputs } from '../../core/graph/import/part.ts';
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
} from '../../core/graph/onnx_pb.ts';
import { unreachable } from '../../core/errors.ts';
import type { LinearClassifier } from '../../core/learning/linear-classifier.ts';
import type { EncoderSpec } from '../encoder/spec.ts';

/** A text's TF-IDF vector, `[batch, words]`; only where the classifier weighs words. */
export const WORDS = 'words';
/** The sums of the windows of the same text before this one, `[batch, dimension]`: zeros for the first. */
export const PREVIOUS_SUMS = 'previous_sums';
/** What all windows of a text so far add up to, `[batch, dimension]`. */
export const SUMS = 'sums';
export const LOGITS = 'logits';
export const PROBABILITIES = 'probabilities';
const MASK = 'attention_mask';
const BATCH = 'batch';

/** Keeps a vector of zeros from being divided by 0, as in training. */
const TINY = 1e-12;

export interface WholeModel {
  readonly bytes: Uint8Array;
  readonly inputs: readonly ModelTensor[];
  readonly outputs: readonly ModelTensor[];
}

export interface ModelTensor {
  readonly name: string;
  readonly type: 'INT64' | 'INT32' | 'FP32';
  /** Without the batch; -1 is any. */
  readonly dims: readonly number[];
}

/** Where no word has a weight, none is asked for. */
export const weighsWords = ({ lexical }: LinearClassifier): boolean => lexical.some((weight) => weight !== 0);

/** @param encoder the model alone; what it keeps beside its file stays there */
export function wholeModel(
  encoder: Uint8Array,
  { output, pooling }: Pick<EncoderSpec, 'output' | 'pooling'>,
  classifier: LinearClassifier,
): WholeModel {
  const model = fromBinary(ModelProtoSchema, encoder);
  const { graph } = model;
  if (!graph) throw new Error('the encoder has no graph');
  const { labels, dimension, words } = classifier;
  const tokens = givenInputs(graph).map(tokenInput);
  const builder = new Builder(graph);
  const summed = builder.summed(builder.inSinglePrecision(output), pooling);
  builder.node('Add', [summed, PREVIOUS_SUMS], SUMS);
  const embedding = builder.atUnitLength(SUMS, dimension);
  const dense = builder.product('dense', embedding, columnsOf(classifier.dense, labels, dimension), labels);
  const intercepts = builder.floats('intercepts', [labels], classifier.intercepts);
  const floats = (name: string, width: number): ModelTensor => ({ name, type: 'FP32', dims: [width] });
  const own = [floats(PREVIOUS_SUMS, dimension)];
  if (weighsWords(classifier)) {
    const lexical = builder.product('lexical', WORDS, columnsOf(classifier.lexical, labels, words), labels);
    builder.node('Add', [dense, lexical], 'head/both');
    builder.node('Add', ['head/both', intercepts], LOGITS);
    own.push(floats(WORDS, words));
  } else {
    builder.node('Add', [dense, intercepts], LOGITS);
  }
  builder.node('Sigmoid', [LOGITS], PROBABILITIES);
  const outputs = [floats(SUMS, dimension), floats(LOGITS, labels), floats(PROBABILITIES, labels)];
  graph.input.push(...own.map(tensorInfo));
  // What was the encoder's output is still told by name and type, for those who read the encoder alone.
  graph.valueInfo.push(...graph.output);
  graph.output = outputs.map(tensorInfo);
  return { bytes: toBinary(ModelProtoSchema, model), inputs: [...tokens, ...own], outputs };
}

function tokenInput({ name, type }: ValueInfoProto): ModelTensor {
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

/** `[batch, …]` of floats. */
function tensorInfo({ name, dims }: ModelTensor): ValueInfoProto {
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
              ...dims.map((size) =>
                create(TensorShapeProto_DimensionSchema, {
                  value: { case: 'dimValue', value: BigInt(size) },
                }),
              ),
            ],
          },
        },
      },
    },
  });
}

/** Adds the nodes and stored tensors of a head to a graph. */
class Builder {
  readonly #graph: GraphProto;

  constructor(graph: GraphProto) {
    this.#graph = graph;
  }

  /** What is given in half precision is widened, so that nothing is lost in sums. */
  inSinglePrecision(tensor: string): string {
    const type = this.#graph.output.find(({ name }) => name === tensor)?.type?.value;
    if (type?.case !== 'tensorType' || type.value.elemType !== TensorProto_DataType.FLOAT16) return tensor;
    return this.node('Cast', [tensor], 'head/wide', { to: TensorProto_DataType.FLOAT });
  }

  /** What a window adds to its text's vector, `[batch, dimension]`, of hidden states `[batch, length, dimension]`. */
  summed(hidden: string, pooling: EncoderSpec['pooling']): string {
    switch (pooling) {
      case 'cls':
        return this.node('Gather', [hidden, this.integer('first', 0)], 'head/window', { axis: 1 });
      case 'mean': {
        const mask = this.node('Cast', [MASK], 'head/mask', { to: TensorProto_DataType.FLOAT });
        const rows = this.node('Reshape', [mask, this.integers('row', [0, 1, -1])], 'head/rows');
        const products = this.node('MatMul', [rows, hidden], 'head/products');
        return this.node('Reshape', [products, this.integers('flat', [0, -1])], 'head/window');
      }
      default:
        return unreachable(pooling);
    }
  }

  /** The sum of squares is a product with ones: reductions take their axes in other places from version to version. */
  atUnitLength(vectors: string, dimension: number): string {
    const ones = this.floats('ones', [dimension, 1], new Float32Array(dimension).fill(1));
    const squares = this.node('Mul', [vectors, vectors], 'head/squares');
    const square = this.node('MatMul', [squares, ones], 'head/square');
    const positive = this.node(
      'Add',
      [square, this.floats('tiny', [1], Float32Array.of(TINY))],
      'head/positive',
    );
    return this.node('Div', [vectors, this.node('Sqrt', [positive], 'head/norm')], 'head/embedding');
  }

  /** @param matrix row-major `[inputs, outputs]` */
  product(name: string, vectors: string, matrix: Float32Array, outputs: number): string {
    const weights = this.floats(`${name}-weights`, [matrix.length / outputs, outputs], matrix);
    return this.node('MatMul', [vectors, weights], `head/${name}`);
  }

  node(
    opType: string,
    input: readonly string[],
    output: string,
    attributes: Readonly<Record<string, number>> = {},
  ): string {
    this.#graph.node.push(
      create(NodeProtoSchema, {
        opType,
        name: `head/${opType}_${this.#graph.node.length}`,
        input: [...input],
        output: [output],
        attribute: Object.entries(attributes).map(([name, value]) =>
          create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.INT, i: BigInt(value) }),
        ),
      }),
    );
    return output;
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
    const name = `head/${hint}`;
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.#graph.initializer.push(
      create(TensorProtoSchema, { name, dims: dims.map(BigInt), dataType, rawData }),
    );
    return name;
  }
}
