/**
 * The one interface to language models. A client sends one request and gives back one whole answer; waiting, retrying
 * and counting are the run's part, so that they are done once for all of them.
 *
 * An answer that cannot be had is thrown as a {@link ModelError}; what failed otherwise is a defect.
 */
import { PatentLabError, type ErrorReport } from '../../core/errors.ts';
import type { ChatAnswer, ChatRequest } from '../../core/generation/chat.ts';
import type { ModelChoice } from '../../core/generation/plan.ts';
import type { HostChatParams, ModelAccess } from '../../protocol/generation.ts';

export interface ChatCapabilities {
  /** Whether the schema of a request is enforced while the model writes. */
  readonly structured: boolean;
  /** It takes grammars in llama.cpp's notation. */
  readonly grammar?: true;
  /** Requests that may be under way at once; the run starts with fewer and never exceeds it. */
  readonly concurrency: number;
}

export interface ChatClient {
  /** Who gets the text, for a person: `llama3.1:8b at http://127.0.0.1:11434`. */
  readonly recipient: string;
  readonly capabilities: ChatCapabilities;
  /**
   * Throws a {@link ModelError} where there is no answer, and `cancelled` (of engine/task.ts) within a second of an
   * abort. Never retries by itself.
   */
  ask(request: ChatRequest, signal: AbortSignal): Promise<ChatAnswer>;
  /** Frees memory and connections; requests under way are aborted. */
  close(): Promise<void>;
}

export const MODEL_ERROR_CODES = [
  /** No connection, a connection cut, or no answer in time. */
  'model-unreachable',
  /** 401, 403, a key that is missing. */
  'model-unauthorised',
  /** 404, an unknown model, a file that is not there. */
  'model-missing',
  /** 429, or a provider's own word for it. */
  'model-rate-limited',
  /** 5xx, or a failure of the model itself. */
  'model-failed',
  /** What came back is no answer of the protocol (HTML, broken JSON, an empty list of choices). */
  'model-answer-invalid',
  /** More bytes than an answer may have. */
  'model-answer-too-large',
  /** The *local only* setting refuses it. */
  'model-not-local',
  /** The person declined the use of the editor's models. */
  'model-not-consented',
  /** The plan names an endpoint or model that this machine has not set up. */
  'model-not-configured',
] as const;
export type ModelErrorCode = (typeof MODEL_ERROR_CODES)[number];

/** How a run takes a failure. */
export type FailureKind =
  /** The same request may succeed later: wait, ask again. */
  | 'retry'
  /** This request will not succeed, others may. */
  | 'skip'
  /** No request will succeed: stop the run, keep what there is. */
  | 'stop';

export class ModelError extends PatentLabError {
  readonly kind: FailureKind;
  /** Milliseconds that the provider asks to wait. */
  readonly retryAfter?: number;

  constructor(
    report: ErrorReport & { readonly code: ModelErrorCode },
    how: { readonly kind: FailureKind; readonly retryAfter?: number },
    options?: { cause?: unknown },
  ) {
    super(report, options);
    this.name = 'ModelError';
    this.kind = how.kind;
    if (how.retryAfter !== undefined) this.retryAfter = how.retryAfter;
  }
}

/** What a client may need of its surroundings. */
export interface ClientContext {
  readonly access: ModelAccess;
  /** Asks a model of the editor; absent on the command line. Rejects with a ModelError, or `cancelled`. */
  readonly hostChat?: (params: HostChatParams, signal: AbortSignal) => Promise<ChatAnswer>;
  /** Told once for something a person should know, such as a fallback to the CPU. */
  readonly warn: (message: string) => void;
}

/**
 * Opens the client of a choice (`clients/open.ts` exports it as `openClient`). Checks settings, may load a model, sends
 * no text. Throws a {@link ModelError} of kind `stop`.
 */
export type OpenClient = (choice: ModelChoice, context: ClientContext) => Promise<ChatClient>;
