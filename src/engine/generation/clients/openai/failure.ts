/** What a person and the run are told of a server's failure. Nothing of it holds the key. */
import { z } from 'zod';
import { PatentLabError } from '../../../../core/errors.ts';
import { ModelError, type FailureKind, type ModelErrorCode } from '../../client.ts';
import { CutError, NoAnswerError, ToldError, TooLargeError } from './answer.ts';
import { NotLocalError, SilenceError } from './http.ts';
import { retryAfter } from './retry-after.ts';

/** Whom the failure is about. */
export interface Server {
  readonly name: string;
  readonly url: URL;
  readonly model: string;
  readonly key?: string;
}

/** Characters of a server's own words that are shown. */
const MOST_WORDS = 300;

/** A response with a status that is no success. */
export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly words: string;
  /** The server's code or type of the error. */
  readonly code: string;
}

const told = z.object({ message: z.string().optional(), code: z.unknown(), type: z.unknown() }).partial();
/** OpenAI's, Ollama's (a string), FastAPI's, and a bare one. */
const errorBody = z
  .object({ error: z.union([z.string(), told]), detail: z.unknown(), message: z.string() })
  .partial();

/** The server's own words and code of an error, as far as they can be told. */
export function wordsOf(body: string): { readonly words: string; readonly code: string } {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { words: /<html|<!doctype/i.test(body) ? '' : body, code: '' };
  }
  return wordsOfError(value);
}

function wordsOfError(value: unknown): { readonly words: string; readonly code: string } {
  if (typeof value === 'string') return { words: value, code: '' };
  const { data } = errorBody.safeParse(value);
  const error = data?.error ?? data?.message ?? data?.detail;
  if (typeof error === 'string') return { words: error, code: '' };
  const inner = told.safeParse(error ?? value).data;
  const code = [inner?.code, inner?.type].find((one) => typeof one === 'string' || typeof one === 'number');
  return {
    words: inner?.message ?? (error === undefined ? '' : JSON.stringify(error)),
    code: String(code ?? ''),
  };
}

/** A failure that is no response: of the connection, or of what came. Others, such as `cancelled`, stay as they are. */
export function failureOf(cause: unknown, server: Server): unknown {
  const make = maker(server, cause);
  const { name, url } = server;
  if (cause instanceof PatentLabError) return cause;
  if (cause instanceof NotLocalError) return notLocal(server, cause.message);
  if (cause instanceof SilenceError) {
    const wait = Math.round(cause.milliseconds / 1000);
    return make('model-unreachable', 'retry', `${name} gave no sign for ${wait} s.`, SLOW);
  }
  if (cause instanceof CutError) {
    const remedy = 'What came of the answer was discarded. Look at the log of the server.';
    return make(
      'model-unreachable',
      'retry',
      `${name} broke the connection off in the middle of an answer.`,
      remedy,
    );
  }
  if (cause instanceof TooLargeError) {
    const remedy = 'The model does not come to an end: lower "maxTokens" in the plan, or take another model.';
    return make(
      'model-answer-too-large',
      'skip',
      `The answer of ${name} is too large; reading was stopped.`,
      remedy,
    );
  }
  if (cause instanceof NoAnswerError) {
    const remedy = `Check that ${url.href} is the base address of an OpenAI-compatible server; it often ends with /v1.`;
    const kind = cause.foreign ? 'stop' : 'retry';
    return make(
      'model-answer-invalid',
      kind,
      `${name} did not answer as a model server: ${cause.message}.`,
      remedy,
    );
  }
  if (cause instanceof ToldError) return toldFailure(cause, server);
  return connectionFailure(cause, server);
}

const SLOW =
  'The model may be loading or the server overloaded: lower the concurrency, or take a smaller model.';

function toldFailure({ error }: ToldError, server: Server): ModelError {
  const { words, code } = wordsOfError(error);
  const limited = /rate.?limit|429/i.test(code);
  return maker(server)(
    limited ? 'model-rate-limited' : 'model-failed',
    'retry',
    `${server.name} failed while it was answering${quoted(words, server)}`,
    'Look at the log of the server.',
  );
}

function connectionFailure(cause: unknown, server: Server): unknown {
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'string') return cause;
  const { name, url } = server;
  const make = maker(server, cause);
  const { code } = cause;
  if (code === 'ECONNREFUSED') {
    const remedy = `Start the server, or correct its address in the settings: ${url.origin}.`;
    return make(
      'model-unreachable',
      'retry',
      `${name} is not running: nothing answers at ${url.host}.`,
      remedy,
    );
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const remedy = 'Check the address in the settings, and the network.';
    return make(
      'model-unreachable',
      'retry',
      `The name ${url.hostname} of ${name} could not be resolved.`,
      remedy,
    );
  }
  if (/CERT|TLS|SSL|SELF_SIGNED|ISSUER|SIGNATURE/.test(code) || code === 'EPROTO') {
    const remedy =
      'For a certificate of your own, set NODE_EXTRA_CA_CERTS to its authority; for a server without TLS, write http://.';
    return make('model-unreachable', 'stop', `There is no safe connection to ${name} (${code}).`, remedy);
  }
  if (code.startsWith('HPE_')) {
    const remedy = `Check the address in the settings: ${url.origin}.`;
    return make('model-answer-invalid', 'stop', `What answers at ${url.host} does not speak HTTP.`, remedy);
  }
  return make(
    'model-unreachable',
    'retry',
    `The connection to ${name} failed (${code}).`,
    'Check the network.',
  );
}

