/**
 * What a server understands of the protocol. All of it is tried; what a refusal names is left out from then on, for
 * this endpoint, so that it is refused once and not with every request.
 */
import type { ChatRequest } from '../../../../core/generation/chat.ts';

/** From the strictest; each falls back to the next. */
const FORMATS = ['json_schema', 'json_object', 'plain'] as const;
type Format = (typeof FORMATS)[number];

/** Words of servers that enforce a shape and no lengths. */
const ABOUT_LENGTH = /\b(?:min|max)(?:Length|Items)\b/;
/** Words of servers that refuse a `response_format`. */
const ABOUT_FORMAT = /response_format|json_schema|json_object|json schema|structured output|guided|grammar/i;
/** Statuses of "I do not understand this request". */
const NOT_UNDERSTOOD = new Set([400, 404, 415, 422, 501]);

export class Dialect {
  #format: Format;
  /** Whether a schema says how long texts and lists may be. */
  #lengths = true;
  #limit: 'max_tokens' | 'max_completion_tokens' = 'max_tokens';
  readonly #left = new Set<'stream_options' | 'seed' | 'temperature'>();
  readonly #warn: (message: string) => void;

  constructor(structured: boolean, warn: (message: string) => void) {
    this.#format = structured ? 'json_schema' : 'plain';
    this.#warn = warn;
  }

  /** Whether a schema is enforced, as far as is known. */
  get structured(): boolean {
    return this.#format === 'json_schema';
  }

  body(model: string, { messages, schema, maxTokens, temperature, seed }: ChatRequest): object {
    const has = (name: 'stream_options' | 'seed' | 'temperature'): boolean => !this.#left.has(name);
    return {
      model,
      messages: messages.map(({ role, content }) => ({ role, content })),
      stream: true,
      ...(has('stream_options') ? { stream_options: { include_usage: true } } : {}),
      [this.#limit]: maxTokens,
      ...(has('temperature') ? { temperature } : {}),
      ...(has('seed') && seed !== undefined ? { seed } : {}),
      ...(schema ? this.#responseFormat(schema) : {}),
    };
  }

  /** Learns from a refusal; true: the request is worth sending again, with less. Ends, as each thing is dropped once. */
  learn(status: number, message: string, sentSchema: boolean): boolean {
    if (!NOT_UNDERSTOOD.has(status)) return false;
    if (sentSchema && this.#format === 'json_schema' && this.#lengths && ABOUT_LENGTH.test(message)) {
      this.#lengths = false;
      return true;
    }
    if (sentSchema && this.#format !== 'plain' && ABOUT_FORMAT.test(message)) {
      this.#format = FORMATS[FORMATS.indexOf(this.#format) + 1] ?? 'plain';
      if (this.#format === 'plain')
        this.#warn('The server enforces no shape of answers; the prompt asks for it.');
      return true;
    }
    // "Use 'max_completion_tokens' instead" names both.
    if (this.#limit === 'max_tokens' && /\bmax_tokens\b/.test(message)) {
      this.#limit = 'max_completion_tokens';
      return true;
    }
    for (const name of ['stream_options', 'seed', 'temperature'] as const) {
      if (this.#left.has(name) || !new RegExp(`\\b${name}\\b`).test(message)) continue;
      this.#left.add(name);
      if (name !== 'stream_options') this.#warn(`The server takes no "${name}": it uses its own.`);
      return true;
    }
    return false;
  }

  #responseFormat(schema: object): object {
    if (this.#format === 'plain') return {};
    if (this.#format === 'json_object') return { response_format: { type: 'json_object' } };
    const sent = this.#lengths ? schema : withoutLengths(schema);
    return {
      response_format: { type: 'json_schema', json_schema: { name: 'patent', strict: true, schema: sent } },
    };
  }
}

const LENGTHS = new Set(['minLength', 'maxLength', 'minItems', 'maxItems']);

const withoutLengths = (schema: object): object =>
  JSON.parse(
    JSON.stringify(schema, (name, value: unknown) => (LENGTHS.has(name) ? undefined : value)),
  ) as object;
