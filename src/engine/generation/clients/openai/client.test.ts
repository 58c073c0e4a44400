/** The client against a server that behaves, and one that fails in every way we know. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChatAnswer, ChatRequest } from '../../../../core/generation/chat.ts';
import type { Endpoint } from '../../../../protocol/generation.ts';
import { ModelError } from '../../client.ts';
import {
  startChatServer,
  type ChatFault,
  type ChatServer,
  type ChatServerOptions,
} from '../../testing/chat-server.ts';
import { MOST_CHARACTERS } from './answer.ts';
import { openOpenAiClient, type OpenAiOptions } from './client.ts';

const KEY = 'sk-test-4711-secret';
const REQUEST: ChatRequest = {
  messages: [
    { role: 'system', content: 'You write fictitious patents.' },
    { role: 'user', content: 'A lid – “écluse” 蓋.' },
  ],
  schema: {
    type: 'object',
    properties: { title: { type: 'string' } },
    required: ['title'],
    additionalProperties: false,
  },
  maxTokens: 200,
  temperature: 0.7,
  seed: 3,
};
const never = new AbortController().signal;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(options: ChatServerOptions = {}): Promise<ChatServer> {
  const server = await startChatServer(options);
  closing.push(() => server.close());
  return server;
}

async function open(endpoint: Partial<Endpoint>, options: Partial<OpenAiOptions> = {}) {
  const warnings: string[] = [];
  const client = await openOpenAiClient({
    endpoint: { name: 'Test', url: '', ...endpoint },
    model: 'test-model',
    localOnly: true,
    warn: (message) => void warnings.push(message),
    ...options,
  });
  closing.push(() => client.close());
  return { client, warnings };
}

async function askOf(options: ChatServerOptions, request = REQUEST): Promise<ChatAnswer> {
  const { url } = await serve(options);
  return (await open({ url })).client.ask(request, never);
}

/** What the client throws when the first request meets the fault; nothing of it holds the key. */
async function errorOf(fault: ChatFault, patience?: OpenAiOptions['patience']): Promise<ModelError> {
  const { url } = await serve({ key: KEY, faults: [fault] });
  const { client } = await open({ url, key: KEY }, patience ? { patience } : {});
  return thrown(client.ask(REQUEST, never));
}

async function thrown(promise: Promise<unknown>): Promise<ModelError> {
  const error: unknown = await promise.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof ModelError)) throw new Error('No ModelError was thrown.', { cause: error });
  expect(`${error.message} ${error.remedy} ${error.stack} ${JSON.stringify(error)}`).not.toContain(KEY);
  expect(error.remedy).not.toBe('');
  return error;
}

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

const webServer = (listener: RequestListener): Promise<string> => listen(createServer(listener));

describe('an answer', () => {
  const text = 'A title – “écluse” 蓋 🧪, and more of it.\n\nA claim.';

  it('is put together from its stream, with what the server counted', async () => {
    const server = await serve({ reply: () => text, key: KEY });
    const { client } = await open({ url: server.url, key: KEY });
    expect(await client.ask(REQUEST, never)).toEqual({
      text,
      finish: 'stop',
      promptTokens: 12,
      completionTokens: Math.ceil(text.length / 4),
      model: 'test-model',
    });
    expect(server.requests).toEqual([
      {
        model: 'test-model',
        messages: REQUEST.messages,
        stream: true,
        stream_options: { include_usage: true },
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'patent', strict: true, schema: REQUEST.schema },
        },
        max_tokens: 200,
        temperature: 0.7,
        seed: 3,
      },
    ]);
  });

  it('may come whole, and uncounted', async () => {
    expect(await askOf({ reply: () => text, neverStreams: true, usage: false })).toEqual({
      text,
      finish: 'stop',
      model: 'test-model',
    });
  });

  it.each([
    ['length', 'length'],
    ['content_filter', 'refused'],
    [null, 'unknown'],
    ['tool_calls', 'unknown'],
  ])('that ended with %s is %s', async (reason, finish) => {
    const faults: ChatFault[] = [{ kind: 'finish', reason, text: 'Half' }];
    expect(await askOf({ faults })).toMatchObject({ text: 'Half', finish });
  });

  it('that is a refusal says so, streamed or not, or by a filter before the model', async () => {
    const faults: ChatFault[] = [{ kind: 'refusal', text: 'I cannot do that.' }];
    const refused = { text: 'I cannot do that.', finish: 'refused' };
    expect(await askOf({ faults })).toMatchObject(refused);
    expect(await askOf({ faults, neverStreams: true })).toMatchObject(refused);
    const filter: ChatFault = {
      kind: 'status',
      status: 400,
      body: { error: { message: 'Filtered.', code: 'content_filter' } },
    };
    expect(await askOf({ faults: [filter] })).toMatchObject({ text: '', finish: 'refused' });
  });
});

