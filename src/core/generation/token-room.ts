/** How prompt and answer share what a model reads and writes at once. */

/**
 * Of a small context, so much is kept for the answer at least: a short document with its claims has 400 to 700 tokens,
 * and a prompt without examples 600. [ours]
 */
const ANSWER_SHARE = 0.4;

export interface TokenRoom {
  /** Of one answer, at most. */
  readonly answer: number;
  /** Of a prompt; undefined where the model's context is not known here. */
  readonly prompt?: number;
}

/** @param context tokens of prompt and answer together, where they are known */
export function tokenRoom(maxTokens: number, context: number | undefined): TokenRoom {
  if (context === undefined) return { answer: maxTokens };
  const answer = Math.min(maxTokens, Math.floor(ANSWER_SHARE * context));
  return { answer, prompt: context - answer };
}
