/** One step of training as one graph: forward, backward, clipping and AdamW. */
import { add, cast, mean, multiply, sum } from '../../graph/build.ts';
import { gradients } from '../../graph/differentiate.ts';
import type { ImportedEncoder } from '../../graph/import/encoder.ts';
import { input, type Graph, type Tensor } from '../../graph/tensor.ts';
import {
  dropped,
  logitsOf,
  multilabelLoss,
  pooled,
  summed,
  type Head,
  type Pooling,
} from './classifier-graph.ts';
import { trainedHidden, type Method } from './method.ts';
import { adamw, clipped, normOf, type OptimiserOptions, type OptimiserState } from './optimiser.ts';
import { cutOut, valuesOf, type Layout, type Parameter } from './parameters.ts';
import type { LinearClassifier } from '../linear-classifier.ts';
import { lossRowInputs, type Loss } from '../losses/loss.ts';

export const HEAD_WEIGHTS = 'head.weights';
export const HEAD_SHIFTS = 'head.shifts';
export const MASK_INPUT = 'attention_mask';

/** A unit vector's logit spans about ±1 at weights of order 1; trained heads need ±10. [ours] */
export const LOGIT_SCALE = 10;

export interface Model {
  readonly encoder: ImportedEncoder;
  readonly method: Method;
  readonly layout: Layout;
  readonly labels: number;
  readonly pooling: Pooling;
  /** Binary cross-entropy where nothing is said. */
  readonly loss?: Loss;
}

/** @param rate the head's learning rate over the encoder's */
export function headParameters(weights: Float32Array, shifts: Float32Array, rate = 1): readonly Parameter[] {
  const dimension = weights.length / shifts.length;
  const start = weights.map((w) => w / LOGIT_SCALE);
  return [
    { name: HEAD_WEIGHTS, shape: [shifts.length, dimension], start, rate },
    { name: HEAD_SHIFTS, shape: [shifts.length], start: shifts, rate },
  ];
}

export function maskOf(encoder: ImportedEncoder): Tensor {
  const mask = encoder.inputs.get(MASK_INPUT);
  if (!mask) throw new Error(`the encoder has no input ${MASK_INPUT}`);
  return cast(mask, 'float32');
}

function headOf(parameters: ReadonlyMap<string, Tensor>): Head {
  const [weights, shifts] = [parameters.get(HEAD_WEIGHTS), parameters.get(HEAD_SHIFTS)];
  if (!weights || !shifts) throw new Error('the layout has no head');
  return { weights, shifts };
}

/**
 * Loss and its gradient by the flat parameters. Inputs beside the encoder's: `targets`, `weights`, `keep` (dropout), and
 * `offsets`, what each logit holds that is not trained, such as the share of a document's words; and the loss's rows.
 */
function lossAndGradient(model: Model): {
  readonly loss: Tensor;
  readonly gradient: Tensor;
  readonly of: Tensor;
} {
  const [batch = 0] = model.encoder.hidden.shape;
  const keep = input('keep', [batch, model.encoder.hidden.shape.at(-1) ?? 0]);
  const { encoder, method, layout, pooling } = model;
  const parameters = input('parameters', [layout.size]);
  const cut = cutOut(parameters, layout);
  const embedding = pooled(trainedHidden(encoder, method, cut), maskOf(encoder), pooling);
  const offsets = input('offsets', [batch, model.labels]);
  const logits = add(logitsOf(dropped(embedding, keep), headOf(cut), LOGIT_SCALE), offsets);
  const loss = lossOf(model, logits, input('targets', [batch, model.labels]), input('weights', [batch, 1]));
  const [gradient] = gradients(loss, [parameters]);
  if (!gradient) throw new Error('no gradient');
  return { loss, gradient, of: parameters };
}

function lossOf({ loss, labels }: Model, logits: Tensor, targets: Tensor, weights: Tensor): Tensor {
  if (!loss) return multilabelLoss(logits, targets, weights);
  const cells = loss.cells({ logits, targets, rows: lossRowInputs(loss, labels) });
  return sum(mean(multiply(cells, weights), [1]));
}

/** The second half of every step: clipping and AdamW. */
export function updated(
  parameters: Tensor,
  gradient: Tensor,
  { layout }: Pick<Model, 'layout'>,
  options: OptimiserOptions,
): Graph['outputs'] {
  const norm = normOf(gradient);
  const state: OptimiserState = {
    parameters,
    first: input('first', [layout.size]),
    second: input('second', [layout.size]),
  };
  const numbers = {
    rate: input('rate', []),
    firstCorrection: input('firstCorrection', []),
    secondCorrection: input('secondCorrection', []),
  };
  const next = adamw(state, clipped(gradient, norm, options), numbers, layout, options);
  return { norm, newParameters: next.parameters, newFirst: next.first, newSecond: next.second };
}

/** Outputs `loss`, `norm` and the new state: `newParameters`, `newFirst`, `newSecond`. */
export function stepGraph(model: Model, options: OptimiserOptions): Graph {
  const { loss, gradient, of } = lossAndGradient(model);
  return { name: 'step', outputs: { loss, ...updated(of, gradient, model, options) } };
}

/** Outputs `loss` and `newSum`: the gradient added to the input `sum`, for batches too large to run at once. */
export function accumulationGraph(model: Model): Graph {
  const { loss, gradient } = lossAndGradient(model);
  return {
    name: 'accumulation',
    outputs: { loss, newSum: add(gradient, input('sum', [model.layout.size])) },
  };
}

/** The second half of a step on an accumulated gradient; outputs `norm` and the new state. */
export function updateGraph(model: Pick<Model, 'layout'>, options: OptimiserOptions): Graph {
  const parameters = input('parameters', [model.layout.size]);
  const gradient = input('sum', [model.layout.size]);
  return { name: 'update', outputs: updated(parameters, gradient, model, options) };
}

/** Output `sums`: what each window adds to its text's embedding, `[batch, dimension]`, without dropout. */
export function forwardGraph({ encoder, method, layout, pooling }: Omit<Model, 'labels'>): Graph {
  const cut = cutOut(input('parameters', [layout.size]), layout);
  const hidden = trainedHidden(encoder, method, cut);
  return { name: 'forward', outputs: { sums: summed(hidden, maskOf(encoder), pooling) } };
}

/**
 * The trained head over embeddings of unit length. @param start the head that training began with: its words are not
 * trained
 * @param centre what evidence is measured against
 */
export function trainedHead(
  parameters: Float32Array,
  { layout, labels }: Pick<Model, 'layout' | 'labels'>,
  start: Pick<LinearClassifier, 'words' | 'lexical'>,
  centre: Float32Array,
): LinearClassifier {
  const weights = valuesOf(parameters, layout, HEAD_WEIGHTS);
  return {
    labels,
    dimension: weights.length / labels,
    words: start.words,
    dense: weights.map((weight) => weight * LOGIT_SCALE),
    lexical: start.lexical,
    intercepts: valuesOf(parameters, layout, HEAD_SHIFTS).slice(),
    centre,
  };
}
