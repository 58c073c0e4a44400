/**
 * A model server for figures: node-llama-cpp behind the OpenAI interface, in a process of its own. It infers for real,
 * eight sequences at once, and streams what it writes. It is no product: it does what the figures need.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import os from 'node:os';
import {
  getLlama,
  LlamaChat,
  LlamaLogLevel,
  type ChatHistoryItem,
  type GbnfJsonObjectSchema,
} from 'node-llama-cpp';
import { z } from 'zod';

export const SERVED_MODEL = 'tinyllama';
const SEQUENCES = 8;
const CONTEXT = 2048;

const requestSchema = z.object({
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })),
  response_format: z
    .object({ json_schema: z.object({ schema: z.record(z.string(), z.unknown()) }) })
    .optional(),
  max_tokens: z.int(),
  temperature: z.number(),
  seed: z.int().optional(),
});

/** Runs in the child: serves until it is ended, and tells its port on the first line. */
export async function serveModel(file: string): Promise<void> {
  const llama = await getLlama({
    build: 'never',
    gpu: false,
    maxThreads: 0,
    logLevel: LlamaLogLevel.error,
    progressLogs: false,
  });
  const model = await llama.loadModel({ modelPath: file });
  const context = await model.createContext({
    contextSize: CONTEXT,
    sequences: SEQUENCES,
    threads: Number(process.env['PATENT_LAB_BENCH_THREADS'] ?? os.availableParallelism()),
  });
  const free = Array.from(
    { length: SEQUENCES },
    () => new LlamaChat({ contextSequence: context.getSequence() }),
  );

  const chat = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const place = free.pop();
    if (!place) return void response.writeHead(429, { 'retry-after': '1' }).end('{}');
    try {
      const parts: Buffer[] = [];
      for await (const part of request) if (part instanceof Buffer) parts.push(part);
      const asked = requestSchema.parse(JSON.parse(Buffer.concat(parts).toString('utf8')));
      const stop = new AbortController();
      response.on('close', () => stop.abort());
      const send = (body: object): void => void response.write(`data: ${JSON.stringify(body)}\n\n`);
      const choice = (delta: object, reason: string | null): void =>
        send({ model: SERVED_MODEL, choices: [{ index: 0, delta, finish_reason: reason }] });
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const schema = asked.response_format?.json_schema.schema;
      const grammar = schema && (await llama.createGrammarForJsonSchema(schema as GbnfJsonObjectSchema));
      const before = place.sequence.tokenMeter.getState();
      const { metadata } = await place.generateResponse(asked.messages.map(itemOf), {
        ...(grammar ? { grammar } : {}),
        maxTokens: asked.max_tokens,
        temperature: asked.temperature,
        ...(asked.seed === undefined ? {} : { seed: asked.seed }),
        signal: stop.signal,
        onTextChunk: (content) => choice({ content }, null),
      });
      choice({}, metadata.stopReason === 'maxTokens' ? 'length' : 'stop');
      const { usedInputTokens, usedOutputTokens } = place.sequence.tokenMeter.diff(before);
      send({ choices: [], usage: { prompt_tokens: usedInputTokens, completion_tokens: usedOutputTokens } });
      response.end('data: [DONE]\n\n');
    } finally {
      free.push(place);
    }
  };

  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data: [{ id: SERVED_MODEL }] }));
      return;
    }
    chat(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end(JSON.stringify({ error: { message: String(error) } }));
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') console.log(address.port);
  });
}

function itemOf({ role, content }: { readonly role: string; readonly content: string }): ChatHistoryItem {
  if (role === 'system') return { type: 'system', text: content };
  return role === 'user' ? { type: 'user', text: content } : { type: 'model', response: [content] };
}

/** Starts the server as a process that runs `script serve file`; gives its base address. */
export async function startServer(
  script: string,
  file: string,
): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const child = spawn(process.execPath, [script, 'serve', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [data] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: `http://127.0.0.1:${Number(data.toString('utf8').trim())}/v1`, child };
}
