/**
 * One request to a model server over Node's own HTTP, for what `fetch` cannot do: look at the address that a name
 * resolved to before connecting, wait for a slow model as long as we choose, and never follow a redirect.
 */
import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { isLoopback } from '../../../../core/generation/loopback.ts';
import { cancelled } from '../../../task.ts';

/** How long a server may be silent, in milliseconds. */
export interface Patience {
  readonly connect: number;
  /** Until the answer begins: the model may have to be loaded, and the prompt read. */
  readonly first: number;
  /** Between two pieces. */
  readonly idle: number;
}

export type SilenceOf = keyof Patience;

/** The server said nothing for too long. */
export class SilenceError extends Error {
  readonly during: SilenceOf;
  readonly milliseconds: number;

  constructor(during: SilenceOf, milliseconds: number) {
    super(`no sign for ${milliseconds / 1000} s (${during})`);
    this.during = during;
    this.milliseconds = milliseconds;
  }
}

/** The server's name resolves to another machine than this one. */
export class NotLocalError extends Error {}

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly key?: string;
  readonly body?: string;
  /** Connects to this machine only, whatever the name says. */
  readonly localOnly: boolean;
  readonly agent: http.Agent;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** Its text, piece by piece; leaving the loop early closes the connection. */
  readonly pieces: AsyncIterable<string>;
}

export const makeAgent = (url: URL): http.Agent =>
  // An agent of our own: proxies of the environment do not get texts that were meant for this server.
  url.protocol === 'https:' ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true });

/** Rejects with `cancelled`, a {@link SilenceError}, a {@link NotLocalError}, or Node's own error of the connection. */
export async function send(request: HttpRequest): Promise<HttpResponse> {
  const { url, patience, signal } = request;
  if (signal.aborted) throw cancelled();
  const { request: begin } = url.protocol === 'https:' ? https : http;
  const outgoing = begin(url, {
    method: request.method,
    agent: request.agent,
    headers: headersOf(request),
    ...(request.localOnly ? { lookup: loopbackLookup } : {}),
  });
  const watch = new Watch(outgoing, signal);
  watch.expect('connect', patience.connect);
  outgoing.on('socket', (socket) => {
    const connected = (): void => watch.expect('first', patience.first);
    if (socket.connecting) socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
    else connected();
  });
  try {
    const incoming = await new Promise<http.IncomingMessage>((resolve, reject) => {
      outgoing.once('response', resolve);
      // Later ones belong to the body, which reports them itself.
      outgoing.on('error', reject);
      outgoing.end(request.body);
    });
    return {
      status: incoming.statusCode ?? 0,
      headers: incoming.headers,
      pieces: piecesOf(incoming, watch, patience.idle),
    };
  } catch (cause) {
    watch.end();
    throw watch.reason ?? cause;
  }
}

function headersOf({ key, body }: HttpRequest): http.OutgoingHttpHeaders {
  return {
    accept: 'application/json, text/event-stream',
    'user-agent': 'patent-lab',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
  };
}

async function* piecesOf(
  incoming: http.IncomingMessage,
  watch: Watch,
  idle: number,
): AsyncGenerator<string, void, undefined> {
  incoming.setEncoding('utf8');
  watch.expect('idle', idle);
  try {
    for await (const piece of incoming) {
      watch.expect('idle', idle);
      yield String(piece);
    }
    // An aborted answer can look like one that ended.
    if (watch.reason) throw watch.reason;
  } catch (cause) {
    throw watch.reason ?? cause;
  } finally {
    watch.end();
    if (!incoming.complete) incoming.destroy();
  }
}

/** Ends a request on an abort and on silence, and knows which of them it was. */
class Watch {
  readonly #outgoing: http.ClientRequest;
  readonly #signal: AbortSignal;
  #timer: NodeJS.Timeout | undefined;
  reason: Error | undefined;

  constructor(outgoing: http.ClientRequest, signal: AbortSignal) {
    this.#outgoing = outgoing;
    this.#signal = signal;
    signal.addEventListener('abort', this.#abort, { once: true });
  }

  /** The next sign has to come within so many milliseconds. */
  expect(what: SilenceOf, milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#stop(new SilenceError(what, milliseconds)), milliseconds);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => this.#stop(cancelled());

  #stop(reason: Error): void {
    this.reason ??= reason;
    this.#outgoing.destroy(reason);
  }
}

/** Resolves a name as the system does, and refuses it unless every address is one of this machine. */
const loopbackLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const other = addresses.find(
      ({ address, family }) => !isLoopback(`http://${family === 6 ? `[${address}]` : address}`),
    );
    if (other) return callback(new NotLocalError(`${hostname} is ${other.address}`), []);
    if (options.all === true) return callback(null, addresses);
    const [first] = addresses;
    callback(null, first?.address ?? '', first?.family);
  });
};
