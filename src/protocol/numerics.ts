/**
 * The numerics check: what the engine is asked for, the report it answers with (also `report.json` of the run), and
 * which execution provider the encoder runs on.
 */
import { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { Comparison, MicroF1 } from '../core/numerics/compare.ts';
import type { CosineFigures } from '../core/numerics/cosine.ts';
import type { FlipFigures, LabelFlips } from '../core/numerics/flips.ts';
import type { CandidateKind, Criterion, CriterionName, NumericsVerdict } from '../core/numerics/verdict.ts';
import type { View } from '../core/patent/view.ts';
import type { Span } from '../core/text/span.ts';
import type { ErrorReport } from './engine.ts';

export type {
  CandidateKind,
  Comparison,
  CosineFigures,
  Criterion,
  CriterionName,
  FlipFigures,
  LabelFlips,
  MicroF1,
  NumericsVerdict,
};

export const NUMERICS_VERSION = 1;

/** Execution providers of ONNX Runtime other than the CPU's, by the names it has for them. */
export const ACCELERATORS = ['webgpu', 'cuda', 'dml', 'coreml'] as const;
export type Accelerator = (typeof ACCELERATORS)[number];
export type Provider = 'cpu' | Accelerator;

/** What a person asks for: `auto` takes the fastest that passed the check on this machine. */
export type ProviderChoice = 'auto' | Provider;

/** How they are called. */
export const PROVIDER_NAMES: Readonly<Record<Provider, string>> = {
  cpu: 'CPU',
  webgpu: 'WebGPU',
  cuda: 'CUDA',
  dml: 'DirectML',
  coreml: 'CoreML',
};

export type NumericsCandidate =
  | { readonly kind: 'provider'; readonly provider: Accelerator }
  /** A folder with an encoder, or an ONNX file that takes the place of the reference's. */
  | { readonly kind: 'model'; readonly path: string };

export interface NumericsParams {
  readonly root: string;
  readonly candidate: NumericsCandidate;
  /** Streams steps under this token. */
  readonly progress?: string;
}

/** One of the two that are compared. */
export interface NumericsSide {
  /** For people: `all-MiniLM-L6-v2 (fp32) on the CPU`. */
  readonly name: string;
  readonly encoder: string;
  readonly precision: string;
  readonly provider: Provider;
  /** Of the weights. */
  readonly sha256: string;
  /** Documents a second, measured in turns with the other side. */
  readonly documentsPerSecond: number;
}

export interface NumericsReport {
  readonly format: 'patent-lab-numerics';
  readonly version: number;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly patentLab: string;
  readonly onnxruntime: string;
  /** Operating system, processor and, where it is known, graphics driver. */
  readonly machine: string;
  /** Seconds it took. */
  readonly seconds: number;
  readonly requested: NumericsCandidate;
  readonly kind: CandidateKind;
  readonly reference: NumericsSide;
  readonly candidate: NumericsSide;
  readonly classifier: { readonly path: string; readonly name: string } | null;
  readonly view: View;
  readonly labels: readonly { readonly id: string; readonly name: string }[];
  readonly documents: {
    readonly compared: number;
    /** Those there are; more than were compared where only some were drawn. */
    readonly available: number;
    /** Of the compared ones, those that the classifier was trained on. */
    readonly seen: number;
    readonly labelled: boolean;
    /** The split they are of; absent where all were taken. */
    readonly split?: string;
  };
  readonly comparison: Comparison;
  /** The documents that lie farthest apart, named. */
  readonly farthest: readonly {
    readonly id: string;
    readonly file: string;
    readonly span: Span;
    readonly cosine: number;
  }[];
  readonly criteria: readonly Criterion[];
  readonly verdict: NumericsVerdict;
  /** One paragraph. */
  readonly conclusion: string;
  /** What to keep in mind: sentences for a person. */
  readonly notes: readonly string[];
  readonly options: { readonly seed: number; readonly resamples: number; readonly level: number };
  readonly inputs: readonly { readonly path: string; readonly sha256: string }[];
}

export interface NumericsResult {
  readonly report: NumericsReport;
  readonly folder: string;
  readonly problems: readonly ErrorReport[];
}

export const NumericsRequest = new RequestType<NumericsParams, NumericsResult, ErrorReport>('numerics/check');

/** Whether a provider can be tried here. */
export interface ProviderStanding {
  readonly provider: Accelerator;
  /** `absent`: this build or machine does not have it; `failed`: it is there and does not work. */
  readonly state: 'ready' | 'absent' | 'failed';
  /** Why not; empty when it is ready. */
  readonly reason: string;
  /** Commands that install what is missing, one a line, where there are any. */
  readonly setUp?: readonly string[];
}

export const ProvidersRequest = new RequestType<
  Record<string, never>,
  readonly ProviderStanding[],
  ErrorReport
>('numerics/providers');

/** What an encoder runs on, and why. */
export interface ProviderDecision {
  readonly provider: Provider;
  readonly reason: string;
}

export const ProviderNotification = new NotificationType<ProviderDecision>('engine/provider');
