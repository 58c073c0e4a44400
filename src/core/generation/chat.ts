/**
 * What a language model is asked and what it answers, whoever runs it. Plain data: it crosses processes (models of the
 * editor live in the extension host) and stands in a run's journal.
 */

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** A JSON schema as plain data; only the keywords that every grammar of a server understands are used in ours. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** The answer is to be JSON of this shape. A client that cannot enforce it ignores it: the prompt asks for it too. */
  readonly schema?: JsonSchema;
  /** The same, stricter, in the notation of llama.cpp; goes before the schema where a client takes it. */
  readonly grammar?: string;
  /** The model is so small that it writes a sentence again and again; a client that can makes that less likely. */
  readonly repeats?: 'discouraged';
  /** Upper limit of the answer. */
  readonly maxTokens: number;
  readonly temperature: number;
  /** Not every model honours it. */
  readonly seed?: number;
}

/**
 * Why the answer ended: `stop`: the model was done; `length`: it ran into the limit and is cut off; `refused`: the
 * provider's filter or the model itself declined; `unknown`: the provider does not say.
 */
export const FINISH_REASONS = ['stop', 'length', 'refused', 'unknown'] as const;
export type FinishReason = (typeof FINISH_REASONS)[number];

export interface ChatAnswer {
  readonly text: string;
  readonly finish: FinishReason;
  /** Absent where the provider does not count; never estimated. */
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  /** The model as it was served, which may be more precise than what was asked for. */
  readonly model: string;
}
