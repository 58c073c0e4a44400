/** What a fine-tuning takes, what it tells while it runs, and the report it leaves. */
import { RequestType } from 'vscode-jsonrpc';
import type { TunedFamily } from '../core/corpus/workspace-config.ts';
import type { ErrorReport } from '../core/errors.ts';
import type { ClassifierInfo, TrainParams } from './engine.ts';
import type { ProviderEvent } from './learning-curves.ts';

export type { TunedFamily };

/** First the epoch is chosen on documents held out; then as many epochs are fitted on all of them. */
export type FinetuneStage = 'choosing' | 'fitting';

/** How the state after an epoch does on the held-out documents. */
export interface EpochScores {
  /** 0: before the first step, which is the frozen encoder's own classifier. */
  readonly epoch: number;
  /** Mean loss over the epoch's steps; none before the first. */
  readonly loss?: number | undefined;
  readonly averagePrecision: number;
  /** At the best global threshold. */
  readonly microF1: number;
}

export type FinetuneEvent =
  | {
      readonly kind: 'step';
      readonly stage: FinetuneStage;
      /** From 1. */
      readonly step: number;
      /** Steps of the stage, at most. */
      readonly steps: number;
      readonly loss: number;
    }
  | { readonly kind: 'epoch'; readonly scores: EpochScores; readonly kept: boolean }
  | ProviderEvent;

/** What a fine-tuning of the workspace would take. */
export interface FinetuneEstimate {
  readonly family: TunedFamily;
  /** How many of its last layers, for `last-k`. */
  readonly layers?: number;
  /** The encoder that would be fine-tuned. */
  readonly encoder: string;
  readonly documents: number;
  /** How many of them are held out while the epoch is chosen. */
  readonly held: number;
  readonly labels: number;
  /** Numbers that are trained. */
  readonly trained: number;
  readonly epochs: number;
  readonly batch: number;
  /** At most, while the epoch is chosen; as many at most follow on all documents. */
  readonly steps: number;
  /** Bytes. */
  readonly memory: number;
  readonly free: number;
  /** How long it takes at most, by a few steps that were made; absent where none were. */
  readonly seconds?: number;
}

/** What is known before any step is measured is told as progress. */
export const EstimateFinetuneRequest = new RequestType<TrainParams, FinetuneEstimate, ErrorReport>(
  'classifier/estimate-finetune',
);

export const TRAINING_FORMAT = 'patent-lab-training';
export const TRAINING_VERSION = 1;

/** How a fine-tuning went: `report.json` of a run. */
export interface TrainingReport {
  readonly format: typeof TRAINING_FORMAT;
  readonly version: typeof TRAINING_VERSION;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly patentLab: string;
  readonly onnxruntime: string;
  readonly classifier: ClassifierInfo;
  readonly setup: FinetuneEstimate;
  /** Loss of each step that this run made while the epoch was chosen. */
  readonly losses: readonly StepLoss[];
  readonly history: readonly EpochScores[];
  readonly bestEpoch: number;
  /** Of both stages. */
  readonly steps: number;
  /** Steps that an interrupted training had done before. */
  readonly resumed: number;
  readonly seconds: number;
  readonly conclusion: string;
  readonly notes: readonly string[];
}

export interface StepLoss {
  readonly step: number;
  readonly loss: number;
}
