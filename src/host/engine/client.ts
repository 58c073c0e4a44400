/**
 * The extension's way to the engine: starts it on first use, restarts it once when it dies, and turns every failure
 * into an error with a code. Free of `vscode` so that it is tested against real processes.
 */
import {
  Emitter,
  type CancellationToken,
  type Disposable,
  type MessageConnection,
  type RequestParam,
  type RequestType,
} from 'vscode-jsonrpc/node';
import { PatentLabError, type ErrorReport } from '../../core/errors.ts';
import { ProgressValue, type EngineStatus, type HelloResult, type Progress } from '../../protocol/engine.ts';
import type { ProviderChoice, ProviderDecision } from '../../protocol/numerics.ts';
import type { Localiser } from '../l10n.ts';
import { cancelled, engineDied, engineUnavailable } from './errors.ts';
import { toCallError } from './failure.ts';
import { endingWithin, EXIT_NEWS_MS, startEngine, type EngineProcess, type LogLevel } from './process.ts';

export type EngineState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'idle'; readonly hello: HelloResult }
  | { readonly kind: 'busy'; readonly hello: HelloResult; readonly task?: string }
  | { readonly kind: 'unavailable'; readonly error: ErrorReport };

export interface RequestOptions {
  readonly token?: CancellationToken;
  /** Asks the engine to stream progress; the request's type must know the `progress` parameter. */
  readonly onProgress?: (progress: Progress) => void;
  /** Listens to what the engine tells of its own accord while the request runs. */
  readonly listen?: (connection: Pick<MessageConnection, 'onNotification'>) => Disposable;
}

export interface ClientOptions {
  readonly script: string;
  readonly l10n: Localiser;
  log(level: LogLevel, message: string): void;
  /** Registers what the engine may ask of the editor. */
  readonly serve?: (connection: MessageConnection) => void;
  /** What encoders may run on, asked at every start of the engine. */
  readonly provider?: () => ProviderChoice;
  readonly helloTimeout?: number;
  /** Milliseconds a cancelled request may take to answer by itself before the caller is let go. */
  readonly cancelGrace?: number;
  /** Milliseconds after which a running engine counts as healthy, so that its earlier death is forgiven. */
  readonly healthyAfter?: number;
}

/** How often the engine may die before a person has to restart it: once is bad luck, twice is a pattern. */
const ALLOWED_DEATHS = 1;

export class EngineClient implements Disposable {
  readonly #options: Required<Omit<ClientOptions, 'serve' | 'provider'>> &
    Pick<ClientOptions, 'serve' | 'provider'>;
  readonly #states = new Emitter<EngineState>();
  readonly onDidChangeState = this.#states.event;
  #state: EngineState = { kind: 'stopped' };
  #process: Promise<EngineProcess> | undefined;
  /** Counts processes, so that news of an old one is not taken for news of the present one. */
  #generation = 0;
  #deaths = 0;
  #lastDeath = '';
  #progressTokens = 0;
  #disposed = false;

  constructor(options: ClientOptions) {
    this.#options = { helloTimeout: 60_000, cancelGrace: 500, healthyAfter: 300_000, ...options };
  }

  get state(): EngineState {
    return this.#state;
  }

  async request<P, R>(
    type: RequestType<P, R, ErrorReport>,
    params: P,
    { token, onProgress, listen }: RequestOptions = {},
  ): Promise<R> {
    const { l10n } = this.#options;
    if (token?.isCancellationRequested) throw cancelled(l10n);
    const process = await this.#running();
    const { connection } = process;
    if (token?.isCancellationRequested) throw cancelled(l10n);

    const progressToken = onProgress && `progress-${++this.#progressTokens}`;
    const listener =
      progressToken === undefined || !onProgress
        ? undefined
        : connection.onProgress(ProgressValue, progressToken, onProgress);
    const listening = listen?.(connection);
    const sent = progressToken === undefined ? params : { ...params, progress: progressToken };
    const giveUp = this.#afterCancellation(token);
    try {
      const answer = connection.sendRequest(type, sent as RequestParam<P>, token);
      answer.catch(() => undefined);
      return await Promise.race([answer, giveUp.promise]);
    } catch (error) {
      throw await this.#callError(error, process);
    } finally {
      giveUp.dispose();
      listener?.dispose();
      listening?.dispose();
    }
  }

  /** Ends the engine, forgets earlier deaths and starts anew. */
  async restart(): Promise<void> {
    this.#stop();
    this.#deaths = 0;
    await this.#running();
  }

  dispose(): void {
    this.#disposed = true;
    this.#stop();
    this.#states.dispose();
  }

