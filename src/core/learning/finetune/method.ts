/** What of an encoder is trained: low-rank adapters on some layers, the last layers, or all of it. */
import { add, gemm, matmul, multiply, reshape } from '../../graph/build.ts';
import type { ImportedEncoder, LinearLayer } from '../../graph/import/encoder.ts';
import { rewrite } from '../../graph/rewrite.ts';
import { elementCount, scalar, topologicalOrder, type Tensor } from '../../graph/tensor.ts';
import { PatentLabError } from '../../errors.ts';
import type { Random } from '../../random.ts';
import type { Parameter } from './parameters.ts';

export interface LoraMethod {
  readonly kind: 'lora';
  readonly rank: number;
  /** The adapter's product is scaled by alpha / rank. */
  readonly alpha: number;
  /** Last parts of the names of the layers that get an adapter. */
  readonly targets: readonly string[];
}

export type Method =
  LoraMethod | { readonly kind: 'last-k'; readonly layers: number } | { readonly kind: 'full' };

/** Queries and values, as Hu et al. 2021 found enough; by the names that exporters of the usual models give them. */
export const USUAL_TARGETS = [
  'query',
  'value',
  'q_proj',
  'v_proj',
  'q_lin',
  'v_lin',
  'Wqkv',
  'qkv_proj',
  'q',
  'v',
];
export const USUAL_LORA: LoraMethod = { kind: 'lora', rank: 8, alpha: 16, targets: USUAL_TARGETS };

/** Adapters as they are asked for; usual ones where nothing is said. */
export function loraOf({ rank = USUAL_LORA.rank, ...given }: LoraSettings): LoraMethod {
  return { kind: 'lora', rank, alpha: given.alpha ?? 2 * rank, targets: given.targets ?? USUAL_TARGETS };
}

export type LoraSettings = {
  readonly [Setting in Exclude<keyof LoraMethod, 'kind'>]?: LoraMethod[Setting] | undefined;
};

const down = (layer: LinearLayer): string => `${layer.name}.lora_A`;
const up = (layer: LinearLayer): string => `${layer.name}.lora_B`;

const widths = ({ input, output }: LinearLayer): { readonly from: number; readonly to: number } => ({
  from: input.shape.at(-1) ?? 0,
  to: output.shape.at(-1) ?? 0,
});

/** The layers of an encoder that get an adapter. */
export function adaptedLayers(encoder: ImportedEncoder, { targets }: LoraMethod): readonly LinearLayer[] {
  const found = encoder.linear.filter(({ name }) => targets.includes(name.split('.').at(-1) ?? ''));
  if (found.length > 0) return found;
  const names = [...new Set(encoder.linear.map(({ name }) => name.split('.').at(-1) ?? name))];
  throw new PatentLabError({
    code: 'usage',
    message: `The encoder has no layer named ${targets.join(', ')}.`,
    remedy: `Choose among its layers: ${names.join(', ')}.`,
  });
}

/** What is trained of the encoder, with what it starts from. */
export function encoderParameters(
  encoder: ImportedEncoder,
  method: Method,
  random: Random,
): readonly Parameter[] {
  switch (method.kind) {
    case 'lora':
      return adaptedLayers(encoder, method).flatMap((layer) => {
        const { from, to } = widths(layer);
        // Uniform with the variance 1/(3·from), and nothing: at the start the encoder is what it was.
        const limit = 1 / Math.sqrt(from);
        const start = Float32Array.from(
          { length: from * method.rank },
          () => limit * (2 * random.uniform() - 1),
        );
        return [
          { name: down(layer), shape: [from, method.rank], start },
          { name: up(layer), shape: [method.rank, to], start: new Float32Array(method.rank * to) },
        ];
      });
    case 'last-k':
    case 'full':
      return trainedWeights(encoder, method).map(({ name, tensor }) => ({
        name,
        shape: tensor.shape,
        start: numbersOf(tensor),
      }));
  }
}

const numbersOf = ({ source }: Tensor): Float32Array =>
  source.kind === 'constant' && source.data instanceof Float32Array ? source.data : new Float32Array();

/** The encoder's hidden states as they follow from the trained parameters. */
export function trainedHidden(
  encoder: ImportedEncoder,
  method: Method,
  parameters: ReadonlyMap<string, Tensor>,
): Tensor {
  switch (method.kind) {
    case 'lora':
      return withAdapters(encoder, method, parameters);
    case 'last-k':
    case 'full': {
      const named = new Map(trainedWeights(encoder, method).map(({ name, tensor }) => [tensor, name]));
      const become = rewrite([encoder.hidden], (tensor, original) => {
        const name = named.get(original);
        return (name === undefined ? undefined : parameters.get(name)) ?? tensor;
      });
      return become.get(encoder.hidden) ?? encoder.hidden;
    }
  }
}

