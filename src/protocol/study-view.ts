/** State in, intents out: the messages between the host and the report of a study. */
import type { StudyPlan } from '../core/study/plan.ts';
import type { ErrorReport } from './engine.ts';
import type { ReportViewIntent, ReportViewState } from './report-view.ts';
import type { StudyComparison, StudyEstimate, StudyReport } from './study.ts';

export type { ErrorReport, StudyPlan };
export type {
  ArmDone,
  ArmResult,
  Comparison,
  Decomposition,
  Effect,
  Estimate,
  FidelityCell,
  FidelityCorrelation,
  FidelityDifference,
  Gains,
  LabelDecomposition,
  MixingCurve,
  Recipe,
  RetrievalEffect,
  Schedule,
  StudyCell,
  StudyComparison,
  StudyEstimate,
  StudyInput,
  StudyReport,
  StudyVerdict,
  ThresholdPolicy,
  Verdict,
  WaterfallStep,
} from './study.ts';

/** What stands before a run: what it would do and how long it would take. */
export type StudySetup =
  | { readonly kind: 'estimating' }
  | { readonly kind: 'ready'; readonly estimate: StudyEstimate }
  /** `noSynthetic`: there is nothing to study, which generating some would help. */
  | { readonly kind: 'failed'; readonly error: ErrorReport; readonly noSynthetic?: boolean };

export interface StudyViewState extends ReportViewState<StudyReport> {
  /** Shown instead of the report, until it is run or left. */
  readonly setup?: StudySetup;
  /** The plan's file, relative to the workspace; absent for the default plan. */
  readonly plan?: string;
  /** Two reports side by side, shown instead of the report. */
  readonly comparison?: StudyComparison;
  /** Synthetic documents can be written with this installation. */
  readonly canGenerate: boolean;
}

export type StudyViewIntent =
  | ReportViewIntent
  /** Says what a run would do. */
  | { readonly kind: 'prepare' }
  /** Leaves what stands before a run, or a comparison, for the report. */
  | { readonly kind: 'back' }
  /** Writes the plan to a file where there is none, and opens it. */
  | { readonly kind: 'edit-plan' }
  /** Forgets the plan's file for the default plan. */
  | { readonly kind: 'default-plan' }
  | { readonly kind: 'generate' }
  /** Trains the workspace's classifier as the report recommends. */
  | { readonly kind: 'train-recipe' }
  /** Asks which other study to compare with. */
  | { readonly kind: 'compare' };
