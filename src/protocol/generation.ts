/**
 * The messages about synthetic documents: a plan is proposed, estimated and run; its outputs are reviewed. Asking a
 * model of the editor goes the other way: the engine requests it of the host.
 */
import { RequestType } from 'vscode-jsonrpc';
import type { Origin, Strategy } from '../core/corpus/origin.ts';
import type { Verdict } from '../core/corpus/synthetic-review.ts';
import type { ErrorReport } from '../core/errors.ts';
import type { ChatAnswer, ChatMessage, ChatRequest } from '../core/generation/chat.ts';
import type { GenerationPlan, Genre, LabelSet, ModelChoice } from '../core/generation/plan.ts';
import type { CheckNote, RejectionReason } from '../core/generation/rejection.ts';

export type {
  ChatAnswer,
  ChatMessage,
  ChatRequest,
  CheckNote,
  GenerationPlan,
  Genre,
  LabelSet,
  ModelChoice,
  Origin,
  RejectionReason,
  Strategy,
  Verdict,
};

// ── models of this machine ─────────────────────────────────────────────────────────────────────────────────────

/** An OpenAI-compatible server, from the machine's settings; never from a workspace. */
export interface Endpoint {
  readonly name: string;
  /** Base address, such as `http://127.0.0.1:11434/v1`. */
  readonly url: string;
  /** From the editor's secrets or the environment. */
  readonly key?: string;
  /** Requests at once. */
  readonly concurrency?: number;
  /** Whether the server enforces a JSON schema; left out, it is tried and remembered. */
  readonly structured?: boolean;
}