describe('a server that knows less', () => {
  it.each([
    [['json_object'], ['json_schema', 'json_object', 'json_object']],
    [[], ['json_schema', 'json_object', undefined, undefined]],
  ])('is asked for a shape as it can: %j', async (formats, sent) => {
    const server = await serve({ formats });
    const { client, warnings } = await open({ url: server.url });
    expect(client.capabilities.structured).toBe(true);
    await client.ask(REQUEST, never);
    await client.ask(REQUEST, never);
    expect(server.requests.map((request) => request.response_format?.type)).toEqual(sent);
    expect(server.answered).toBe(2);
    expect(client.capabilities.structured).toBe(false);
    expect(warnings).toHaveLength(sent.includes('json_object') && formats.length > 0 ? 0 : 1);
  });

  it('keeps the shape where only the lengths in it are refused', async () => {
    const message = "In context=('properties', 'title'), 'minLength' is not permitted.";
    const server = await serve({ faults: [{ kind: 'status', status: 400, body: { error: { message } } }] });
    const { client, warnings } = await open({ url: server.url });
    const sized = { type: 'string', minLength: 3, maxLength: 9 };
    const schema = { ...REQUEST.schema, properties: { title: sized } };
    await client.ask({ ...REQUEST, schema }, never);
    await client.ask({ ...REQUEST, schema }, never);
    const sent = server.requests.map(({ response_format }) => response_format?.['json_schema']);
    expect(sent).toMatchObject([{ schema }, { schema: REQUEST.schema }, { schema: REQUEST.schema }]);
    expect(JSON.stringify(sent[1])).not.toContain('Length');
    expect([client.capabilities.structured, warnings]).toEqual([true, []]);
  });

  it('is not asked where the settings say that it knows none', async () => {
    const server = await serve();
    const { client } = await open({ url: server.url, structured: false });
    await client.ask(REQUEST, never);
    expect(server.requests[0]?.response_format).toBeUndefined();
  });

  it('loses single parameters, told once', async () => {
    const server = await serve({ refuses: ['max_tokens', 'stream_options', 'seed', 'temperature'] });
    const { client, warnings } = await open({ url: server.url });
    await client.ask(REQUEST, never);
    await client.ask(REQUEST, never);
    const last = server.requests.at(-1);
    expect(last).toMatchObject({ max_completion_tokens: 200 });
    expect(last).not.toHaveProperty('seed');
    expect(server.requests).toHaveLength(4 + 2);
    expect(warnings).toHaveLength(2);
  });
});

describe('a failure', () => {
  const status = (code: number, more: Partial<ChatFault & { kind: 'status' }> = {}): ChatFault => ({
    kind: 'status',
    status: code,
    ...more,
  });
  const quota = { error: { message: 'You exceeded your quota.', code: 'insufficient_quota' } };
  const inTwoHours = new Date(Date.now() + 7_200_000).toUTCString();

  it.each<[string, ChatFault, string, string]>([
    [
      '401',
      status(401, { body: { error: { message: `Incorrect key: ${KEY}` } } }),
      'model-unauthorised',
      'stop',
    ],
    ['403', status(403), 'model-unauthorised', 'stop'],
    ['402', status(402), 'model-unauthorised', 'stop'],
    ['429 for good', status(429, { body: quota }), 'model-unauthorised', 'stop'],
    ['404', status(404), 'model-missing', 'stop'],
    ['429', status(429), 'model-rate-limited', 'retry'],
    ['500', status(500), 'model-failed', 'retry'],
    ['503', status(503, { body: '<html>Bad gateway</html>' }), 'model-failed', 'retry'],
    ['400', status(400, { body: { detail: [{ msg: 'too long' }] } }), 'model-failed', 'skip'],
    ['302', status(302, { headers: { location: 'http://127.0.0.1:9/v1' } }), 'model-unreachable', 'stop'],
    ['a cut', { kind: 'cut', pieces: 3 }, 'model-unreachable', 'retry'],
    ['a cut at once', { kind: 'cut', pieces: 0 }, 'model-unreachable', 'retry'],
    ['broken JSON', { kind: 'invalid-json' }, 'model-answer-invalid', 'retry'],
    ['a web page', { kind: 'page' }, 'model-answer-invalid', 'stop'],
    [
      'an error inside',
      { kind: 'error-event', error: { message: 'Out of memory' } },
      'model-failed',
      'retry',
    ],
    ['too much text', { kind: 'huge', characters: MOST_CHARACTERS + 500 }, 'model-answer-too-large', 'skip'],
    ['an endless line', { kind: 'endless-line' }, 'model-answer-too-large', 'skip'],
  ])('%s', async (_, fault, code, kind) => {
    expect(await errorOf(fault)).toMatchObject({ code, kind });
  });

  it.each<[string, Readonly<Record<string, string>>, number]>([
    ['seconds', { 'retry-after': '7' }, 7000],
    ['milliseconds', { 'retry-after-ms': '250', 'retry-after': '1' }, 250],
    ['a date', { 'retry-after': inTwoHours }, 7_200_000],
  ])('429 says when to come back, in %s', async (_, headers, wait) => {
    const { retryAfter } = await errorOf(status(429, { headers }));
    expect(Math.abs((retryAfter ?? 0) - wait)).toBeLessThan(30_000);
  });

  it('429 without a time, or with one that cannot be read, leaves it open', async () => {
    expect((await errorOf(status(429))).retryAfter).toBeUndefined();
    const unclear = await errorOf(status(429, { headers: { 'retry-after': 'soon' } }));
    expect(unclear.retryAfter).toBeUndefined();
  });

  it.each<[string, ChatFault]>([
    ['never begins', { kind: 'silent' }],
    ['stops in the middle', { kind: 'stalled' }],
  ])('a server that %s is not waited for', async (_, fault) => {
    const patience = { connect: 5000, first: 150, idle: 150 };
    expect(await errorOf(fault, patience)).toMatchObject({ code: 'model-unreachable', kind: 'retry' });
  });

  it('a server that is down, a name that there is not, a server that speaks no TLS or no HTTP', async () => {
    const tcp = await listen(
      createTcpServer((socket) => {
        socket.on('error', () => undefined);
        socket.end('220 mail ready\r\n', () => socket.destroySoon());
      }),
    );
    const gone = await startChatServer();
    await gone.close();
    expect(await thrown(open({ url: gone.url }))).toMatchObject({ code: 'model-unreachable', kind: 'stop' });
    const nowhere = { url: 'http://no-such-host.invalid/v1' };
    expect(await thrown(open(nowhere, { localOnly: false }))).toMatchObject({ code: 'model-unreachable' });
    const { url } = await serve();
    const plain = await thrown(open({ url: url.replace('http:', 'https:') }));
    expect(plain.message).toMatch(/no safe connection/);
    expect(await thrown(open({ url: tcp }))).toMatchObject({ code: 'model-answer-invalid' });
  });

  it('a redirect is not followed, and the key does not travel', async () => {
    const other = await serve();
    const url = await webServer((_, response) =>
      response.writeHead(307, { location: `${other.url}/models` }).end(),
    );
    expect(await thrown(open({ url, key: KEY }))).toMatchObject({ code: 'model-unreachable', kind: 'stop' });
    expect(other.requests).toHaveLength(0);
  });
});

