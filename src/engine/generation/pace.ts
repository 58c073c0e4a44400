/**
 * How many requests are under way at once, as TCP finds its speed (additive increase, multiplicative decrease): one more
 * after a round of answers, half as many when the provider says that it is too much. All of them wait while it asks to.
 */
import { cancelled } from '../task.ts';

/** Requests at the beginning, before anything is known of the provider. [ours] */
const FIRST = 2;

export interface Clock {
  now(): number;
  /** Rejects with `cancelled` on an abort. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** In [0, 1). */
  random(): number;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  random: () => Math.random(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(cancelled());
      const stop = (): void => {
        clearTimeout(timer);
        reject(cancelled());
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', stop);
        resolve();
      }, milliseconds);
      signal.addEventListener('abort', stop, { once: true });
    }),
};

export class Pace {
  readonly #most: number;
  readonly #clock: Clock;
  #limit: number;
  #inFlight = 0;
  /** Answers since the limit last changed. */
  #answers = 0;
  /** Requests begun before this do not halve the limit again: they were refused for the same reason. */
  #decreasedAt = -Infinity;
  #pausedUntil = -Infinity;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number, clock: Clock) {
    this.#most = most;
    this.#clock = clock;
    this.#limit = Math.min(FIRST, most);
  }

  get limit(): number {
    return this.#limit;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Waits for a free place; the caller gives it back with {@link leave}. Rejects with `cancelled` on an abort. */
  async enter(signal: AbortSignal): Promise<void> {
    for (;;) {
      if (signal.aborted) throw cancelled();
      const pause = this.#pausedUntil - this.#clock.now();
      if (pause > 0) await this.#clock.sleep(pause, signal);
      else if (this.#inFlight < this.#limit) break;
      else await this.#freed(signal);
    }
    this.#inFlight++;
  }

  leave(): void {
    this.#inFlight--;
    this.#wake();
  }

  answered(): void {
    this.#answers++;
    if (this.#answers < this.#limit || this.#limit >= this.#most) return;
    this.#limit++;
    this.#answers = 0;
    this.#wake();
  }

  /** @param begun when the refused request was sent, by the clock */
  limited(begun: number, wait: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.now() + wait);
    if (begun < this.#decreasedAt) return;
    this.#limit = Math.max(1, Math.floor(this.#limit / 2));
    this.#answers = 0;
    this.#decreasedAt = this.#clock.now();
  }

  #freed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(wake), 1);
        reject(cancelled());
      };
      const wake = (): void => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      signal.addEventListener('abort', stop, { once: true });
      this.#waiting.push(wake);
    });
  }

  /** Everybody looks again; who finds no place waits once more. */
  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

/** First and longest wait before a request is repeated, in milliseconds. [ours] */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 60_000;

/**
 * Milliseconds before the next try: exponential with full jitter (Brooker, "Exponential Backoff And Jitter", AWS 2015).
 * What the provider asks for is never undercut, and jitter comes on top so that all do not come back at once.
 * @param tries that failed, from 1
 */
export function backOff(tries: number, retryAfter: number | undefined, random: number): number {
  const jitter = random * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1));
  return retryAfter === undefined ? jitter : retryAfter + random * Math.min(FIRST_WAIT, retryAfter);
}