/** A GGUF file of this machine, by the name that plans give it; never from a workspace. */
export interface ModelFile {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/** What the machine's settings allow. It travels with each request that may reach a model; the engine keeps no key. */
export interface ModelAccess {
  readonly endpoints: readonly Endpoint[];
  /** Only models on this machine: built-in ones, and endpoints at a loopback address. */
  readonly localOnly: boolean;
  /** Folder of the built-in models' files; absent: the default one. */
  readonly modelFolder?: string;
  /** Files that a plan may name beside the built-in models. */
  readonly modelFiles?: readonly ModelFile[];
  /** Threads of a built-in model; absent: the number of cores. */
  readonly threads?: number;
}

/** Engine → host: asks a model of the editor. Cancelled by the JSON-RPC token. */
export interface HostChatParams {
  /** As in the plan: `vendor/family`, or an id. */
  readonly model: string;
  readonly request: ChatRequest;
}

/** How a failure of the host's model travels: the report, and what the run may do about it. */
export interface HostChatError extends ErrorReport {
  readonly kind: 'retry' | 'skip' | 'stop';
  /** Milliseconds. */
  readonly retryAfter?: number;
}

export const HostChatRequest = new RequestType<HostChatParams, ChatAnswer, HostChatError>('host/chat');

export interface ServerModelsParams {
  readonly endpoint: Endpoint;
  readonly localOnly: boolean;
}

/** `models` is absent where the server does not say; `problem` says why where something failed. */
export interface ServerModels {
  readonly models?: readonly string[];
  readonly problem?: ErrorReport;
}

/** Asks a server for the list of its models; no document's text is sent. */
export const ServerModelsRequest = new RequestType<ServerModelsParams, ServerModels, ErrorReport>(
  'generation/server-models',
);

// ── proposing and estimating ───────────────────────────────────────────────────────────────────────────────────

export interface ProposePlanParams {
  readonly root: string;
  readonly strategy: Strategy;
  readonly model: ModelChoice;
  readonly name: string;
  /** Wanted documents per label. */
  readonly targetCount?: number;
  /** Labels to fill up; left out, all that have a deficit. */
  readonly labels?: readonly string[];
  /** At most so many documents. */
  readonly documents?: number;
  readonly times?: number;
  readonly seed?: number;
}

export interface LabelDeficit {
  readonly id: string;
  readonly name: string;
  /** Real training documents that have it. */
  readonly real: number;
  /** Synthetic documents that count. */
  readonly synthetic: number;
  readonly deficit: number;
  /** Documents the plan adds. */
  readonly planned: number;
  readonly described: boolean;
}

export interface ProposePlanResult {
  readonly plan: GenerationPlan;
  readonly deficits: readonly LabelDeficit[];
  /** Real training documents; exemplars and seeds come from these. */
  readonly real: number;
  readonly documents: number;
  /** Sentences a person should read, such as labels without a description. */
  readonly notes: readonly string[];
  readonly problems: readonly ErrorReport[];
}

export const ProposePlanRequest = new RequestType<ProposePlanParams, ProposePlanResult, ErrorReport>(
  'generation/propose',
);

export type Cost =
  | { readonly kind: 'known'; readonly amount: number; readonly currency: string }
  | { readonly kind: 'unknown'; readonly why: 'no-price' | 'tokens-not-counted' };

export interface PlanParams {
  readonly root: string;
  /** As it stands in the editor or the file; validated by the engine. */
  readonly plan: GenerationPlan;
  readonly access: ModelAccess;
}

/** What leaves this process, and to whom. Shown before the first request. */
export interface Disclosure {
  /** For a person, such as `qwen2.5:7b at http://10.0.0.4:8000`. */
  readonly recipient: string;
  readonly where: 'this-machine' | 'another-machine' | 'editor';
  /** Whether the prompts name labels. */
  readonly namesLabels: boolean;
  readonly labels: readonly string[];
  /** Real documents whose text is sent, as seeds and as examples. */
  readonly seeds: readonly string[];
  readonly exemplars: readonly string[];
  /** The first request, word for word. */
  readonly sample: readonly ChatMessage[];
}

export interface Estimate {
  /** Slots of the plan; of them accepted already. */
  readonly documents: number;
  readonly accepted: number;
  /** Requests without and with all re-tries. */
  readonly requests: number;
  readonly mostRequests: number;
  /** Counted as four characters a token: an estimate, and called so. */
  readonly promptTokens: number;
  /** Upper limit: every answer as long as it may be. */
  readonly mostCompletionTokens: number;
  /** Upper limit for `requests`. */
  readonly cost: Cost;
  readonly real: number;
  readonly deficits: readonly LabelDeficit[];
  readonly disclosure: Disclosure;
  /** How the run stands that has this name. */
  readonly existing?: RunSummary;
  /** In what the plan differs from the one that the existing run followed. */
  readonly differences: readonly string[];
  readonly notes: readonly string[];
  readonly problems: readonly ErrorReport[];
}

export const EstimateRequest = new RequestType<PlanParams, Estimate, ErrorReport>('generation/estimate');

// ── running ────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * What happens where the run exists: `never`: it is refused (`generation-exists`); `only-missing`: what has no accepted
 * document is asked for, with stored answers looked at first; `always`: everything anew, what was there is set aside.
 */
export const EXISTING_RUNS = ['never', 'only-missing', 'always'] as const;
export type ExistingRun = (typeof EXISTING_RUNS)[number];

export interface RunGenerationParams extends PlanParams {
  readonly existing: ExistingRun;
  /** Only so many of the missing documents: three samples first. They count; a later run goes on behind them. */
  readonly most?: number;
  readonly progress?: string;
}

export interface GenerationCounts {
  readonly planned: number;
  readonly accepted: number;
  /** Slots given up: rejected, and no re-try left. */
  readonly rejected: number;
  /** Answers (not slots) that were rejected, by reason. */
  readonly rejections: Readonly<Partial<Record<RejectionReason, number>>>;
  /** Requests without an answer, by error code. */
  readonly failures: Readonly<Partial<Record<ErrorReport['code'], number>>>;
  /** Answers that were received. */
  readonly answers: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Answers whose tokens the provider did not count. */
  readonly uncounted: number;
  readonly cost: Cost;
}

/** Progress of a run; travels as `{ kind: 'generation', event }`. */
export type GenerationEvent =
  | {
      readonly kind: 'state';
      readonly counts: GenerationCounts;
      /** Seconds of this run of the run. */
      readonly seconds: number;
      readonly inFlight: number;
      /** Requests that are allowed at once just now. */
      readonly concurrency: number;
      /** Of the last minute; absent before there is something to measure. */
      readonly tokensPerSecond?: number;
      readonly documentsPerMinute?: number;
    }
  | {
      readonly kind: 'accepted';
      readonly id: string;
      readonly title: string;
      readonly labels: readonly string[];
    }
  | {
      readonly kind: 'rejected';
      readonly slot: number;
      readonly reason: RejectionReason;
      readonly detail: string;
      readonly again: boolean;
    }
  /** A request failed; `wait`: milliseconds until it is asked again. */
  | { readonly kind: 'failure'; readonly error: ErrorReport; readonly wait?: number };

/** Why a run ended before all its documents were there. */
export type StopReason =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'budget'; readonly of: 'documents' | 'tokens' }
  | { readonly kind: 'model'; readonly error: ErrorReport };

export interface RunSummary {
  /** The plan's name. */
  readonly run: string;
  /** `.patent-lab/runs/generation-…`: plan, answers and log. */
  readonly folder: string;
  /** The documents. */
  readonly file: string;
  readonly model: ModelChoice;
  readonly strategy: Strategy;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly counts: GenerationCounts;
  /** Every slot is accepted or given up. */
  readonly finished: boolean;
  /** Another process is writing to it. */
  readonly running: boolean;
}

