/** The curves of any training of an encoder, as its panel draws them. */
import type { StepLoss } from './finetune.ts';
import type { ProviderDecision } from './numerics.ts';

/** @typeParam S what an epoch came to on held-out documents */
export interface LearningCurves<S> {
  readonly losses: readonly StepLoss[];
  /** Steps there will be, at most; 0 before the first. */
  readonly steps: number;
  readonly history: readonly S[];
  readonly bestEpoch: number;
  /** Where the steps are made, where an accelerator was asked for. */
  readonly decision?: ProviderDecision;
}

/** What a training tells of its curves. */
export type LearningCurvesEvent<S> =
  | { readonly kind: 'step'; readonly step: number; readonly steps: number; readonly loss: number }
  | { readonly kind: 'epoch'; readonly scores: S; readonly kept: boolean }
  | ProviderEvent;

/** Where the steps are made, and why there; told where an accelerator was asked for. */
export interface ProviderEvent {
  readonly kind: 'provider';
  readonly decision: ProviderDecision;
}
