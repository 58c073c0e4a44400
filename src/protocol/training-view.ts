/** State in, intents out: the messages between the host and the panel of a fine-tuning. */
import type { ErrorReport, Interval, TrainingFamily } from './engine.ts';
import type { EpochScores, FinetuneEstimate, StepLoss, TrainingReport } from './finetune.ts';
import type { LearningCurves } from './learning-curves.ts';
import type { ReportViewIntent, ReportViewMessage, ReportViewState } from './report-view.ts';

export type {
  EpochScores,
  ErrorReport,
  FinetuneEstimate,
  Interval,
  StepLoss,
  TrainingFamily,
  TrainingReport,
};

/** What a training would take, before it begins. */
export type TrainingSetup =
  | { readonly kind: 'estimating' }
  /** `measuring`: how long a step takes is being found out. */
  | { readonly kind: 'ready'; readonly estimate: FinetuneEstimate; readonly measuring: boolean }
  | { readonly kind: 'failed'; readonly error: ErrorReport }
  /** The encoder stays as it is: that takes seconds and has no curves. */
  | { readonly kind: 'frozen' };

/** The curves of the training that is going on, or was stopped. */
export type TrainingCurves = LearningCurves<EpochScores>;

export interface TrainingViewState extends ReportViewState<TrainingReport> {
  readonly setup?: TrainingSetup;
  readonly curves?: TrainingCurves;
}

export type TrainingViewMessage =
  | ReportViewMessage<TrainingViewState>
  /** The rest stays as it is: a training tells of every step. */
  | { readonly kind: 'curves'; readonly curves: TrainingCurves };

export type TrainingViewIntent =
  | ReportViewIntent
  | { readonly kind: 'choose-family' }
  | { readonly kind: 'open-card' }
  /** Where the encoder stays as it is. */
  | { readonly kind: 'train-head' }
  /** What the next training would take may have changed. */
  | { readonly kind: 'estimate' };
