/**
 * An OpenAI-compatible server for tests, on 127.0.0.1: it streams, counts tokens, lists models, checks keys and shapes
 * as real ones do, fails as it is told to, and counts what it served. Its answers are given by the test.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { ChatMessage } from '../../../core/generation/chat.ts';
import { stop, stream, whole } from './chat-server-writing.ts';

/** What the next chat request meets instead of an answer. */
export type ChatFault =
  /** An error of HTTP; `body` is JSON of an OpenAI error unless a string is given. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  /** The connection ends after so many pieces of a streamed answer. */
  | { readonly kind: 'cut'; readonly pieces: number }
  /** The stream holds a piece that is no JSON. */
  | { readonly kind: 'invalid-json' }
  /** An error that is told inside the stream, after the first piece. */
  | { readonly kind: 'error-event'; readonly error: unknown }
  /** An answer with so many characters. */
  | { readonly kind: 'huge'; readonly characters: number }
  /** One line that never ends. */
  | { readonly kind: 'endless-line' }
  /** Nothing at all, until the other side gives up. */
  | { readonly kind: 'silent' }
  /** Nothing any more, after the first piece. */
  | { readonly kind: 'stalled' }
  | { readonly kind: 'finish'; readonly reason: string | null; readonly text?: string }
  | { readonly kind: 'refusal'; readonly text: string }
  /** A page of a web server that is no model server. */
  | { readonly kind: 'page' };

const requestSchema = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })),
  stream: z.boolean().default(false),
  stream_options: z.object({ include_usage: z.boolean() }).optional(),
  response_format: z.looseObject({ type: z.string() }).optional(),
  max_tokens: z.int().optional(),
  max_completion_tokens: z.int().optional(),
  temperature: z.number().optional(),
  seed: z.int().optional(),
});
export type ServedRequest = z.infer<typeof requestSchema>;

export interface ChatServerOptions {
  /** The text of an answer. @param served chat requests answered before this one */
  readonly reply?: (request: ServedRequest, served: number) => string;
  readonly models?: readonly string[];
  /** Asked for as `Authorization: Bearer …`. */
  readonly key?: string;
  /** Kinds of `response_format` that it takes; others are refused with 400. */
  readonly formats?: readonly string[];
  /** Parameters that it refuses with 400. */
  readonly refuses?: readonly (keyof ServedRequest)[];
  /** Whether answers come with a count of tokens. */
  readonly usage?: boolean;
  /** Answers in one piece although a stream was asked for. */
  readonly neverStreams?: boolean;
  /** Whether `GET /models` is there. */
  readonly lists?: boolean;
  /** Milliseconds before an answer. */
  readonly delay?: number;
  /** Met by the first chat requests, in order. */
  readonly faults?: readonly ChatFault[];
}

export interface ChatServer {
  /** Base address, with `/v1`. */
  readonly url: string;
  /** Chat requests that arrived, whatever became of them. */
  readonly requests: readonly ServedRequest[];
  /** Answers that were written to their end: what a provider would charge for. */
  readonly answered: number;
  /** Most chat requests that were under way at once. */
  readonly mostAtOnce: number;
  /** Chat requests whose connection the client closed before the end. */
  readonly abandoned: number;
  /** More faults for the next requests. */
  fail(...faults: readonly ChatFault[]): void;
  close(): Promise<void>;
}

const DEFAULT_REPLY = JSON.stringify({
  title: 'A fictitious lid',
  abstract: 'A lid that closes a fictitious jar.',
  claims: ['A lid for a jar, comprising a seal.'],
});

export async function startChatServer(options: ChatServerOptions = {}): Promise<ChatServer> {
  const { models = ['test-model'], reply = () => DEFAULT_REPLY, usage = true, lists = true } = options;
  const faults = [...(options.faults ?? [])];
  const requests: ServedRequest[] = [];
  const counts = { answered: 0, atOnce: 0, mostAtOnce: 0, abandoned: 0 };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (options.key !== undefined && request.headers.authorization !== `Bearer ${options.key}`) {
      return refuse(response, 401, 'Incorrect API key provided.', 'invalid_api_key');
    }
    if (request.method === 'GET' && request.url === '/v1/models' && lists) {
      const data = models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'test' }));
      return json(response, 200, { object: 'list', data });
    }
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
      return refuse(response, 404, 'Not Found', null);
    }
    await chat(await bodyOf(request), response);
  };

  const chat = async (body: string, response: ServerResponse): Promise<void> => {
    const asked = requestSchema.parse(JSON.parse(body));
    requests.push(asked);
    const fault = faults.shift();
    if (fault?.kind === 'status') return fail(response, fault);
    const wrong = objection(asked, options, models);
    if (wrong) return refuse(response, wrong.status, wrong.message, wrong.code);
    counts.mostAtOnce = Math.max(counts.mostAtOnce, ++counts.atOnce);
    response.on('close', () => {
      counts.atOnce--;
      if (!response.writableFinished) counts.abandoned++;
    });
    if (options.delay !== undefined) await sleep(options.delay);
    const text = textOf(fault) ?? reply(asked, counts.answered);
    const written = { id: `chatcmpl-${requests.length}`, model: asked.model, text, usage, asked };
    if (asked.stream && options.neverStreams !== true) await stream(response, written, fault);
    else whole(response, written, fault);
    if (response.writableEnded && fault?.kind !== 'error-event') counts.answered++;
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else refuse(response, 400, error instanceof Error ? error.message : String(error), null);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');

  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    get answered() {
      return counts.answered;
    },
    get mostAtOnce() {
      return counts.mostAtOnce;
    },
    get abandoned() {
      return counts.abandoned;
    },
    fail: (...more) => void faults.push(...more),
    close: () => stop(server),
  };
}

interface Objection {
  readonly status: number;
  readonly message: string;
  readonly code: string | null;
}

function objection(
  asked: ServedRequest,
  { formats, refuses = [] }: ChatServerOptions,
  models: readonly string[],
): Objection | undefined {
  const { model, response_format: format } = asked;
  if (!models.includes(model))
    return { status: 404, message: `The model "${model}" does not exist.`, code: 'model_not_found' };
  if (format && formats && !formats.includes(format.type))
    return { status: 400, message: `response_format.type "${format.type}" is not supported.`, code: null };
  const refused = refuses.find((name) => asked[name] !== undefined);
  return (
    refused && { status: 400, message: `Unsupported parameter: '${refused}'.`, code: 'unsupported_parameter' }
  );
}

function textOf(fault: ChatFault | undefined): string | undefined {
  if (fault?.kind === 'huge') return 'x'.repeat(fault.characters);
  return fault?.kind === 'finish' ? fault.text : undefined;
}

function fail(
  response: ServerResponse,
  { status, headers = {}, body }: ChatFault & { kind: 'status' },
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (typeof body === 'string') response.writeHead(status, { 'content-type': 'text/plain' }).end(body);
  else json(response, status, body ?? { error: { message: `Told to fail with ${status}.` } });
}

function refuse(response: ServerResponse, status: number, message: string, code: string | null): void {
  json(response, status, { error: { message, type: 'invalid_request_error', param: null, code } });
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) if (part instanceof Buffer) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The last message of a request, which is what tests look for in a prompt. */
export const lastMessage = ({ messages }: { readonly messages: readonly ChatMessage[] }): string =>
  messages.at(-1)?.content ?? '';
