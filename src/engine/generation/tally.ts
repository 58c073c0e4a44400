/** Counts of a run, from its journal and as it goes on. */
import type { ErrorCode } from '../../core/errors.ts';
import type { Price } from '../../core/generation/plan.ts';
import type { RejectionReason } from '../../core/generation/rejection.ts';
import type { Cost, GenerationCounts } from '../../protocol/generation.ts';

/** Seconds that throughput is measured over. */
const WINDOW = 60;

export interface CountedAnswer {
  readonly promptTokens?: number;
  readonly completionTokens?: number;
}

export class Tally {
  readonly planned: number;
  readonly #price: Price | undefined;
  accepted = 0;
  rejected = 0;
  answers = 0;
  promptTokens = 0;
  completionTokens = 0;
  uncounted = 0;
  readonly #rejections = new Map<RejectionReason, number>();
  readonly #failures = new Map<string, number>();
  readonly #recent: { readonly at: number; readonly tokens: number; readonly accepted: boolean }[] = [];

  constructor(planned: number, price: Price | undefined) {
    this.planned = planned;
    this.#price = price;
  }

  answer({ promptTokens, completionTokens }: CountedAnswer): void {
    this.answers++;
    this.promptTokens += promptTokens ?? 0;
    this.completionTokens += completionTokens ?? 0;
    if (promptTokens === undefined || completionTokens === undefined) this.uncounted++;
  }

  rejection(reason: RejectionReason): void {
    this.#rejections.set(reason, (this.#rejections.get(reason) ?? 0) + 1);
  }

  failure(code: string): void {
    this.#failures.set(code, (this.#failures.get(code) ?? 0) + 1);
  }

  /** For throughput. `at` in milliseconds. */
  came(at: number, tokens: number | undefined, accepted: boolean): void {
    this.#recent.push({ at, tokens: tokens ?? 0, accepted });
    while ((this.#recent[0]?.at ?? at) < at - WINDOW * 1000) this.#recent.shift();
  }

  /** `begun` and `now` in milliseconds. */
  speed(begun: number, now: number): { tokensPerSecond?: number; documentsPerMinute?: number } {
    const recent = this.#recent.filter(({ at }) => at >= now - WINDOW * 1000);
    const seconds = Math.min(WINDOW, (now - begun) / 1000);
    if (recent.length === 0 || seconds <= 0) return {};
    const tokens = recent.reduce((sum, one) => sum + one.tokens, 0);
    return {
      ...(tokens === 0 ? {} : { tokensPerSecond: tokens / seconds }),
      documentsPerMinute: (60 * recent.filter(({ accepted }) => accepted).length) / seconds,
    };
  }

  counts(): GenerationCounts {
    return {
      planned: this.planned,
      accepted: this.accepted,
      rejected: this.rejected,
      rejections: Object.fromEntries(this.#rejections),
      failures: Object.fromEntries(this.#failures) as Partial<Record<ErrorCode, number>>,
      answers: this.answers,
      promptTokens: this.promptTokens,
      completionTokens: this.completionTokens,
      uncounted: this.uncounted,
      cost: costOf(this.#price, this, this.uncounted),
    };
  }
}

/** Known only where the plan states a price and the provider counted every answer. */
export function costOf(
  price: Price | undefined,
  tokens: { readonly promptTokens: number; readonly completionTokens: number },
  uncounted: number,
): Cost {
  if (!price) return { kind: 'unknown', why: 'no-price' };
  if (uncounted > 0) return { kind: 'unknown', why: 'tokens-not-counted' };
  const amount = (tokens.promptTokens * price.prompt + tokens.completionTokens * price.completion) / 1e6;
  return { kind: 'known', amount, currency: price.currency };
}
