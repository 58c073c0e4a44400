/**
 * The typed messages between the extension host (or any client) and the engine process: JSON-RPC requests over the
 * child process's IPC channel. Long requests stream progress values under a token and can be cancelled.
 */
import { NotificationType, ProgressType, RequestType } from 'vscode-jsonrpc';
import type { ErrorReport } from '../core/errors.ts';
import type { Format, Section } from '../core/patent/model.ts';
import type { View } from '../core/patent/view.ts';
import type { Span } from '../core/text/span.ts';
import type { TrainingFamily } from '../core/corpus/workspace-config.ts';
import type { AdaptationEstimate, AdaptationEvent } from './adaptation.ts';
import type { FinetuneEstimate, FinetuneEvent } from './finetune.ts';
import type { GenerationEvent } from './generation.ts';
import type { Provider, ProviderChoice } from './numerics.ts';

export type { ErrorReport, Format, Section, Span, TrainingFamily, View };

/** Bumped when a message changes shape; host and engine ship together, so unequal versions mean a broken install. */
export const PROTOCOL_VERSION = 1;

/** JSON-RPC error code under which an {@link ErrorReport} travels as `data`. */
export const PATENT_LAB_ERROR = -32001;

// ── documents ──────────────────────────────────────────────────────────────────────────────────────────────────

/** What to read: a file, a folder (read recursively), or text that is not saved yet. */
export interface DocumentTarget {
  readonly path: string;
  /** Editor text that replaces the file's content. */
  readonly text?: string;
  /** Only this part of the text is classified, as a passage of its own (UTF-16 offsets). */
  readonly selection?: Span;
  /** For a corpus file: only the record with this id. */
  readonly id?: string;
}

export interface DocumentInfo {
  readonly id: string;
  readonly path: string;
  /** Which document of the file, from 0. */
  readonly index: number;
  readonly format: Format;
  readonly office: string;
  readonly title: string;
  readonly language?: string;
  /** Range of the document in its file. */
  readonly span: Span;
  /** The document is a selection, not a whole patent. */
  readonly partial: boolean;
}

// ── predictions ────────────────────────────────────────────────────────────────────────────────────────────────

/** `assigned`: at or over the threshold; `borderline`: under it, within the margin; `rest`: everything else. */
export type LabelStatus = 'assigned' | 'borderline' | 'rest';

/** `trained`: the label had enough positives; `few`: it had some, fewer than the minimum; `zero-shot`: none. */
export type LabelBasis = 'trained' | 'few' | 'zero-shot';

export type Decision = 'accepted' | 'rejected';

export interface LabelPrediction {
  readonly id: string;
  readonly name: string;
  /** Calibrated, in [0, 1]. */
  readonly probability: number;
  readonly threshold: number;
  readonly status: LabelStatus;
  readonly basis: LabelBasis;
  readonly logit: number;
  /** The analyst's decision recorded for this document and label. */
  readonly decision?: Decision;
  /** Of each entry of {@link Evidence.passages}, in their order; shares sum to `logit` with `baseline`. */
  readonly contributions?: readonly number[];
  /** What the logit holds that no passage carries: the average document's logit and the special tokens. */
  readonly baseline?: number;
}

/** A sentence (or clause) of the view, which evidence is summed over. */
export interface EvidencePassage {
  readonly section: Section;
  readonly claim?: number;
  readonly text: string;
  /** Range in the source file; absent where the text does not stand in it. */
  readonly source?: Span;
}

/**
 * `shares`: parts of the logit, which add up to it with the baseline. `gradient`: where the encoder was trained too, what
 * each passage's words do to the logit to first order (gradient × input); it does not add up, and only the most probable
 * labels have it.
 */
export type EvidenceBasis = 'shares' | 'gradient';

export interface Evidence {
  readonly basis: EvidenceBasis;
  readonly passages: readonly EvidencePassage[];
}

