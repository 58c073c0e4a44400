/**
 * The study of whether synthetic documents help: what the engine is asked for, and the report it answers with. The
 * report is also what stands in `report.json` of the run, so it is plain data that says of itself what it was made from.
 */
import { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { ErrorReport } from '../core/errors.ts';
import type { StudyPlan } from '../core/study/plan.ts';
import type { StudyFindings } from '../core/study/report.ts';

export type { FamilyId, Schedule, StudyPlan, ThresholdPolicy } from '../core/study/plan.ts';
export type {
  ArmDone,
  ArmFailed,
  ArmResult,
  ArmSeed,
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
  MixPoint,
  Power,
  Recipe,
  RetrievalEffect,
  StudyCell,
  StudyFindings,
  StudyVerdict,
  Verdict,
  WaterfallStep,
} from '../core/study/report.ts';

export const STUDY_FORMAT = 'patent-lab-study';
/** 2: a detectable gain may be null, and a recipe says what of it is applied. */
export const STUDY_VERSION = 2;

export interface StudyParams {
  /** The workspace: its settings, its cache and where the run is kept. */
  readonly root: string;
  /** A `*.study.json`; without it the default plan over the workspace's documents. */
  readonly plan?: string;
  /** Goes on with the last unfinished run of the same inputs and plan. Default: true. */
  readonly resume?: boolean;
  /** Streams steps under this token; {@link StudyProgressNotification} tells more. */
  readonly progress?: string;
}

/** What a run would cost, told before it. */
export interface StudyEstimate {
  readonly arms: number;
  /** Models to fit, those of cross-validated thresholds counted, and how many of them an unfinished run has done. */
  readonly fits: number;
  readonly done: number;
  /** Optimiser steps altogether. */
  readonly steps: number;
  /** Texts that have no embedding yet. */
  readonly texts: number;
  /** Seconds, from what this machine does in a short measurement. */
  readonly seconds: number;
  readonly real: number;
  readonly synthetic: number;
  readonly test: number;
  readonly plan: StudyPlan;
  /** What the plan asks for that these inputs cannot give (no paraphrases, one seed …). */
  readonly notes: readonly string[];
}

/** Where a run stands. `fraction` is of the estimated time. */
export interface StudyProgress {
  readonly root: string;
  readonly message: string;
  readonly arm?: string;
  readonly regime?: string;
  readonly schedule?: string;
  readonly seed?: number;
  readonly fraction: number;
  /** Seconds left; absent before anything was measured. */
  readonly secondsLeft?: number;
}

export interface StudyInput {
  /** What it is to the study. */
  readonly role: 'taxonomy' | 'real' | 'synthetic' | 'test' | 'plan' | 'encoder' | 'review';
  readonly path: string;
  readonly sha256: string;
}

export interface StudyReport extends StudyFindings {
  readonly format: typeof STUDY_FORMAT;
  readonly version: number;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly patentLab: string;
  readonly onnxruntime: string;
  readonly encoder: string;
  /** Seconds this run took, and those of a run it went on from. */
  readonly seconds: number;
  readonly name: string;
  readonly taxonomy: string;
  readonly plan: StudyPlan;
  readonly documents: {
    /** Documents of the training pool, and those with the regime's number of them. */
    readonly real: number;
    readonly synthetic: number;
    readonly test: number;
    /** Over the test documents' ids, labels and texts: studies with the same one judged on the same. */
    readonly testSha256: string;
    /** Groups of the test documents: what is resampled. */
    readonly testGroups: number;
    readonly regimes: readonly {
      readonly regime: string;
      readonly real: number;
      readonly synthetic: number;
    }[];
  };
  /** Constants of the training that the plan does not state. */
  readonly training: {
    readonly optimiser: string;
    readonly learningRate: number;
    readonly weightDecay: number;
    readonly batch: number;
    readonly l2: number;
    readonly folds: number;
    /** Resamples of micro-F1 and of the other figures. */
    readonly resamples: number;
    readonly otherResamples: number;
    readonly level: number;
  };
  readonly estimate: { readonly seconds: number };
  readonly inputs: readonly StudyInput[];
  /** Arms that failed and records that could not be read. */
  readonly failures: readonly ErrorReport[];
}

export interface StudyResult {
  readonly report: StudyReport;
  /** Folder of the run: `report.json`, `report.md` and `report.csv` stand in it. */
  readonly folder: string;
}

export const EstimateStudyRequest = new RequestType<StudyParams, StudyEstimate, ErrorReport>(
  'study/estimate',
);
export const StudyRequest = new RequestType<StudyParams, StudyResult, ErrorReport>('study/run');
export const StudyProgressNotification = new NotificationType<StudyProgress>('study/progress');

/** A study that was run in this workspace. */
export interface StudySummary {
  readonly folder: string;
  readonly name: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly conclusion: string;
  /** An unfinished one can be gone on with. */
  readonly finished: boolean;
}
export const ListStudiesRequest = new RequestType<
  { readonly root: string },
  { readonly studies: readonly StudySummary[] },
  ErrorReport
>('study/list');

/** The report of a run's folder, checked. */
export const ReadStudyRequest = new RequestType<{ readonly folder: string }, StudyResult, ErrorReport>(
  'study/read',
);

/** Two reports side by side. Refused, with the names of what differs, where they did not judge on the same documents. */
export interface CompareStudiesParams {
  readonly left: string;
  readonly right: string;
}
export interface StudyComparison {
  readonly left: StudyReport;
  readonly right: StudyReport;
  /** Arms of cells that both have, in the left one's order. */
  readonly arms: readonly {
    readonly arm: string;
    readonly regime: string;
    readonly schedule: string;
    readonly thresholds: string;
    readonly family: string;
    readonly left: { readonly mean: number; readonly low: number; readonly high: number };
    readonly right: { readonly mean: number; readonly low: number; readonly high: number };
  }[];
  /** Inputs and settings that differ and may: the synthetic documents, the plan. */
  readonly differences: readonly string[];
}
export const CompareStudiesRequest = new RequestType<CompareStudiesParams, StudyComparison, ErrorReport>(
  'study/compare',
);