describe('before a run', () => {
  it('a model that the server does not list is missing, and what it has is named', async () => {
    const { url } = await serve({ models: ['a:7b', 'b:latest'] });
    const error = await thrown(open({ url }));
    expect(error).toMatchObject({ code: 'model-missing', kind: 'stop' });
    expect(error.remedy).toContain('a:7b, b:latest');
    await open({ url }, { model: 'b' });
  });

  it('a server without a list is taken at its word', async () => {
    const { url } = await serve({ lists: false });
    const { client } = await open({ url });
    expect(await client.ask(REQUEST, never)).toMatchObject({ finish: 'stop' });
  });

  it('a key that is missing or wrong is said, and that nothing is asked', async () => {
    const server = await serve({ key: KEY });
    expect(await thrown(open({ url: server.url }))).toMatchObject({
      code: 'model-unauthorised',
      kind: 'stop',
    });
    expect(server.requests).toHaveLength(0);
  });

  it.each(['http://user:word@127.0.0.1/v1', 'ftp://127.0.0.1', 'nothing'])(
    '%s is no address',
    async (url) => {
      const error = await thrown(open({ url }));
      expect(error).toMatchObject({ code: 'model-not-configured', kind: 'stop' });
      expect(error.message).not.toContain('word@');
    },
  );

  it('local only lets nothing else through', async () => {
    const address = 'http://127.0.0.1.example.org/v1';
    expect(await thrown(open({ url: address }))).toMatchObject({ code: 'model-not-local', kind: 'stop' });
  });
});

describe('an abort', () => {
  it.each<[string, ChatFault]>([
    ['before the answer', { kind: 'silent' }],
    ['in the middle', { kind: 'stalled' }],
  ])('%s closes the connection at once', async (_, fault) => {
    const server = await serve({ faults: [fault] });
    const { client } = await open({ url: server.url });
    const stop = new AbortController();
    const asking = client.ask(REQUEST, stop.signal);
    await expect.poll(() => server.requests.length).toBe(1);
    stop.abort();
    await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => server.abandoned).toBe(1);
    // The client is still of use.
    expect(await client.ask(REQUEST, never)).toMatchObject({ finish: 'stop' });
  });

  it('before the request sends nothing; closing ends what is under way', async () => {
    const server = await serve({ faults: [{ kind: 'silent' }] });
    const { client } = await open({ url: server.url });
    await expect(client.ask(REQUEST, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    expect(server.requests).toHaveLength(0);
    const asking = client.ask(REQUEST, never);
    await expect.poll(() => server.requests.length).toBe(1);
    await client.close();
    await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
  });
});
