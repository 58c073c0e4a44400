/** A client that answers as a test says, and remembers what it was asked. */
import type { ChatAnswer, ChatRequest } from '../../../core/generation/chat.ts';
import type { ChatClient, OpenClient } from '../client.ts';
import { ModelError, type FailureKind, type ModelErrorCode } from '../client.ts';
import { cancelled } from '../../task.ts';
import type { Clock } from '../pace.ts';
import { madeAnswer } from './documents.ts';

/** @param asked how many requests came before */
export type Script = (
  request: ChatRequest,
  asked: number,
  signal: AbortSignal,
) => Promise<Partial<ChatAnswer>> | Partial<ChatAnswer>;

export class ScriptedClient implements ChatClient {
  readonly recipient = 'a script';
  readonly capabilities = { structured: false, concurrency: 4 };
  readonly requests: ChatRequest[] = [];
  closed = false;
  most = 0;
  #inFlight = 0;
  readonly #script: Script;

  constructor(script: Script = (request) => ({ text: madeAnswer(request.seed ?? 0) })) {
    this.#script = script;
  }

  get open(): OpenClient {
    return () => Promise.resolve(this);
  }

  async ask(request: ChatRequest, signal: AbortSignal): Promise<ChatAnswer> {
    const asked = this.requests.push(request) - 1;
    this.most = Math.max(this.most, ++this.#inFlight);
    try {
      await new Promise((resolve) => setImmediate(resolve));
      const answer = await this.#script(request, asked, signal);
      return {
        text: '',
        finish: 'stop',
        promptTokens: 100,
        completionTokens: 50,
        model: 'made-up-1',
        ...answer,
      };
    } finally {
      this.#inFlight--;
    }
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

export const failure = (code: ModelErrorCode, kind: FailureKind, retryAfter?: number): ModelError =>
  new ModelError(
    { code, message: `It failed (${code}).`, remedy: 'Try again.' },
    { kind, ...(retryAfter === undefined ? {} : { retryAfter }) },
  );

/** A clock whose sleeps take no time but are counted. */
export class FastClock implements Clock {
  time = 0;
  readonly sleeps: number[] = [];
  now(): number {
    return this.time;
  }
  random(): number {
    return 0.5;
  }
  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    this.sleeps.push(milliseconds);
    this.time += milliseconds;
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) throw cancelled();
  }
}