export interface GenerationResult {
  readonly summary: RunSummary;
  /** Absent: everything that was asked for was done. */
  readonly stopped?: StopReason;
  /** Seconds of this run of the run. */
  readonly seconds: number;
  /** Ids of the documents that it accepted. */
  readonly accepted: readonly string[];
  readonly problems: readonly ErrorReport[];
}

export const RunGenerationRequest = new RequestType<RunGenerationParams, GenerationResult, ErrorReport>(
  'generation/run',
);

/** A run that a later one of its name took the place of. */
export interface ReplacedRun {
  readonly run: string;
  readonly folder: string;
  readonly planned: number;
  /** Documents that were set aside, into its folder. */
  readonly kept: number;
}

export interface ListRunsResult {
  /** Of each name the last one. */
  readonly runs: readonly RunSummary[];
  readonly replaced: readonly ReplacedRun[];
  readonly problems: readonly ErrorReport[];
}
export const ListRunsRequest = new RequestType<{ readonly root: string }, ListRunsResult, ErrorReport>(
  'generation/runs',
);

// ── reviewing ──────────────────────────────────────────────────────────────────────────────────────────────────

/** The parts of a document that a review shows and edits. */
export interface DocumentText {
  readonly title: string;
  readonly abstract: string;
  /** Without their numbers. */
  readonly claims: readonly string[];
  readonly description: string;
}

export interface ReviewedLabel {
  readonly id: string;
  readonly name: string;
}

/** A row of the review, whatever was said of it. */
export interface UnjudgedItem {
  readonly id: string;
  readonly file: string;
  readonly title: string;
  readonly labels: readonly ReviewedLabel[];
  readonly edited: boolean;
  readonly run?: string;
  readonly strategy?: string;
  readonly genre?: string;
  readonly model?: string;
  /** Checks that it passed with a remark. */
  readonly notes: readonly CheckNote[];
}

export interface ReviewItem extends UnjudgedItem {
  readonly verdict?: Verdict;
}

export interface ReviewListParams {
  readonly root: string;
  /** Only of this run. */
  readonly run?: string;
}
export interface ReviewList {
  readonly items: readonly ReviewItem[];
  readonly problems: readonly ErrorReport[];
}
export const ReviewListRequest = new RequestType<ReviewListParams, ReviewList, ErrorReport>(
  'generation/review',
);

/** A real document that a synthetic one was made from or shown. */
export interface RelatedText {
  readonly id: string;
  readonly file: string;
  readonly role: 'seed' | 'exemplar';
  readonly text: DocumentText;
}

/** Where a label's words or hidden text stand in a part of the document (UTF-16 offsets in that part). */
export interface ReviewHighlight {
  readonly part: 'title' | 'abstract' | 'claim' | 'description';
  /** Which claim, from 0. */
  readonly claim?: number;
  readonly start: number;
  readonly end: number;
  readonly severity: 'warning' | 'information' | 'hint';
  readonly reason: string;
}

export interface ReviewDocument {
  readonly item: UnjudgedItem;
  readonly text: DocumentText;
  readonly related: readonly RelatedText[];
  readonly highlights: readonly ReviewHighlight[];
  /** What the record's provenance says, as name and value, in order. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly prompt?: string;
  /** The model's answer, word for word; absent where the run's journal is gone. */
  readonly answer?: string;
}
export const ReviewDocumentRequest = new RequestType<
  { readonly root: string; readonly id: string },
  ReviewDocument,
  ErrorReport
>('generation/review/document');

export interface EditDocumentParams {
  readonly root: string;
  readonly id: string;
  readonly text: DocumentText;
}
/** Replaces the text of a synthetic record; the raw answer stays in the journal. Throws where the text has no shape. */
export const EditDocumentRequest = new RequestType<EditDocumentParams, ReviewDocument, ErrorReport>(
  'generation/review/edit',
);

/** An answer that the checks refused: it stands in its run's journal, not among the documents. */
export interface RefusedAnswer {
  /** Unlike among all runs: `run/slot/attempt`. */
  readonly id: string;
  readonly run: string;
  readonly slot: number;
  /** From 1. */
  readonly attempt: number;
  /** ISO 8601. */
  readonly at: string;
  readonly reason: RejectionReason;
  readonly detail: string;
  /** Word for word. */
  readonly text: string;
  /** Its first line that says something. */
  readonly title: string;
  readonly labels: readonly string[];
  readonly model: string;
  readonly strategy: Strategy;
  readonly promptTokens?: number;
  readonly completionTokens?: number;
}
export const RefusedAnswersRequest = new RequestType<
  ReviewListParams,
  { readonly answers: readonly RefusedAnswer[]; readonly problems: readonly ErrorReport[] },
  ErrorReport
>('generation/review/refused');