export interface Neighbour {
  readonly id: string;
  readonly title: string;
  readonly labels: readonly string[];
  /** Cosine of the embeddings. */
  readonly similarity: number;
  readonly path: string;
  /** UTF-16 offset range of the record in that file. */
  readonly span: Span;
}

/** What the classifier saw of the document. */
export interface Coverage {
  readonly view: View;
  readonly sections: readonly { readonly section: Section; readonly characters: number }[];
  /** Sections the view asks for that the document does not have. */
  readonly missing: readonly Section[];
  readonly tokens: number;
  readonly windows: number;
  /** Text that was not encoded, with the reason; empty when all of the view was read. */
  readonly cut: readonly {
    readonly section: Section;
    readonly characters: number;
    readonly reason: string;
  }[];
  /** Gaps the reader stated. */
  readonly gaps: readonly string[];
}

export interface Prediction {
  readonly document: DocumentInfo;
  /** All labels, most probable first. */
  readonly labels: readonly LabelPrediction[];
  /** Decisions on labels that the classifier does not have (added to the taxonomy after training). */
  readonly decided?: readonly { readonly id: string; readonly name: string; readonly decision: Decision }[];
  readonly coverage: Coverage;
  /** Highest label uncertainty in [0, 1]: 1 where a probability sits on its threshold. */
  readonly uncertainty: number;
  readonly evidence?: Evidence;
  readonly neighbours?: readonly Neighbour[];
  /** Milliseconds inside the engine. */
  readonly elapsed: number;
}

export type ClassifyOutcome =
  | { readonly kind: 'classified'; readonly prediction: Prediction }
  | { readonly kind: 'failed'; readonly path: string; readonly index: number; readonly error: ErrorReport };

// ── classifier, taxonomy ───────────────────────────────────────────────────────────────────────────────────────

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface ClassifierInfo {
  readonly path: string;
  readonly name: string;
  /** ISO 8601. */
  readonly trainedAt: string;
  readonly encoder: string;
  readonly view: View;
  readonly labels: number;
  readonly documents: number;
  /** Out-of-fold estimates with 95 % bootstrap intervals; absent for a zero-shot classifier. */
  readonly metrics?: { readonly microF1: Interval; readonly macroF1: Interval; readonly microAP: Interval };
  /** Labels with fewer positives than the minimum, with their counts. */
  readonly few: readonly { readonly id: string; readonly name: string; readonly positives: number }[];
  readonly zeroShot: readonly { readonly id: string; readonly name: string }[];
  /** Sentences a person should read before trusting it. */
  readonly notes: readonly string[];
}

export interface LabelSummary {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly parent?: string;
  readonly aliases: readonly string[];
  readonly keywords: readonly string[];
  /** Labelled documents: corpora and decisions together. */
  readonly count: number;
  readonly synthetic: number;
  /** How many documents are missing to the target count; 0 when there are enough. */
  readonly deficit: number;
}

export interface WorkspaceSummary {
  readonly root: string;
  readonly taxonomy?: {
    readonly path: string;
    readonly name: string;
    readonly labels: readonly LabelSummary[];
  };
  readonly documents: number;
  readonly corpusFiles: readonly string[];
  readonly decisions: number;
  readonly classifier?: ClassifierInfo;
  /** What the next training will train. */
  readonly family: TrainingFamily;
  /** Decisions recorded after the classifier was trained: the re-train hint. */
  readonly decisionsSinceTraining: number;
  /** Problems found while reading the workspace's files; nothing was dropped without one. */
  readonly problems: readonly ErrorReport[];
}

// ── requests ───────────────────────────────────────────────────────────────────────────────────────────────────

export interface HelloParams {
  /** What encoders may run on. Default: the CPU. */
  readonly provider?: ProviderChoice;
}

export interface HelloResult {
  readonly protocol: number;
  readonly version: string;
  readonly pid: number;
  readonly onnxruntime: string;
  readonly encoder: string;
  /** Execution provider in use. */
  readonly provider: Provider;
  /** Why that one; absent before an encoder was loaded. */
  readonly providerReason?: string;
  readonly threads: number;
}

