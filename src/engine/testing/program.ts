/** The engine and the command line as they are shipped: bundled, with the encoders beside them. */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { CancellationToken, ResponseError, type MessageConnection, type RequestType } from 'vscode-jsonrpc';
import { bundles } from '../../../scripts/build/bundles.mjs';
import type { ErrorReport } from '../../core/errors.ts';
import {
  LogNotification,
  ProgressValue,
  StatusNotification,
  type EngineStatus,
  type Progress,
} from '../../protocol/engine.ts';
import { temporaryFolder } from './folder.ts';
import { ENCODERS, REPOSITORY } from './repository.ts';

export interface Program {
  readonly engine: string;
  readonly cli: string;
}

/** Built with the options of the real build, into a folder of its own. */
export async function buildProgram(): Promise<Program> {
  const folder = await temporaryFolder();
  await symlink(ENCODERS, path.join(folder, 'encoders'), 'junction');
  await symlink(path.join(REPOSITORY, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const outdir = path.join(folder, 'dist');
  const outExtension = { '.js': '.mjs' };
  for (const entry of ['src/engine/main.ts', 'src/engine/files/pdf/pdf-thread.mjs']) {
    const options = bundles.find(({ entryPoints }) => JSON.stringify(entryPoints).includes(entry));
    if (!options) throw new Error(`no bundle has ${entry}`);
    await build({ ...options, outdir, outExtension, minify: false, sourcemap: false, write: true });
  }
  return { engine: path.join(outdir, 'engine.mjs'), cli: path.join(outdir, 'cli.mjs') };
}

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The lines of stdout, each parsed. */
  json<T>(): readonly T[];
}

export const runCommand = (program: Program, ...argv: readonly string[]): Promise<CommandResult> =>
  runCommandWith({}, program, ...argv);

/** @param environment beside the own one */
export function runCommandWith(
  environment: Readonly<Record<string, string>>,
  program: Program,
  ...argv: readonly string[]
): Promise<CommandResult> {
  const child = spawn(process.execPath, [program.cli, ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const json = <T>(): T[] =>
        stdout
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as T);
      resolve({ code, stdout, stderr, json });
    });
  });
}

export interface EngineRequestOptions {
  readonly onProgress?: (progress: Progress) => void;
  readonly token?: CancellationToken;
}

/** An engine process and a client of it. */
export class EngineProcess {
  /** What it told since it was last asked to forget. */
  readonly statuses: EngineStatus[] = [];
  readonly logs: string[] = [];
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  readonly #child: ChildProcess;
  readonly #connection: MessageConnection;
  #tokens = 0;

  constructor(program: Program) {
    this.#child = fork(program.engine, [], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    const [reader, writer] = [new IPCMessageReader(this.#child), new IPCMessageWriter(this.#child)];
    this.#connection = createMessageConnection(reader, writer);
    this.#connection.onNotification(StatusNotification, (status) => void this.statuses.push(status));
    this.#connection.onNotification(LogNotification, ({ level, message }) => {
      this.logs.push(`${level}: ${message}`);
    });
    this.#connection.listen();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The result; an error that travelled as a report is thrown as it is. */
  async request<P extends object, R>(
    type: RequestType<P, R, ErrorReport>,
    params: P,
    { onProgress, token }: EngineRequestOptions = {},
  ): Promise<R> {
    const progress = `test-${this.#tokens++}`;
    const listener = onProgress && this.#connection.onProgress(ProgressValue, progress, onProgress);
    try {
      const given = { ...params, ...(onProgress ? { progress } : {}) };
      return await this.#connection.sendRequest<R>(type.method, given, token ?? CancellationToken.None);
    } finally {
      listener?.dispose();
    }
  }

  /** The report a request fails with. */
  async failure<P extends object, R>(
    type: RequestType<P, R, ErrorReport>,
    params: P,
    options?: EngineRequestOptions,
  ): Promise<ErrorReport> {
    const result: unknown = await this.request(type, params, options).catch((cause: unknown) => cause);
    if (result instanceof ResponseError && result.data) return result.data as ErrorReport;
    throw new Error(`expected an error with a report, not ${JSON.stringify(result)}`, { cause: result });
  }

  forget(): this {
    this.statuses.length = 0;
    this.logs.length = 0;
    return this;
  }

  disconnect(): void {
    this.#child.disconnect();
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.exited;
    this.#connection.dispose();
  }
}
