/**
 * An encoder's model, made ready for one unpadded text at a time: the same arithmetic in the same order, bit by bit,
 * without the work that a batch would need. In each attention block
 *   - the heads of Q, K and V are not moved apart first: FusedMatMul reads them where they lie;
 *   - the mask is not added, because without padding it is 0 everywhere.
 * And what is pooled becomes an output, so that not every token has to be copied out.
 * What is not recognised stays as it is.
 */
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import type { Pooling } from '../../core/learning/finetune/classifier-graph.ts';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  TensorProto_DataLocation,
  TensorProto_DataType,
  TensorProtoSchema,
  ValueInfoProtoSchema,
  type AttributeProto,
  type GraphProto,
  type NodeProto,
  type TensorProto,
} from '../../core/graph/onnx_pb.ts';

/** Output with the sum of the hidden states of all tokens, or the state of the first one, `[1, dimension]`. */
export const POOLED_OUTPUT = 'patent-lab/pooled';

/** From this version of the operator set on, axes are an input. */
const AXES_AS_INPUT = 13;

/** Undefined when the model keeps data outside its file and so can only be loaded from there. */
export function modelForSingleTexts(
  bytes: Uint8Array,
  hiddenStates: string,
  pooling: Pooling,
): Uint8Array | undefined {
  const model = fromBinary(ModelProtoSchema, bytes);
  const { graph } = model;
  if (
    !graph ||
    graph.initializer.some((tensor) => tensor.dataLocation === TensorProto_DataLocation.EXTERNAL)
  ) {
    return undefined;
  }
  const version =
    model.opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version ?? 0n;
  const editor = new GraphEditor(graph, Number(version));
  for (const softmax of graph.node.filter(({ opType }) => opType === 'Softmax')) {
    const attention = editor.recognise(softmax);
    if (attention) editor.simplify(attention);
  }
  editor.removeUnused();
  editor.append(
    pooling === 'cls'
      ? editor.firstToken(editor.inSinglePrecision(hiddenStates), POOLED_OUTPUT)
      : editor.overAxis('ReduceSum', editor.inSinglePrecision(hiddenStates), POOLED_OUTPUT, 1, [
          integer('keepdims', 0),
        ]),
  );
  graph.output.push(
    create(ValueInfoProtoSchema, {
      name: POOLED_OUTPUT,
      type: { value: { case: 'tensorType', value: { elemType: TensorProto_DataType.FLOAT } } },
    }),
  );
  if (editor.fused && !model.opsetImport.some(({ domain }) => domain === 'com.microsoft')) {
    model.opsetImport.push(create(OperatorSetIdProtoSchema, { domain: 'com.microsoft', version: 1n }));
  }
  return toBinary(ModelProtoSchema, model);
}

/** softmax(Q·Kᵀ · scale + mask)·V with the heads of Q, K and V moved before the positions. */
interface Attention {
  readonly scores: NodeProto;
  readonly mask: NodeProto;
  readonly softmax: NodeProto;
  readonly mixing: NodeProto;
  /** `[1, positions, heads, width]`, as they come. */
  readonly query: string;
  readonly key: string;
  readonly value: string;
}

class GraphEditor {
  /** Whether anything was simplified. */
  fused = false;
  readonly #graph: GraphProto;
  readonly #version: number;
  readonly #producers = new Map<string, NodeProto>();
  readonly #consumers = new Map<string, NodeProto[]>();
  readonly #constants = new Map<string, TensorProto>();

  constructor(graph: GraphProto, version: number) {
    this.#graph = graph;
    this.#version = version;
    for (const node of graph.node) {
      for (const output of node.output) this.#producers.set(output, node);
      for (const name of node.input) {
        this.#consumers.set(name, [...(this.#consumers.get(name) ?? []), node]);
      }
      const value =
        node.opType === 'Constant' ? node.attribute.find(({ name }) => name === 'value')?.t : undefined;
      if (value) this.#constants.set(node.output[0] ?? '', value);
    }
    for (const tensor of graph.initializer) this.#constants.set(tensor.name, tensor);
  }

