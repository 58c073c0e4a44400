/**
 * One engine process: forked, spoken to over its IPC channel, watched until it ends. The host never loads native code,
 * so whatever the numerics do, the editor stays alive.
 */
import { fork, type ChildProcess } from 'node:child_process';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import {
  HelloRequest,
  LogNotification,
  PROTOCOL_VERSION,
  StatusNotification,
  type EngineStatus,
  type HelloResult,
} from '../../protocol/engine.ts';
import { ProviderNotification, type ProviderChoice, type ProviderDecision } from '../../protocol/numerics.ts';
import type { Localiser } from '../l10n.ts';
import { brokenInstall } from './errors.ts';

export type LogLevel = 'info' | 'warning' | 'error';

export interface ProcessOptions {
  /** The engine's bundle. */
  readonly script: string;
  readonly l10n: Localiser;
  /** Milliseconds the engine may take to say hello; loading its native code from a cold disk takes seconds. */
  readonly helloTimeout: number;
  log(level: LogLevel, message: string): void;
  onStatus(status: EngineStatus): void;
  /** What encoders may run on. Default: the CPU. */
  readonly provider?: ProviderChoice;
  onProvider(decision: ProviderDecision): void;
  /** Answers what the engine asks of the editor. */
  serve?(connection: MessageConnection): void;
}

export interface EngineProcess {
  readonly connection: MessageConnection;
  readonly hello: HelloResult;
  /** Settles with a few words on how it ended. */
  readonly ended: Promise<string>;
  /** Whether it was ended on purpose. */
  readonly killed: () => boolean;
  kill(): void;
}

/** Starts a process and waits for its hello; rejects when it ends, hangs or speaks another protocol. */
export async function startEngine(options: ProcessOptions): Promise<EngineProcess> {
  const child = fork(options.script, [], {
    execPath: process.execPath,
    execArgv: [],
    env: engineEnvironment(process.env),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  forwardLines(child.stdout, (line) => options.log('info', line));
  forwardLines(child.stderr, (line) => options.log('warning', line));
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code ?? 'unknown'}`));
  });

  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child), {
    error: (message) => options.log('error', message),
    warn: (message) => options.log('warning', message),
    info: () => undefined,
    log: () => undefined,
  });
  connection.onNotification(LogNotification, ({ level, message }) => options.log(level, message));
  connection.onNotification(StatusNotification, (status) => options.onStatus(status));
  connection.onNotification(ProviderNotification, (decision) => options.onProvider(decision));
  options.serve?.(connection);
  connection.onError(([error]) => options.log('warning', error.message));
  connection.listen();
  // Rejects every pending call; the process takes no more of them.
  void ended.then(() => connection.dispose());

  try {
    const hello = await firstHello(connection, ended, options);
    if (hello.protocol !== PROTOCOL_VERSION) {
      throw brokenInstall(options.l10n, PROTOCOL_VERSION, hello.protocol);
    }
    let killed = false;
    return {
      connection,
      hello,
      ended,
      killed: () => killed,
      kill: () => {
        killed = true;
        kill(child);
      },
    };
  } catch (error) {
    kill(child);
    throw error;
  }
}

/** What the engine inherits: no debugger and no loader that was meant for the extension host. */
function engineEnvironment(from: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...from, ELECTRON_RUN_AS_NODE: '1' };
  delete environment['NODE_OPTIONS'];
  return environment;
}

async function firstHello(
  connection: MessageConnection,
  ended: Promise<string>,
  { helloTimeout, l10n, provider }: ProcessOptions,
): Promise<HelloResult> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(l10n.t('it did not answer in time'))), helloTimeout);
  });
  try {
    return await Promise.race([connection.sendRequest(HelloRequest, provider ? { provider } : {}), timeout]);
  } catch (error) {
    const how = await endingWithin(ended, EXIT_NEWS_MS);
    throw how === undefined ? error : new Error(l10n.t('it ended while starting ({0})', how));
  } finally {
    clearTimeout(timer);
  }
}

/** A broken channel is noticed before the exit is; this long the exit may lag behind. */
export const EXIT_NEWS_MS = 200;

/** How the process ended, if it does so within a while. */
export async function endingWithin(
  ended: Promise<string>,
  milliseconds: number,
): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([ended, late]);
  } finally {
    clearTimeout(timer);
  }
}

const KILL_GRACE_MS = 2000;

function kill(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  if (child.connected) child.disconnect();
  child.kill();
  const force = setTimeout(() => child.kill('SIGKILL'), KILL_GRACE_MS);
  force.unref();
  child.once('exit', () => clearTimeout(force));
}

function forwardLines(stream: NodeJS.ReadableStream | null, line: (text: string) => void): void {
  if (!stream) return;
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const text of lines) if (text !== '') line(text);
  });
  stream.on('end', () => {
    if (rest !== '') line(rest);
  });
}
