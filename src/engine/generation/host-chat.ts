/** Asks a model of the editor through the host, which answers a request of the engine's. */
import { CancellationTokenSource, ResponseError, type MessageConnection } from 'vscode-jsonrpc/node';
import { z } from 'zod';
import { HostChatRequest } from '../../protocol/generation.ts';
import { cancelled } from '../task.ts';
import { MODEL_ERROR_CODES, ModelError, type ClientContext } from './client.ts';

const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  kind: z.enum(['retry', 'skip', 'stop']),
  retryAfter: z.number().optional(),
});

export function hostChat(connection: MessageConnection): NonNullable<ClientContext['hostChat']> {
  return async (params, signal) => {
    if (signal.aborted) throw cancelled();
    const source = new CancellationTokenSource();
    const stop = (): void => source.cancel();
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await connection.sendRequest(HostChatRequest, params, source.token);
    } catch (cause) {
      if (signal.aborted) throw cancelled();
      throw modelError(cause);
    } finally {
      signal.removeEventListener('abort', stop);
      source.dispose();
    }
  };
}

/** What the host said; anything else is a failure of this request that a later one need not share. */
function modelError(cause: unknown): ModelError {
  const { data } = errorSchema.safeParse(cause instanceof ResponseError ? cause.data : undefined);
  const code = MODEL_ERROR_CODES.find((one) => one === data?.code);
  if (data && code) {
    const { message, remedy, kind, retryAfter } = data;
    return new ModelError(
      { code, message, remedy },
      { kind, ...(retryAfter === undefined ? {} : { retryAfter }) },
      { cause },
    );
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return new ModelError(
    { code: 'model-failed', message: `The editor's model failed: ${message}`, remedy: 'See the log.' },
    { kind: 'retry' },
    { cause },
  );
}
