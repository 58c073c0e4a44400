/** What long work needs from its caller: a place to tell progress, and a frequent chance to be cancelled. */
import { PatentLabError } from '../core/errors.ts';

export interface Task {
  progress(message: string, done?: number, total?: number): void;
  /** Lets the event loop run (so that a cancellation can arrive) and throws `cancelled` when it has. */
  checkpoint(): Promise<void>;
  /** For work that waits for others instead of calculating; aborted when the caller cancels. */
  readonly signal: AbortSignal;
}

/** For callers that cannot cancel between two checkpoints. */
const NEVER = new AbortController().signal;

export const cancelled = (): PatentLabError =>
  new PatentLabError({ code: 'cancelled', message: 'Cancelled.', remedy: 'Start it again when you like.' });

export const isCancelled = (cause: unknown): boolean =>
  cause instanceof PatentLabError && cause.code === 'cancelled';

/** Rejects with `cancelled` on an abort, at once: what does not obey is not waited for. */
export function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(cancelled());
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

export function makeTask(
  progress: (message: string, done?: number, total?: number) => void,
  wasCancelled: () => boolean,
  signal: AbortSignal = NEVER,
): Task {
  return {
    progress,
    signal,
    checkpoint: async () => {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (wasCancelled()) throw cancelled();
    },
  };
}

/** Work that nobody watches. */
export const quietTask: Task = makeTask(
  () => undefined,
  () => false,
);