/** @param models what the server says it has, for a model that it does not have */
export function refusalError(
  refusal: Refusal,
  server: Server,
  models: readonly string[] | undefined,
): ModelError {
  const { status, words, code } = refusal;
  const { name, model } = server;
  const make = maker(server);
  const said = quoted(words, server);
  if (status >= 300 && status < 400) {
    const remedy =
      'Redirects are not followed, as the text would go elsewhere. Put the final address in the settings.';
    return make('model-unreachable', 'stop', `${name} sends requests on to another address.`, remedy);
  }
  if (status === 401 || status === 403 || status === 407) {
    const remedy =
      server.key === undefined
        ? 'It wants a key: set it with "Set Key of a Model Server".'
        : 'Set a valid key with "Set Key of a Model Server", and check what it may be used for.';
    return make('model-unauthorised', 'stop', `${name} refused the key${said}`, remedy);
  }
  if (status === 402 || /insufficient_quota|billing/i.test(code)) {
    const remedy =
      'Look at the account with the provider. What was answered is kept; the run goes on from there.';
    return make('model-unauthorised', 'stop', `The quota at ${name} is used up${said}`, remedy);
  }
  if (status === 404) return missing(server, models, said);
  if (status === 429) {
    const remedy = 'It is asked again after a pause. If this happens often, lower the concurrency.';
    return make(
      'model-rate-limited',
      'retry',
      `${name} asks for a pause${said}`,
      remedy,
      retryAfter(refusal.headers),
    );
  }
  if (status >= 500 || status === 408 || status === 409 || status === 425) {
    const message = `${name} failed with status ${status}${said}`;
    return make(
      'model-failed',
      'retry',
      message,
      'Look at the log of the server.',
      retryAfter(refusal.headers),
    );
  }
  const remedy = `Check that ${model} takes prompts of this length, and the limits in the plan.`;
  return make('model-failed', 'skip', `${name} refused the request with status ${status}${said}`, remedy);
}

/** @param models what the server says it has; undefined where it does not say */
export function missing(server: Server, models: readonly string[] | undefined, said = '.'): ModelError {
  const { name, url, model } = server;
  const make = maker(server);
  if (models === undefined) {
    const remedy = `Check the model's name, and that ${url.href} is the base address; it often ends with /v1.`;
    return make(
      'model-missing',
      'stop',
      `${name} has no model "${model}", or is no model server${said}`,
      remedy,
    );
  }
  const remedy =
    models.length === 0
      ? 'The server has no models: load one there first.'
      : `It has: ${models.slice(0, 12).join(', ')}${models.length > 12 ? `, and ${models.length - 12} more` : ''}.`;
  return make('model-missing', 'stop', `${name} has no model "${model}"${said}`, remedy);
}

export function notLocal(server: Pick<Server, 'name' | 'url'>, why?: string): ModelError {
  return new ModelError(
    {
      code: 'model-not-local',
      message: `${server.name} at ${server.url.host} is not on this machine${why === undefined ? '' : ` (${why})`}.`,
      remedy: 'Take a model of this machine, or switch off the setting patentLab.generation.localOnly.',
    },
    { kind: 'stop' },
  );
}

type Make = (
  code: ModelErrorCode,
  kind: FailureKind,
  message: string,
  remedy: string,
  wait?: number,
) => ModelError;

const maker =
  ({ key }: Server, cause?: unknown): Make =>
  (code, kind, message, remedy, wait) =>
    new ModelError(
      { code, message, remedy },
      { kind, ...(wait === undefined ? {} : { retryAfter: wait }) },
      // Node's errors of a connection hold no headers; with a key none is passed on all the same.
      key === undefined ? { cause } : {},
    );

/** A server's words behind a colon, on one line and without the key, which some servers repeat; or a full stop. */
function quoted(words: string, { key }: Server): string {
  const plain = words.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  const safe = (key === undefined ? plain : plain.replaceAll(key, '…')).replace(/\b(sk-|Bearer )\S+/g, '$1…');
  if (safe === '') return '.';
  return `: ${safe.length > MOST_WORDS ? `${safe.slice(0, MOST_WORDS)} …` : safe.replace(/([^.!?])$/, '$1.')}`;
}
