/** Reads an answer of `/chat/completions`, streamed or whole. Half an answer is none. */
import { createParser } from 'eventsource-parser';
import { z } from 'zod';
import type { ChatAnswer, FinishReason } from '../../../../core/generation/chat.ts';
import type { HttpResponse } from './http.ts';

/** Characters of an answer, at most: no patent of a plan is near it, and memory is finite. [ours] */
export const MOST_CHARACTERS = 1_000_000;
/** Of what a server sends around it: an event of 300 bytes for each token, and a model that thinks aloud. [ours] */
const MOST_RECEIVED = 64 * MOST_CHARACTERS;

/** More came than an answer may have; reading was stopped. */
export class TooLargeError extends Error {}
/** The server ended before the answer did. */
export class CutError extends Error {}
/** What came is no answer of the protocol. */
export class NoAnswerError extends Error {
  /** Whether it is another kind of server altogether. */
  readonly foreign: boolean;

  constructor(message: string, { foreign = false, ...options }: ErrorOptions & { foreign?: boolean } = {}) {
    super(message, options);
    this.foreign = foreign;
  }
}
/** The server says within an answer, after status 200, that it failed. */
export class ToldError extends Error {
  readonly error: unknown;

  constructor(error: unknown) {
    super('the server reports an error inside its answer');
    this.error = error;
  }
}

const text = z.string().nullish();
const usageSchema = z
  .object({ prompt_tokens: z.int().nullish(), completion_tokens: z.int().nullish() })
  .nullish();
const messageSchema = z.object({ content: text, refusal: text });
const choiceSchema = z.object({
  message: messageSchema.nullish(),
  delta: messageSchema.nullish(),
  finish_reason: text,
});
const bodySchema = z.object({ model: text, choices: z.array(choiceSchema).nullish(), usage: usageSchema });
const errorSchema = z.object({ error: z.unknown().refine((error) => error !== undefined && error !== null) });

/** @param asked the model as it was asked for, where the server does not say which one it was */
export function readAnswer(response: HttpResponse, asked: string): Promise<ChatAnswer> {
  const type = (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'text/event-stream') return readStream(response.pieces, asked);
  if (type.endsWith('json') || type === '') return readWhole(response.pieces, asked);
  return Promise.reject(new NoAnswerError(`what came is of type ${type}`, { foreign: true }));
}

async function readWhole(pieces: AsyncIterable<string>, asked: string): Promise<ChatAnswer> {
  const answer = new Answer(asked);
  answer.take(await readText(pieces, 2 * MOST_CHARACTERS));
  return answer.end();
}

/** All of it; throws a {@link TooLargeError}. */
export async function readText(pieces: AsyncIterable<string>, most: number): Promise<string> {
  let all = '';
  for await (const piece of pieces) {
    all += piece;
    if (all.length > most) throw new TooLargeError(`more than ${most} characters`);
  }
  return all;
}

async function readStream(pieces: AsyncIterable<string>, asked: string): Promise<ChatAnswer> {
  const answer = new Answer(asked);
  let done = false;
  const parser = createParser({
    maxBufferSize: 2 * MOST_CHARACTERS,
    onEvent: ({ data }) => {
      if (done) return;
      if (data.trim() === '[DONE]') done = true;
      else answer.take(data);
    },
    onError: ({ type, message }) => {
      if (type === 'max-buffer-size-exceeded') throw new TooLargeError(message);
    },
  });
  let received = 0;
  for await (const piece of pieces) {
    received += piece.length;
    if (received > MOST_RECEIVED) throw new TooLargeError(`more than ${MOST_RECEIVED} characters`);
    parser.feed(piece);
    // Some servers keep the connection open behind the end.
    if (done) break;
  }
  if (!done && !answer.finished) throw new CutError('the stream ended before the answer did');
  return answer.end();
}

/** Put together from one piece or many. */
class Answer {
  #text = '';
  #refusal = '';
  #choices = 0;
  #reason: string | undefined;
  #model: string;
  #prompt: number | undefined;
  #completion: number | undefined;

  constructor(asked: string) {
    this.#model = asked;
  }

  get finished(): boolean {
    return this.#reason !== undefined;
  }

  take(data: string): void {
    const body = parse(data);
    const told = errorSchema.safeParse(body);
    if (told.success) throw new ToldError(told.data.error);
    const { success, data: piece, error } = bodySchema.safeParse(body);
    if (!success) throw new NoAnswerError(`unexpected JSON: ${error.issues[0]?.message ?? ''}`);
    if (piece.model) this.#model = piece.model;
    this.#prompt = piece.usage?.prompt_tokens ?? this.#prompt;
    this.#completion = piece.usage?.completion_tokens ?? this.#completion;
    const choice = piece.choices?.[0];
    if (!choice) return;
    this.#choices++;
    const message = choice.delta ?? choice.message;
    this.#text += message?.content ?? '';
    this.#refusal += message?.refusal ?? '';
    this.#reason = choice.finish_reason ?? this.#reason;
    if (this.#text.length + this.#refusal.length > MOST_CHARACTERS)
      throw new TooLargeError(`more than ${MOST_CHARACTERS} characters`);
  }

  end(): ChatAnswer {
    if (this.#choices === 0) throw new NoAnswerError('it has no choices');
    const declined = this.#refusal !== '' && this.#text === '';
    return {
      text: declined ? this.#refusal : this.#text,
      finish: declined ? 'refused' : finishOf(this.#reason),
      ...(this.#prompt === undefined ? {} : { promptTokens: this.#prompt }),
      ...(this.#completion === undefined ? {} : { completionTokens: this.#completion }),
      model: this.#model,
    };
  }
}

function finishOf(reason: string | undefined): FinishReason {
  switch (reason) {
    case 'stop':
      return 'stop';
    case 'length':
      return 'length';
    case 'content_filter':
      return 'refused';
    default:
      return 'unknown';
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw new NoAnswerError('it holds broken JSON', { cause });
  }
}
