/** Domain adaptation as graphs: what an objective costs over an encoder, and the training of it by its gradient. */
import { add } from '../../graph/build.ts';
import { gradients } from '../../graph/differentiate.ts';
import type { ImportedEncoder } from '../../graph/import/encoder.ts';
import { input, type Graph, type Tensor } from '../../graph/tensor.ts';
import { unreachable } from '../../errors.ts';
import { pooled, type Pooling } from '../finetune/classifier-graph.ts';
import { trainedHidden, type Method } from '../finetune/method.ts';
import type { OptimiserOptions } from '../finetune/optimiser.ts';
import { cutOut, type Layout } from '../finetune/parameters.ts';
import { maskOf, updated } from '../finetune/step.ts';
import { pairingLoss } from './contrastive.ts';
import type { Measured } from './cross-entropy.ts';
import { guessingLoss } from './masked-language.ts';
import { wordTable } from './word-table.ts';

export type Objective =
  | {
      readonly kind: 'mlm';
      /** Hidden words of one run at most. */
      readonly slots: number;
    }
  | {
      readonly kind: 'contrastive';
      readonly temperature: number;
      readonly pooling: Pooling;
    };

export interface AdaptationModel {
  readonly encoder: ImportedEncoder;
  readonly method: Method;
  readonly layout: Layout;
  readonly objective: Objective;
}

function measured(
  { encoder, method, objective }: AdaptationModel,
  cut: ReadonlyMap<string, Tensor>,
): Measured {
  const hidden = trainedHidden(encoder, method, cut);
  switch (objective.kind) {
    case 'mlm': {
      const { stored, table } = wordTable(encoder);
      return guessingLoss(hidden, cut.get(stored) ?? table, cut, objective.slots);
    }
    case 'contrastive':
      return pairingLoss(pooled(hidden, maskOf(encoder), objective.pooling), objective.temperature);
    default:
      return unreachable(objective);
  }
}

function lossAndGradient(model: AdaptationModel) {
  const parameters = input('parameters', [model.layout.size]);
  const { loss } = measured(model, cutOut(parameters, model.layout));
  const [gradient] = gradients(loss, [parameters]);
  if (!gradient) throw new Error('no gradient');
  return { parameters, loss, gradient };
}

/** Outputs `loss`, `norm` and the new state, as the step of a classifier has them. */
export function adaptationStep(model: AdaptationModel, options: OptimiserOptions): Graph {
  const { parameters, loss, gradient } = lossAndGradient(model);
  return { name: 'adaptation', outputs: { loss, ...updated(parameters, gradient, model, options) } };
}

/** Outputs `loss` and `newSum`: the gradient added to the input `sum`. */
export function adaptationAccumulation(model: AdaptationModel): Graph {
  const { loss, gradient } = lossAndGradient(model);
  return {
    name: 'adaptation-accumulation',
    outputs: { loss, newSum: add(gradient, input('sum', [model.layout.size])) },
  };
}

/** Outputs `loss` and `hits`. */
export function adaptationEvaluation(model: AdaptationModel): Graph {
  const cut = cutOut(input('parameters', [model.layout.size]), model.layout);
  return { name: 'adaptation-evaluation', outputs: { ...measured(model, cut) } };
}
