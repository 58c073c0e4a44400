/** One answer for one slot: asked for until it comes, the failures in between told and waited for. */
import type { ChatAnswer, ChatRequest } from '../../core/generation/chat.ts';
import { cancelled, orAbort } from '../task.ts';
import { ModelError, type ChatClient } from './client.ts';
import { backOff, type Clock, type Pace } from './pace.ts';

/** Tries of one request before it is given up. [ours] */
const MOST_TRIES = 6;
/** A provider that asks to wait longer has no quota left today; the run stops instead. [ours] */
const LONGEST_RETRY_AFTER = 10 * 60_000;

export interface Asking {
  readonly client: ChatClient;
  readonly pace: Pace;
  readonly clock: Clock;
  /** Ends requests that are under way. */
  readonly signal: AbortSignal;
  /** Ends waiting for a place or for the next try. */
  readonly stopping: AbortSignal;
  /** A failure; `wait` where the request is repeated, in milliseconds. */
  readonly failed: (error: ModelError, wait: number | undefined) => Promise<void>;
}

/** What came of it: an answer; no answer, but others may come; or none will. */
export type Asked =
  | { readonly kind: 'answer'; readonly answer: ChatAnswer; readonly milliseconds: number }
  | { readonly kind: 'skip'; readonly error: ModelError }
  | { readonly kind: 'stop'; readonly error: ModelError };

/** Throws `cancelled` on an abort, at once: a client that does not obey is not waited for. */
export async function ask(request: ChatRequest, asking: Asking): Promise<Asked> {
  const { client, pace, clock, signal, stopping, failed } = asking;
  for (let tries = 1; ; tries++) {
    await pace.enter(stopping);
    const begun = clock.now();
    let error: ModelError;
    try {
      const answer = await orAbort(client.ask(request, signal), signal);
      pace.answered();
      return { kind: 'answer', answer, milliseconds: clock.now() - begun };
    } catch (cause) {
      if (!(cause instanceof ModelError)) throw signal.aborted ? cancelled() : cause;
      error = cause;
    } finally {
      pace.leave();
    }
    const next = afterFailure(error, tries);
    if (next !== 'again') {
      await failed(error, undefined);
      return { kind: next, error };
    }
    const wait = backOff(tries, error.retryAfter, clock.random());
    if (error.code === 'model-rate-limited') pace.limited(begun, error.retryAfter ?? 0);
    await failed(error, wait);
    await clock.sleep(wait, stopping);
  }
}

function afterFailure(error: ModelError, tries: number): 'again' | 'skip' | 'stop' {
  if (error.kind !== 'retry') return error.kind;
  if ((error.retryAfter ?? 0) > LONGEST_RETRY_AFTER) return 'stop';
  if (tries < MOST_TRIES) return 'again';
  // A server that is gone, or that refuses all the time, will not serve the next request either.
  return error.code === 'model-unreachable' || error.code === 'model-rate-limited' ? 'stop' : 'skip';
}
