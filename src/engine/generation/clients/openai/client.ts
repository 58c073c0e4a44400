/** Any OpenAI-compatible server: Ollama, vLLM, llama.cpp, LM Studio, or a hosted one. */
import type http from 'node:http';
import { z } from 'zod';
import type { ChatAnswer, ChatRequest } from '../../../../core/generation/chat.ts';
import { isLoopback } from '../../../../core/generation/loopback.ts';
import type { Endpoint } from '../../../../protocol/generation.ts';
import { MODEL_ERROR_CODES, ModelError, type ChatCapabilities, type ChatClient } from '../../client.ts';
import { readAnswer, readText } from './answer.ts';
import { Dialect } from './dialect.ts';
import { failureOf, missing, notLocal, refusalError, wordsOf, type Refusal, type Server } from './failure.ts';
import { makeAgent, send, type HttpResponse, type Patience } from './http.ts';

/** Milliseconds. A local model of 12B takes minutes to load and to read a prompt on a CPU. [ours] */
const PATIENCE: Patience = { connect: 15_000, first: 300_000, idle: 120_000 };
/** For the list of models, which is there at once. [ours] */
const LIST_PATIENCE: Patience = { connect: 10_000, first: 10_000, idle: 10_000 };
/** Characters of a list of models or of an error. [ours] */
const MOST_REPLY = 4_000_000;
const DEFAULT_CONCURRENCY = 8;

export interface OpenAiOptions {
  readonly endpoint: Endpoint;
  readonly model: string;
  readonly localOnly: boolean;
  readonly warn: (message: string) => void;
  readonly patience?: Patience;
}

const listSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

/** Checks the address and, where the server lists its models, that it has this one. Throws a {@link ModelError}. */
export async function openOpenAiClient(options: OpenAiOptions): Promise<ChatClient> {
  const client = new OpenAiClient(options);
  try {
    await client.check();
  } catch (cause) {
    await client.close();
    throw cause instanceof ModelError ? stopping(cause) : cause;
  }
  return client;
}

/** What the server says it has, looked for with the same care as a run would; undefined where it has no such list. */
export async function listModels(
  options: Pick<OpenAiOptions, 'endpoint' | 'localOnly'>,
): Promise<readonly string[] | undefined> {
  const client = new OpenAiClient({ ...options, model: '', warn: () => undefined });
  try {
    return await client.models();
  } finally {
    await client.close();
  }
}

export class OpenAiClient implements ChatClient {
  readonly recipient: string;
  readonly #server: Server;
  readonly #localOnly: boolean;
  readonly #concurrency: number;
  readonly #dialect: Dialect;
  readonly #agent: http.Agent;
  readonly #patience: Patience;
  readonly #closing = new AbortController();

  constructor({ endpoint, model, localOnly, warn, patience = PATIENCE }: OpenAiOptions) {
    const { name, key, concurrency = DEFAULT_CONCURRENCY, structured = true } = endpoint;
    const url = baseUrl(endpoint);
    if (localOnly && !isLoopback(url.href)) throw notLocal({ name, url });
    if (key !== undefined && url.protocol === 'http:' && !isLoopback(url.href))
      warn(`The key of ${name} travels unprotected: its address begins with http://.`);
    this.recipient = `${model} at ${url.origin}`;
    this.#server = { name, url, model, ...(key === undefined ? {} : { key }) };
    this.#localOnly = localOnly;
    this.#concurrency = concurrency;
    this.#dialect = new Dialect(structured, warn);
    this.#agent = makeAgent(url);
    this.#patience = patience;
  }

