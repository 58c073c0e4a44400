/** An exported text encoder as a graph that can be trained: fused, its linear layers and weights named. */
import { dependants } from '../differentiate.ts';
import { operatorNamed } from '../registry.ts';
import { operatorUnknown } from './errors.ts';
import { fuse } from './fuse.ts';
import { importGraph, type ModelSource, type Sizes } from './model.ts';
import { topologicalOrder, type Tensor } from '../tensor.ts';

/** x · W with a stored matrix. */
export interface LinearLayer {
  /** As the exporter named it, without `.weight`: `encoder.layer.0.attention.self.query`. */
  readonly name: string;
  readonly weight: Tensor;
  /** Name of the stored tensor. */
  readonly stored: string;
  /** Whether the matrix is stored as [outputs, inputs]. */
  readonly transposed: boolean;
  readonly input: Tensor;
  readonly output: Tensor;
}

export interface ImportedEncoder {
  readonly inputs: ReadonlyMap<string, Tensor>;
  /** `[batch, length, dimension]`. */
  readonly hidden: Tensor;
  readonly linear: readonly LinearLayer[];
  /** The stored tensors of floats that the output depends on, by name. */
  readonly weights: ReadonlyMap<string, Tensor>;
}

/** @throws `model-operator-unknown`, `model-invalid` */
export function importEncoder(model: ModelSource, sizes: Sizes, output: string): ImportedEncoder {
  const { inputs, outputs, places } = importGraph(model, sizes, [output]);
  const raw = outputs.get(output);
  if (!raw) throw new Error(`no output ${output}`);
  const become = fuse([raw]);
  const hidden = become.get(raw) ?? raw;
  const order = topologicalOrder([hidden]);
  const used = new Set(order);
  const names = new Map<Tensor, string>();
  for (const [name, tensor] of model.weights) {
    if (tensor.type === 'float32' && used.has(tensor)) names.set(tensor, name);
  }
  const placeOf = new Map<Tensor, string>();
  for (const [before, place] of places) placeOf.set(become.get(before) ?? before, place);
  requireDerivatives(order, names, placeOf);
  return {
    inputs: new Map([...inputs].filter(([, tensor]) => used.has(tensor))),
    hidden,
    linear: linearLayers(order, names, placeOf),
    weights: new Map([...names].map(([tensor, name]) => [name, tensor])),
  };
}

/** Known when the encoder is opened, not when its first step is made. */
function requireDerivatives(
  order: readonly Tensor[],
  weights: ReadonlyMap<Tensor, string>,
  places: ReadonlyMap<Tensor, string>,
): void {
  for (const tensor of dependants(order, weights.keys())) {
    const { source } = tensor;
    if (source.kind !== 'node' || operatorNamed(source.operator).gradient) continue;
    throw operatorUnknown(source.operator, places.get(tensor) ?? 'a node', 'which has no derivative here');
  }
}

function linearLayers(
  order: readonly Tensor[],
  names: ReadonlyMap<Tensor, string>,
  places: ReadonlyMap<Tensor, string>,
): readonly LinearLayer[] {
  const biases = biasNames(order, names);
  const layers: LinearLayer[] = [];
  for (const output of order) {
    const { source } = output;
    if (source.kind !== 'node' || !['MatMul', 'Gemm'].includes(source.operator)) continue;
    const [input, matrix] = source.inputs;
    const found = matrix && storedMatrix(matrix, names);
    if (!input || !found || found.weight.shape.length !== 2) continue;
    const place = places.get(output) ?? '';
    layers.push({
      ...found,
      transposed: found.transposed !== (source.operator === 'Gemm' && source.attributes['transB'] === 1),
      name: layerName(found.stored, biases.get(output), place) ?? `linear.${layers.length}`,
      input,
      output,
    });
  }
  return layers;
}

/** A stored matrix, as it stands or transposed. */
function storedMatrix(
  matrix: Tensor,
  names: ReadonlyMap<Tensor, string>,
): { readonly weight: Tensor; readonly stored: string; readonly transposed: boolean } | undefined {
  const direct = names.get(matrix);
  if (direct !== undefined) return { weight: matrix, stored: direct, transposed: false };
  const { source } = matrix;
  const inner = source.kind === 'node' && source.operator === 'Transpose' ? source.inputs[0] : undefined;
  const stored = inner && names.get(inner);
  return inner && stored !== undefined ? { weight: inner, stored, transposed: true } : undefined;
}

/** For each product that a stored vector is added to, the vector's name. */
function biasNames(
  order: readonly Tensor[],
  names: ReadonlyMap<Tensor, string>,
): ReadonlyMap<Tensor, string> {
  const found = new Map<Tensor, string>();
  for (const { source } of order) {
    if (source.kind !== 'node' || source.operator !== 'Add') continue;
    const [a, b] = source.inputs;
    for (const [product, bias] of [
      [a, b],
      [b, a],
    ]) {
      const name = bias && names.get(bias);
      if (product && bias?.shape.length === 1 && name !== undefined) found.set(product, name);
    }
  }
  return found;
}

/**
 * Exporters keep a layer's name at its weight, or only at its bias, or only in the path of the node
 * (`/encoder/layer.0/attention/self/query/MatMul`).
 */
function layerName(stored: string, bias: string | undefined, place: string): string | undefined {
  if (stored.endsWith('.weight')) return stored.slice(0, -'.weight'.length);
  if (bias?.endsWith('.bias')) return bias.slice(0, -'.bias'.length);
  const path = place.split('/').filter((part) => part !== '');
  return path.length > 1 ? path.slice(0, -1).join('.') : undefined;
}