export const HelloRequest = new RequestType<HelloParams, HelloResult, ErrorReport>('engine/hello');

export interface WorkspaceParams {
  readonly root: string;
  /** Wanted documents per label; deficits count towards it. */
  readonly targetCount?: number;
}
export const WorkspaceRequest = new RequestType<WorkspaceParams, WorkspaceSummary, ErrorReport>(
  'workspace/summary',
);

export interface TrainParams {
  readonly root: string;
  readonly view?: View | 'auto';
  readonly seed?: number;
  /** Forget an interrupted training. */
  readonly restart?: boolean;
  readonly progress?: string;
}
export const TrainRequest = new RequestType<TrainParams, ClassifierInfo, ErrorReport>('classifier/train');

export interface ClassifyParams {
  readonly root: string;
  readonly targets: readonly DocumentTarget[];
  /** Adds per-sentence evidence to each prediction. */
  readonly evidence: boolean;
  /** How many nearest labelled documents to add. */
  readonly neighbours: number;
  /** Outcomes also stream as progress under this token, in order, as they are ready. */
  readonly progress?: string;
}
export interface ClassifyResult {
  /** Empty when the outcomes were streamed. */
  readonly outcomes: readonly ClassifyOutcome[];
  readonly classified: number;
  readonly failed: number;
}
export const ClassifyRequest = new RequestType<ClassifyParams, ClassifyResult, ErrorReport>(
  'documents/classify',
);

export interface DecideParams {
  readonly root: string;
  readonly document: { readonly id: string; readonly path: string };
  /** The document's whole decision after the change; last one wins. */
  readonly accepted: readonly string[];
  readonly rejected: readonly string[];
}
export interface DecideResult {
  readonly decisionsSinceTraining: number;
}
export const DecideRequest = new RequestType<DecideParams, DecideResult, ErrorReport>('labels/decide');

/** An export is begun, filled in parts that a message can hold, and finished, which puts the file in its place. */
export interface BeginExportParams {
  readonly format: 'csv' | 'jsonl';
  readonly path: string;
  /** Ids of the labels that have a column in a table, in order. */
  readonly labels: readonly string[];
}
export const BeginExportRequest = new RequestType<BeginExportParams, { readonly id: string }, ErrorReport>(
  'predictions/export/begin',
);

export interface AppendExportParams {
  readonly id: string;
  readonly outcomes: readonly ClassifyOutcome[];
}
export const AppendExportRequest = new RequestType<
  AppendExportParams,
  { readonly rows: number },
  ErrorReport
>('predictions/export/append');

export interface FinishExportParams {
  readonly id: string;
  /** False forgets it; what was at its place before stays. */
  readonly keep: boolean;
}
export const FinishExportRequest = new RequestType<
  FinishExportParams,
  { readonly rows: number },
  ErrorReport
>('predictions/export/finish');

// ── progress and status ────────────────────────────────────────────────────────────────────────────────────────

export type Progress =
  | { readonly kind: 'step'; readonly message: string; readonly done?: number; readonly total?: number }
  | { readonly kind: 'outcome'; readonly outcome: ClassifyOutcome }
  | { readonly kind: 'generation'; readonly event: GenerationEvent }
  | { readonly kind: 'finetune'; readonly event: FinetuneEvent }
  | { readonly kind: 'finetune-estimate'; readonly estimate: FinetuneEstimate }
  | { readonly kind: 'adaptation'; readonly event: AdaptationEvent }
  | { readonly kind: 'adaptation-estimate'; readonly estimate: AdaptationEstimate };

export const ProgressValue = new ProgressType<Progress>();

export interface EngineStatus {
  readonly state: 'idle' | 'busy';
  readonly task?: string;
}
export const StatusNotification = new NotificationType<EngineStatus>('engine/status');
export const LogNotification = new NotificationType<{
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
}>('engine/log');