  get capabilities(): ChatCapabilities {
    return { structured: this.#dialect.structured, concurrency: this.#concurrency };
  }

  /** Throws `model-missing` with what the server has; a server that lists nothing is taken at its word. */
  async check(): Promise<void> {
    const models = await this.models();
    const { model } = this.#server;
    // Ollama calls a model without a tag ":latest".
    if (models && !models.includes(model) && !models.includes(`${model}:latest`))
      throw missing(this.#server, models);
  }

  /** Undefined where the server has no such list. */
  models(): Promise<readonly string[] | undefined> {
    return this.#list(this.#closing.signal);
  }

  async ask(request: ChatRequest, signal: AbortSignal): Promise<ChatAnswer> {
    const both = AbortSignal.any([signal, this.#closing.signal]);
    try {
      for (;;) {
        const answer = await this.#askOnce(request, both);
        if (answer !== 'again') return answer;
      }
    } catch (cause) {
      throw failureOf(cause, this.#server);
    }
  }

  close(): Promise<void> {
    this.#closing.abort();
    this.#agent.destroy();
    return Promise.resolve();
  }

  /** `again`: the server did not understand the request; it is now put more simply. Nothing was answered or charged. */
  async #askOnce(request: ChatRequest, signal: AbortSignal): Promise<ChatAnswer | 'again'> {
    const { model } = this.#server;
    const body = JSON.stringify(this.#dialect.body(model, request));
    const response = await this.#send('POST', 'chat/completions', this.#patience, signal, body);
    if (response.status === 200) return readAnswer(response, model);
    const refusal = await refusalOf(response);
    if (this.#dialect.learn(refusal.status, refusal.words, request.schema !== undefined)) return 'again';
    // A provider's filter in front of the model: the prompt was declined, which is an outcome and no fault.
    if (refusal.status === 400 && /content.?filter|content_policy/i.test(refusal.code))
      return { text: '', finish: 'refused', model };
    const models = refusal.status === 404 ? await this.#list(signal).catch(() => undefined) : undefined;
    throw refusalError(refusal, this.#server, models);
  }

  /** Undefined where the server has no such list. */
  async #list(signal: AbortSignal): Promise<readonly string[] | undefined> {
    try {
      const response = await this.#send('GET', 'models', LIST_PATIENCE, signal);
      if (response.status === 404 || response.status === 405 || response.status === 501) {
        await readText(response.pieces, MOST_REPLY);
        return undefined;
      }
      if (response.status !== 200) throw refusalError(await refusalOf(response), this.#server, undefined);
      const { data } = listSchema.safeParse(asJson(await readText(response.pieces, MOST_REPLY)));
      return data?.data.map(({ id }) => id);
    } catch (cause) {
      throw failureOf(cause, this.#server);
    }
  }

  #send(
    method: 'GET' | 'POST',
    name: string,
    patience: Patience,
    signal: AbortSignal,
    body?: string,
  ): Promise<HttpResponse> {
    const { url, key } = this.#server;
    return send({
      method,
      url: new URL(`${url.pathname.replace(/\/+$/, '')}/${name}${url.search}`, url),
      localOnly: this.#localOnly,
      agent: this.#agent,
      patience,
      signal,
      ...(key === undefined ? {} : { key }),
      ...(body === undefined ? {} : { body }),
    });
  }
}

async function refusalOf({ status, headers, pieces }: HttpResponse): Promise<Refusal> {
  // The status says enough where the words cannot be had.
  const body = await readText(pieces, MOST_REPLY).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause) return '';
    throw cause;
  });
  return { status, headers, ...wordsOf(body) };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Throws `model-not-configured` for what is no base address. */
function baseUrl({ name, url }: Endpoint): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const wrong = (what: string): ModelError =>
    new ModelError(
      {
        code: 'model-not-configured',
        message: `The address of ${name} ${what}.`,
        remedy: 'Correct it in the settings of this machine; it looks like http://127.0.0.1:11434/v1.',
      },
      { kind: 'stop' },
    );
  if (!parsed || !/^https?:$/.test(parsed.protocol)) throw wrong('is not one of http:// or https://');
  if (parsed.username !== '' || parsed.password !== '')
    throw wrong('holds a name or a password; keys belong to "Set Key of a Model Server"');
  parsed.hash = '';
  return parsed;
}

/** Before a run nothing is repeated: what fails is said at once. */
function stopping(error: ModelError): ModelError {
  const code = MODEL_ERROR_CODES.find((one) => one === error.code) ?? 'model-failed';
  return new ModelError({ ...error.report(), code }, { kind: 'stop' }, { cause: error.cause });
}
