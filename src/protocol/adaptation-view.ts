/** State in, intents out: the messages between the host and the panel of an encoder's adaptation. */
import type {
  AdaptationChoice,
  AdaptationEstimate,
  AdaptationGoal,
  AdaptationReport,
  AdaptationScores,
} from './adaptation.ts';
import type { ErrorReport } from './engine.ts';
import type { LearningCurves } from './learning-curves.ts';
import type { ReportViewIntent, ReportViewMessage, ReportViewState } from './report-view.ts';

export type {
  AdaptationChoice,
  AdaptationEstimate,
  AdaptationGoal,
  AdaptationReport,
  AdaptationScores,
  ErrorReport,
};

/** What is about to be adapted, before it begins. */
export type AdaptationSetup =
  | { readonly kind: 'estimating' }
  /** `measuring`: how long a step takes is being found out. */
  | { readonly kind: 'ready'; readonly estimate: AdaptationEstimate; readonly measuring: boolean }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

export type AdaptationCurves = LearningCurves<AdaptationScores>;

export interface AdaptationViewState extends ReportViewState<AdaptationReport> {
  readonly setup?: AdaptationSetup;
  readonly curves?: AdaptationCurves;
  /** What is adapted next, or now. */
  readonly choice?: AdaptationChoice;
  /** It was interrupted, and goes on from there. */
  readonly goesOn?: boolean;
}

export type AdaptationViewMessage =
  | ReportViewMessage<AdaptationViewState>
  /** The rest stays as it is: a training tells of every step. */
  | { readonly kind: 'curves'; readonly curves: AdaptationCurves };

export type AdaptationViewIntent =
  | ReportViewIntent
  /** Base, goal and the rest, anew. */
  | { readonly kind: 'choose' }
  /** A classifier on the adapted encoder. */
  | { readonly kind: 'train' };