function withAdapters(
  encoder: ImportedEncoder,
  method: LoraMethod,
  parameters: ReadonlyMap<string, Tensor>,
): Tensor {
  const layers = new Map(adaptedLayers(encoder, method).map((layer) => [layer.output, layer]));
  const become = rewrite([encoder.hidden], (tensor, original) => {
    const layer = layers.get(original);
    const [a, b] = layer ? [parameters.get(down(layer)), parameters.get(up(layer))] : [];
    const { source } = tensor;
    const x = source.kind === 'node' ? source.inputs[0] : undefined;
    if (!a || !b || !x) return tensor;
    const scaled = multiply(b, scalar(method.alpha / method.rank));
    return add(tensor, matmul(matmul(x, a), scaled));
  });
  return become.get(encoder.hidden) ?? encoder.hidden;
}

interface NamedWeight {
  readonly name: string;
  readonly tensor: Tensor;
}

/** Weights of the last k layers, or all of them, by the names of their stored tensors. */
function trainedWeights(
  encoder: ImportedEncoder,
  method: Extract<Method, { kind: 'last-k' | 'full' }>,
): readonly NamedWeight[] {
  const all = learnedWeights(encoder);
  if (method.kind === 'full') return all;
  const layerOf = new Map(all.map(({ name }) => [name, layerNumber(name, encoder.linear)]));
  const numbers = [...layerOf.values()].filter((number) => number !== undefined);
  const first = Math.max(...numbers) - method.layers + 1;
  if (numbers.length === 0 || first < 0) {
    throw new PatentLabError({
      code: 'usage',
      message: `The encoder has ${numbers.length === 0 ? 'no numbered layers' : `${Math.max(...numbers) + 1} layers`}, not ${method.layers}.`,
      remedy: 'Choose fewer layers, or another method.',
    });
  }
  // What follows the layers, such as a last normalisation, has no number and is left.
  return all.filter(({ name }) => (layerOf.get(name) ?? -1) >= first);
}

/** Position of the layer in names such as `encoder.layer.3.output.dense.weight`. */
function layerNumber(stored: string, linear: readonly LinearLayer[]): number | undefined {
  const name = linear.find((layer) => layer.stored === stored)?.name ?? stored;
  const number = /(?:^|\.)(?:layers?|h|blocks?)\.(\d+)\./.exec(name)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Stored tensors that a training of the model would have changed: matrices, tables, shifts and scales. */
function learnedWeights(encoder: ImportedEncoder): readonly NamedWeight[] {
  const learned = new Set(encoder.linear.map(({ weight }) => weight));
  for (const { source } of topologicalOrder([encoder.hidden])) {
    if (source.kind !== 'node') continue;
    const [first, ...others] = source.inputs;
    if (source.operator === 'Gather' && first?.shape.length === 2) learned.add(first);
    if (source.operator === 'LayerNormalization') others.forEach((one) => learned.add(one));
    if (source.operator === 'Add') {
      for (const one of source.inputs)
        if (one.shape.length === 1 && elementCount(one.shape) > 1) learned.add(one);
    }
  }
  return [...encoder.weights].flatMap(([name, tensor]) => (learned.has(tensor) ? [{ name, tensor }] : []));
}

/** A changed weight by the name of its stored tensor, in its stored orientation. */
export interface ChangedWeight {
  readonly stored: string;
  readonly values: Tensor;
}

/** The weights that a plain model has after training, as graphs of the parameters: adapters added into their layers. */
export function changedWeights(
  encoder: ImportedEncoder,
  method: Method,
  parameters: ReadonlyMap<string, Tensor>,
): readonly ChangedWeight[] {
  switch (method.kind) {
    case 'lora':
      return adaptedLayers(encoder, method).flatMap((layer) => {
        const [a, b] = [parameters.get(down(layer)), parameters.get(up(layer))];
        if (!a || !b) return [];
        const scaled = multiply(b, scalar(method.alpha / method.rank));
        const product = layer.transposed ? gemm(scaled, a, { transA: true, transB: true }) : gemm(a, scaled);
        return [{ stored: layer.stored, values: add(layer.weight, reshape(product, layer.weight.shape)) }];
      });
    case 'last-k':
    case 'full':
      return trainedWeights(encoder, method).flatMap(({ name }) => {
        const values = parameters.get(name);
        return values ? [{ stored: name, values }] : [];
      });
  }
}