  recognise(softmax: NodeProto): Attention | undefined {
    const mask = this.#producer(softmax.input[0], 'Add');
    const scaling = mask?.input
      .map((name) => this.#producers.get(name))
      .find((node) => this.#isScaling(node));
    const shift = mask?.input.find((name) => this.#producers.get(name) !== scaling);
    const scores = this.#producer(scaling?.input[0], 'MatMul');
    const mixing = this.#onlyConsumer(softmax.output[0]);
    if (!mask || !scaling || !scores || mixing?.opType !== 'MatMul') return undefined;
    if (!this.#onlyConsumer(mask.output[0]) || !this.#onlyConsumer(scaling.output[0])) return undefined;
    if (!this.#onlyConsumer(scores.output[0]) || mixing.input[0] !== softmax.output[0]) return undefined;
    if (shift === undefined || this.#whenAllIsRead(shift) !== 0) return undefined;
    const query = this.#transposed(scores.input[0], '0,2,1,3');
    const key = this.#transposed(scores.input[1], '0,2,3,1');
    const value = this.#transposed(mixing.input[1], '0,2,1,3');
    if (query === undefined || key === undefined || value === undefined) return undefined;
    return { scores, mask, softmax, mixing, query, key, value };
  }

  simplify({ scores, mask, softmax, mixing, query, key, value }: Attention): void {
    this.fused = true;
    const [scored, mixed] = [scores.output[0] ?? '', mixing.output[0] ?? ''];
    const unbatched = (name: string): string => {
      const flat = `${scored}/${name}`;
      this.#insertBefore(scores, this.overAxis('Squeeze', name, flat, 0));
      return flat;
    };
    const [q, k, v] = [query, key, value].map(unbatched);
    this.#replace(scores, fusedMatMul([q, k], scored, ['transBatchA', 'transBatchB', 'transB']));
    // The scaling takes the place of scaling and mask.
    const unmasked = mask.input.find((name) => this.#isScaling(this.#producers.get(name)));
    softmax.input = [unmasked ?? ''];
    softmax.attribute = [integer('axis', 2)];
    const perHead = `${mixed}/heads`;
    this.#replace(
      mixing,
      fusedMatMul([softmax.output[0], v], perHead, ['transBatchB']),
      this.overAxis('Unsqueeze', perHead, mixed, 0),
    );
  }

  /** Removes what no output needs any more. */
  removeUnused(): void {
    const needed = new Set(this.#graph.output.map(({ name }) => name));
    for (const node of [...this.#graph.node].reverse()) {
      if (node.output.some((name) => needed.has(name))) for (const name of node.input) needed.add(name);
    }
    this.#graph.node = this.#graph.node.filter((node) => node.output.some((name) => needed.has(name)));
  }

  append(node: NodeProto): void {
    this.#graph.node.push(node);
  }

  /** An output of the graph that is summed without loss: what it gives in half precision is widened first. */
  inSinglePrecision(output: string): string {
    const type = this.#graph.output.find(({ name }) => name === output)?.type?.value;
    if (type?.case !== 'tensorType' || type.value.elemType !== TensorProto_DataType.FLOAT16) return output;
    const wide = `${POOLED_OUTPUT}/wide`;
    const to = integer('to', TensorProto_DataType.FLOAT);
    this.append(
      create(NodeProtoSchema, { opType: 'Cast', input: [output], output: [wide], attribute: [to] }),
    );
    return wide;
  }

  /** An operator with one axis, which is an attribute or an input, depending on the version. */
  overAxis(
    opType: string,
    from: string,
    to: string,
    axis: number,
    attributes: readonly AttributeProto[] = [],
  ): NodeProto {
    if (this.#version < AXES_AS_INPUT) {
      const axes = create(AttributeProtoSchema, {
        name: 'axes',
        type: AttributeProto_AttributeType.INTS,
        ints: [BigInt(axis)],
      });
      return create(NodeProtoSchema, {
        opType,
        input: [from],
        output: [to],
        attribute: [...attributes, axes],
      });
    }
    const name = `patent-lab/axis-${axis}`;
    if (!this.#constants.has(name)) {
      const tensor = create(TensorProtoSchema, {
        name,
        dims: [1n],
        dataType: TensorProto_DataType.INT64,
        int64Data: [BigInt(axis)],
      });
      this.#constants.set(name, tensor);
      this.#graph.initializer.push(tensor);
    }
    return create(NodeProtoSchema, { opType, input: [from, name], output: [to], attribute: [...attributes] });
  }

  /** `[1, tokens, dimension]` to `[1, dimension]`. */
  firstToken(from: string, to: string): NodeProto {
    const name = 'patent-lab/first';
    this.#graph.initializer.push(
      create(TensorProtoSchema, { name, dataType: TensorProto_DataType.INT64, int64Data: [0n] }),
    );
    return create(NodeProtoSchema, {
      opType: 'Gather',
      input: [from, name],
      output: [to],
      attribute: [integer('axis', 1)],
    });
  }

  #insertBefore(node: NodeProto, inserted: NodeProto): void {
    this.#graph.node.splice(this.#graph.node.indexOf(node), 0, inserted);
  }

  #replace(node: NodeProto, ...replacements: readonly NodeProto[]): void {
    this.#graph.node.splice(this.#graph.node.indexOf(node), 1, ...replacements);
  }

  #producer(name: string | undefined, opType: string): NodeProto | undefined {
    const node = this.#producers.get(name ?? '');
    return node?.opType === opType ? node : undefined;
  }

  #onlyConsumer(name: string | undefined): NodeProto | undefined {
    const consumers = this.#consumers.get(name ?? '') ?? [];
    const isOutput = this.#graph.output.some((output) => output.name === name);
    return consumers.length === 1 && !isOutput ? consumers[0] : undefined;
  }

  #isScaling(node: NodeProto | undefined): boolean {
    return (node?.opType === 'Div' || node?.opType === 'Mul') && this.#scalar(node.input[1]) !== undefined;
  }

  /** What a transposition with this permutation was made of. */
  #transposed(name: string | undefined, permutation: string): string | undefined {
    const node = this.#producer(name, 'Transpose');
    const found = node?.attribute.find((attribute) => attribute.name === 'perm')?.ints.join();
    return found === permutation ? node?.input[0] : undefined;
  }

  /** The one number that a tensor holds everywhere when the attention mask is 1 everywhere; undefined if unknown. */
  #whenAllIsRead(name: string | undefined): number | undefined {
    if (name === 'attention_mask') return 1;
    const constant = this.#scalar(name);
    if (constant !== undefined) return constant;
    const node = this.#producers.get(name ?? '');
    const of = (position: number): number => this.#whenAllIsRead(node?.input[position]) ?? Number.NaN;
    switch (node?.opType) {
      case 'Unsqueeze':
      case 'Cast':
        return of(0);
      case 'Sub':
        return of(0) - of(1);
      case 'Mul':
        return of(0) * of(1);
      default:
        return undefined;
    }
  }

  #scalar(name: string | undefined): number | undefined {
    const tensor = this.#constants.get(name ?? '');
    if (tensor?.dataType !== TensorProto_DataType.FLOAT || tensor.dims.some((size) => size !== 1n)) {
      return undefined;
    }
    const { rawData } = tensor;
    if (rawData.byteLength !== 4) return tensor.floatData[0];
    return new DataView(rawData.buffer, rawData.byteOffset, 4).getFloat32(0, true);
  }
}

const integer = (name: string, value: number): AttributeProto =>
  create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.INT, i: BigInt(value) });

/** A matrix product that reads `[positions, heads, width]` as one matrix a head. */
function fusedMatMul(
  inputs: readonly (string | undefined)[],
  output: string,
  flags: readonly string[],
): NodeProto {
  return create(NodeProtoSchema, {
    opType: 'FusedMatMul',
    domain: 'com.microsoft',
    input: inputs.map((name) => name ?? ''),
    output: [output],
    attribute: flags.map((flag) => integer(flag, 1)),
  });
}
