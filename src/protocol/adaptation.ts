/** What adapting an encoder to unlabelled patents takes, what it tells while it runs, and the report it leaves. */
import { RequestType } from 'vscode-jsonrpc';
import type { TunedFamily } from '../core/corpus/workspace-config.ts';
import type { ErrorReport } from '../core/errors.ts';
import type { WorkspaceParams } from './engine.ts';
import type { StepLoss } from './finetune.ts';
import type { ProviderEvent } from './learning-curves.ts';

/** Guessing hidden words, or telling which text belongs to which. */
export const ADAPTATION_GOALS = ['words', 'abstract-claims', 'title-abstract'] as const;
export type AdaptationGoal = (typeof ADAPTATION_GOALS)[number];

/** An encoder that can be trained further, as a workspace knows it. */
export interface BaseEncoder {
  /** As `training.base` states it: relative to the workspace where it lies in it. */
  readonly base: string;
  /** What it calls itself; absent where it cannot be read. */
  readonly name?: string;
  /** Why it cannot be trained. */
  readonly problem?: ErrorReport;
}

export const BaseEncodersRequest = new RequestType<WorkspaceParams, readonly BaseEncoder[], ErrorReport>(
  'encoders/bases',
);

/** What of the encoder is trained: adapters, which are merged into its weights at the end, or all weights. */
export type AdaptationFamily = Extract<TunedFamily, 'lora' | 'full'>;

/** What a person chooses. */
export interface AdaptationChoice {
  /** As {@link BaseEncoder.base}. */
  readonly base: string;
  readonly goal: AdaptationGoal;
  readonly family: AdaptationFamily;
  /** Folder of the result, among the encoders of the workspace. */
  readonly name: string;
}

/** A choice with everything that determines the numbers: what is gone on with after an interruption. */
export interface AdaptationPlan extends AdaptationChoice {
  readonly epochs: number;
  readonly batch: number;
  readonly rate: number;
  readonly seed: number;
  /** ISO 8601; the run is named after it. */
  readonly createdAt: string;
}

export interface AdaptationEstimate {
  readonly plan: AdaptationPlan;
  /** The encoder that would be trained. */
  readonly encoder: string;
  /** Patents of the workspace, those of the test split and their families aside. */
  readonly documents: number;
  /** Those that hold what the goal reads, and how many of these are held out to choose the epoch. */
  readonly used: number;
  readonly held: number;
  /** Numbers that are trained. */
  readonly trained: number;
  /** At most. */
  readonly steps: number;
  /** Bytes. */
  readonly memory: number;
  readonly free: number;
  /** About how long it takes, by a few steps that were made; absent where none could be. */
  readonly seconds?: number;
  /** What was left out, in sentences. */
  readonly notes: readonly string[];
}

export interface EstimateAdaptationParams {
  readonly root: string;
  /** A plan that was interrupted keeps its numbers. */
  readonly choice: AdaptationChoice | AdaptationPlan;
  readonly progress?: string;
}
/** What is known before any step is measured is told as progress. */
export const EstimateAdaptationRequest = new RequestType<
  EstimateAdaptationParams,
  AdaptationEstimate,
  ErrorReport
>('encoder/estimate-adaptation');

export interface AdaptParams {
  readonly root: string;
  /** A plan that was interrupted is gone on with. */
  readonly choice: AdaptationChoice | AdaptationPlan;
  /** Forget an interrupted training. */
  readonly restart?: boolean;
  readonly progress?: string;
}
/** Resolves with the folder of the run, which holds the report. */
export const AdaptRequest = new RequestType<AdaptParams, { readonly run: string }, ErrorReport>(
  'encoder/adapt',
);

/** Plans whose training was interrupted, the newest first. */
export const InterruptedAdaptationsRequest = new RequestType<
  WorkspaceParams,
  readonly AdaptationPlan[],
  ErrorReport
>('encoder/interrupted-adaptations');

/** How the state after an epoch does on the held-out documents. */
export interface AdaptationScores {
  /** 0: before the first step. */
  readonly epoch: number;
  /** Steps done by then. */
  readonly step: number;
  /** Mean loss over the epoch's steps; none before the first. */
  readonly loss?: number | undefined;
  readonly heldOutLoss: number;
  /** Share of the hidden words, or of the pairs, for which the right one is the first guess. */
  readonly heldOutAccuracy: number;
}

export type AdaptationEvent =
  | { readonly kind: 'step'; readonly step: number; readonly steps: number; readonly loss: number }
  | { readonly kind: 'epoch'; readonly scores: AdaptationScores; readonly kept: boolean }
  | ProviderEvent;

export const ADAPTATION_FORMAT = 'patent-lab-adaptation';
export const ADAPTATION_VERSION = 1;

/** How an adaptation went: `report.json` of a run. */
export interface AdaptationReport {
  readonly format: typeof ADAPTATION_FORMAT;
  readonly version: typeof ADAPTATION_VERSION;
  /** ISO 8601: when it was begun. */
  readonly createdAt: string;
  readonly patentLab: string;
  readonly onnxruntime: string;
  readonly setup: AdaptationEstimate;
  /** The result, as {@link BaseEncoder.base} names it. */
  readonly encoder: { readonly base: string; readonly id: string; readonly sha256: string };
  /** Loss of each step; those before a kill are not known. */
  readonly losses: readonly StepLoss[];
  readonly history: readonly AdaptationScores[];
  readonly bestEpoch: number;
  readonly steps: number;
  /** Steps that an interrupted training had done before. */
  readonly resumed: number;
  readonly seconds: number;
  readonly conclusion: string;
  readonly notes: readonly string[];
}