  #stop(): void {
    this.#generation++;
    const process = this.#process;
    this.#process = undefined;
    void process?.then(
      (running) => running.kill(),
      () => undefined,
    );
    this.#setState({ kind: 'stopped' });
  }

  #running(): Promise<EngineProcess> {
    if (this.#disposed) return Promise.reject(cancelled(this.#options.l10n));
    if (!this.#process) {
      const starting = this.#start(++this.#generation);
      this.#process = starting;
      starting.catch(() => {
        if (this.#process === starting) this.#process = undefined;
      });
    }
    return this.#process;
  }

  async #start(generation: number): Promise<EngineProcess> {
    const { l10n, script, helloTimeout, log, serve, provider } = this.#options;
    for (;;) {
      if (this.#deaths > ALLOWED_DEATHS) throw this.#unavailable(engineUnavailable(l10n, this.#lastDeath));
      this.#setState({ kind: 'starting' });
      try {
        const process = await startEngine({
          script,
          l10n,
          helloTimeout,
          log,
          ...(serve ? { serve } : {}),
          ...(provider ? { provider: provider() } : {}),
          onStatus: (status) => this.#onStatus(generation, status),
          onProvider: (decision) => this.#onProvider(generation, decision),
        });
        // Stopped or disposed while it was starting.
        if (generation !== this.#generation) {
          process.kill();
          throw cancelled(l10n);
        }
        this.#watch(process, generation);
        return process;
      } catch (error) {
        if (generation !== this.#generation) throw cancelled(l10n);
        if (error instanceof PatentLabError) throw this.#unavailable(error);
        this.#died(error instanceof Error ? error.message : String(error));
      }
    }
  }

  #watch(process: EngineProcess, generation: number): void {
    const { hello } = process;
    const { log, healthyAfter } = this.#options;
    const startedAt = Date.now();
    log(
      'info',
      `Engine ${hello.version} (process ${hello.pid}): ONNX Runtime ${hello.onnxruntime}, ${hello.encoder}, ` +
        `${hello.provider}, ${hello.threads} threads`,
    );
    this.#setState({ kind: 'idle', hello });
    void process.ended.then((how) => {
      if (generation !== this.#generation) return;
      if (Date.now() - startedAt >= healthyAfter) this.#deaths = 0;
      this.#died(how);
      this.#process = undefined;
      if (this.#deaths > ALLOWED_DEATHS) this.#unavailable(engineUnavailable(this.#options.l10n, how));
      else this.#setState({ kind: 'stopped' });
    });
  }

  #died(how: string): void {
    this.#deaths++;
    this.#lastDeath = how;
    this.#options.log('error', `The engine ended unexpectedly: ${how}`);
  }

  #unavailable(error: PatentLabError): PatentLabError {
    this.#setState({ kind: 'unavailable', error: error.report() });
    return error;
  }

  #onStatus(generation: number, { state, task }: EngineStatus): void {
    const current = this.#state;
    if (generation !== this.#generation || (current.kind !== 'idle' && current.kind !== 'busy')) return;
    const { hello } = current;
    if (state === 'idle') this.#setState({ kind: 'idle', hello });
    else this.#setState(task === undefined ? { kind: 'busy', hello } : { kind: 'busy', hello, task });
  }

  /** The engine chose what its encoders run on. */
  #onProvider(generation: number, { provider, reason }: ProviderDecision): void {
    const current = this.#state;
    if (generation !== this.#generation) return;
    this.#options.log('info', reason);
    if (current.kind !== 'idle' && current.kind !== 'busy') return;
    this.#setState({ ...current, hello: { ...current.hello, provider, providerReason: reason } });
  }

  #setState(state: EngineState): void {
    this.#state = state;
    if (!this.#disposed) this.#states.fire(state);
  }

  /** A call that failed because the process ended says how it ended. */
  async #callError(error: unknown, process: EngineProcess): Promise<PatentLabError> {
    const { l10n } = this.#options;
    const mapped = toCallError(error, l10n);
    if (mapped.code !== 'engine-died') return mapped;
    if (process.killed()) return cancelled(l10n);
    const how = await endingWithin(process.ended, EXIT_NEWS_MS);
    return how === undefined ? mapped : engineDied(l10n, how);
  }

  /**
   * Rejects a while after the token is cancelled. The engine answers a cancelled request at its next checkpoint, which
   * a long numeric step may delay; a person who pressed Cancel is not made to wait for that.
   */
  #afterCancellation(token: CancellationToken | undefined): Disposable & { promise: Promise<never> } {
    let timer: NodeJS.Timeout | undefined;
    let subscription: Disposable | undefined;
    const promise = new Promise<never>((_, reject) => {
      subscription = token?.onCancellationRequested(() => {
        timer = setTimeout(() => reject(cancelled(this.#options.l10n)), this.#options.cancelGrace);
      });
    });
    promise.catch(() => undefined);
    return {
      promise,
      dispose: () => {
        clearTimeout(timer);
        subscription?.dispose();
      },
    };
  }
}
