/** How the test server writes its answers, whole or as a stream of events, and how it breaks them. */
import type { Server, ServerResponse } from 'node:http';
import type { ChatFault, ServedRequest } from './chat-server.ts';

export interface Written {
  readonly id: string;
  readonly model: string;
  readonly text: string;
  /** Whether tokens are counted. */
  readonly usage: boolean;
  readonly asked: ServedRequest;
}

/** Characters of a piece: about a word, as models give them. */
const PIECE = 6;
const EVENT_STREAM = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' };

export function whole(response: ServerResponse, written: Written, fault: ChatFault | undefined): void {
  if (fault?.kind === 'silent' || fault?.kind === 'stalled') return;
  if (fault?.kind === 'page') return page(response);
  const { id, model, text } = written;
  const refusal = fault?.kind === 'refusal' ? fault.text : undefined;
  const message =
    refusal === undefined
      ? { role: 'assistant', content: text }
      : { role: 'assistant', content: null, refusal };
  const body = JSON.stringify({
    id,
    object: 'chat.completion',
    created: 0,
    model,
    choices: [{ index: 0, message, finish_reason: finishOf(fault), logprobs: null }],
    ...(written.usage ? { usage: usageOf(written) } : {}),
  });
  response.writeHead(200, { 'content-type': 'application/json' });
  if (fault?.kind === 'invalid-json') return void response.end(body.slice(0, -10));
  if (fault?.kind !== 'cut') return void response.end(body);
  response.write(body.slice(0, body.length / 2));
  response.destroy();
}

export async function stream(
  response: ServerResponse,
  written: Written,
  fault: ChatFault | undefined,
): Promise<void> {
  if (fault?.kind === 'silent') return;
  if (fault?.kind === 'page') return page(response);
  const { id, model, text } = written;
  const head = { id, object: 'chat.completion.chunk', created: 0, model };
  const send = (body: object): Promise<void> =>
    write(response, `data: ${JSON.stringify({ ...head, ...body })}\n\n`);
  const choice = (delta: object, reason: string | null = null): Promise<void> =>
    send({ choices: [{ index: 0, delta, finish_reason: reason }] });

  response.writeHead(200, EVENT_STREAM);
  if (fault?.kind === 'endless-line') return endlessLine(response);
  // Servers keep a connection alive with comments.
  await write(response, ': here\n\n');
  await choice({ role: 'assistant', content: '' });
  if (fault?.kind === 'refusal') await choice({ refusal: fault.text });
  const pieces = fault?.kind === 'refusal' ? [] : piecesOf(text);
  for (const [at, content] of pieces.entries()) {
    if (fault?.kind === 'cut' && at === fault.pieces) return void response.destroy();
    if (response.destroyed) return;
    await choice({ content });
    if (fault?.kind === 'stalled') return;
    if (fault?.kind === 'invalid-json') await write(response, 'data: {"choices": [{"delta"\n\n');
    if (fault?.kind === 'error-event')
      return void response.end(`data: ${JSON.stringify({ error: fault.error })}\n\n`);
  }
  await choice({}, finishOf(fault));
  if (written.usage && written.asked.stream_options?.include_usage === true) {
    await send({ choices: [], usage: usageOf(written) });
  }
  response.end('data: [DONE]\n\n');
}

export function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function page(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome</title>');
}

async function endlessLine(response: ServerResponse): Promise<void> {
  const block = `data: ${'x'.repeat(1 << 16)}`;
  while (!response.destroyed) await write(response, block);
}

/** Waits until the reader has taken it, and gives up when the connection is gone. */
function write(response: ServerResponse, text: string): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    response.write(text, () => resolve());
  });
}

function piecesOf(text: string): string[] {
  // A long text comes in larger pieces, or a test would wait for it.
  const length = Math.max(PIECE, Math.ceil(text.length / 500));
  return Array.from({ length: Math.ceil(text.length / length) }, (_, at) =>
    text.slice(at * length, (at + 1) * length),
  );
}

const finishOf = (fault: ChatFault | undefined): string | null =>
  fault?.kind === 'finish' ? fault.reason : 'stop';

function usageOf({ text, asked }: Written): object {
  const prompt = asked.messages.reduce((sum, { content }) => sum + content.length, 0);
  const [prompt_tokens, completion_tokens] = [Math.ceil(prompt / 4), Math.ceil(text.length / 4)];
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}
