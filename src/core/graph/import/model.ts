/**
 * An exported model read once, and made into a graph of this library for any batch and length: only what the wanted
 * outputs need is built, all shapes are known, and what follows from them alone is computed on the way.
 */
import { fromBinary } from '@bufbuild/protobuf';
import { operatorNamed } from '../registry.ts';
import { ModelProtoSchema, type GraphProto, type NodeProto, type ValueInfoProto } from '../onnx_pb.ts';
import { constant, dependencies, elementCount, input, type Tensor, type Values } from '../tensor.ts';
import { modelInvalid, modelQuantised, operatorUnknown } from './errors.ts';
import { constantOf, libraryType, type ReadExternal } from './initialisers.ts';
import { LOWERINGS, QUANTISED } from './lowering.ts';
import { NodeInputs } from './node-inputs.ts';

/** A model whose stored tensors are constants already, the same ones in every graph made of it. */
export interface ModelSource {
  readonly graph: GraphProto;
  /** Of the operator set. */
  readonly version: number;
  readonly weights: ReadonlyMap<string, Tensor>;
}

export interface ImportedGraph {
  readonly inputs: ReadonlyMap<string, Tensor>;
  readonly outputs: ReadonlyMap<string, Tensor>;
  /** The node that made a tensor, as the exporter named it. */
  readonly places: ReadonlyMap<Tensor, string>;
}

export interface Sizes {
  readonly batch: number;
  /** Tokens. */
  readonly length: number;
}

/** Larger float tensors are left to be computed when the graph runs. [ours] */
const FOLD_FLOATS = 4096;
/** Whole numbers and truth values must be known for shapes and masks; beyond this they are no shapes. [ours] */
const FOLD_OTHERS = 2 ** 20;

/**
 * @param readExternal gives the bytes of tensors that stand beside the file; the caller decides what may be read
 * @throws `model-invalid`
 */
export function readModel(bytes: Uint8Array, readExternal?: ReadExternal): ModelSource {
  const { graph, opsetImport } = parse(bytes);
  if (!graph || graph.node.length === 0) throw modelInvalid('it has no graph');
  const weights = new Map<string, Tensor>();
  const quantised = graph.node.find((node) => QUANTISED.has(operatorName(node)));
  if (quantised) throw modelQuantised(operatorName(quantised), quantised.name);
  for (const stored of graph.initializer) weights.set(stored.name, constantOf(stored, readExternal));
  const version = opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version ?? 0n;
  return { graph, version: Number(version), weights };
}

function parse(bytes: Uint8Array) {
  try {
    return fromBinary(ModelProtoSchema, bytes);
  } catch (cause) {
    throw modelInvalid(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** @throws `model-operator-unknown` with the operator and its place */
export function importGraph(model: ModelSource, sizes: Sizes, outputs: readonly string[]): ImportedGraph {
  const known = new Map<string, Tensor>(model.weights);
  const inputs = new Map<string, Tensor>();
  for (const info of model.graph.input) {
    if (known.has(info.name)) continue;
    const tensor = inputTensor(info, sizes);
    inputs.set(info.name, tensor);
    known.set(info.name, tensor);
  }
  const places = new Map<Tensor, string>();
  const learned = new Set([...model.weights.values()].filter(isLearned));
  for (const node of neededNodes(model.graph, outputs)) {
    const made = lowered(node, known, model.version);
    made.forEach((tensor, i) => {
      const result = folded(tensor, learned);
      const name = node.output[i];
      if (name === undefined || name === '') return;
      known.set(name, result);
      if (!places.has(result)) places.set(result, node.name);
    });
  }
  return {
    inputs,
    outputs: new Map(outputs.map((name) => [name, tensorNamed(name, known)])),
    places,
  };
}

function tensorNamed(name: string, known: ReadonlyMap<string, Tensor>): Tensor {
  const tensor = known.get(name);
  if (!tensor) throw modelInvalid(`there is no tensor ${name}`);
  return tensor;
}

function lowered(node: NodeProto, known: ReadonlyMap<string, Tensor>, version: number): readonly Tensor[] {
  const inputs = new NodeInputs(
    node,
    node.input.map((name) => (name === '' ? undefined : tensorNamed(name, known))),
    version,
  );
  const lower = LOWERINGS[inputs.operator];
  if (!lower) throw operatorUnknown(inputs.operator, inputs.place);
  try {
    return lower(inputs);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw operatorUnknown(inputs.operator, inputs.place, `which does not work out (${reason})`);
  }
}

const operatorName = ({ domain, opType }: NodeProto): string =>
  domain === '' ? opType : `${domain}.${opType}`;

/** Nodes that the outputs depend on, in the file's order, which is topological by ONNX's rules. */
function neededNodes(graph: GraphProto, outputs: readonly string[]): readonly NodeProto[] {
  const needed = new Set(outputs);
  const nodes: NodeProto[] = [];
  for (const node of graph.node.toReversed()) {
    if (!node.output.some((name) => needed.has(name))) continue;
    nodes.push(node);
    for (const name of node.input) needed.add(name);
  }
  return nodes.reverse();
}

/** Free sizes are the batch first and the length after it, as exporters of encoders declare them. */
function inputTensor({ name, type }: ValueInfoProto, { batch, length }: Sizes): Tensor {
  const declared = type?.value.case === 'tensorType' ? type.value.value : undefined;
  const elementType = declared && libraryType(declared.elemType);
  if (!declared?.shape || !elementType) throw modelInvalid(`the input ${name} is no tensor of a known type`);
  const free = [batch, length];
  const shape = declared.shape.dim.map(({ value }) => {
    if (value.case === 'dimValue' && value.value > 0n) return Number(value.value);
    const size = free.shift();
    if (size === undefined) throw modelInvalid(`the input ${name} has more than two free sizes`);
    return size;
  });
  return input(name, shape, elementType);
}

const isLearned = ({ type, shape }: Tensor): boolean => type === 'float32' && elementCount(shape) > 1;

/**
 * A tensor that follows from constants alone, as a constant; large ones of floats are left as they are, and so is what
 * follows from learned weights, because they may be trained.
 */
function folded(tensor: Tensor, learned: ReadonlySet<Tensor>): Tensor {
  const { source, type, shape } = tensor;
  if (source.kind !== 'node') return tensor;
  const limit = type === 'float32' ? FOLD_FLOATS : FOLD_OTHERS;
  if (elementCount(shape) > limit) return tensor;
  const values: Values[] = [];
  for (const one of dependencies(tensor)) {
    const known = folded(one, learned);
    if (known.source.kind !== 'constant' || learned.has(known)) return tensor;
    values.push({ type: known.type, shape: known.shape, data: known.source.data });
  }
  return constant(operatorNamed(source.operator).evaluate(values, source.attributes, tensor), shape);
}
