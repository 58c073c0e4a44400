/**
 * The other end of `pdf-thread.mjs`: asks it one thing at a time, with a limit on time and memory. A thread that
 * exceeds one is ended with whatever it is doing.
 */
import { Worker } from 'node:worker_threads';
import { readError } from '../errors.ts';
import type { Answer, PdfSource, Request } from './pdf-thread.mjs';
import { damaged, encrypted, tooMuchMemory, tooSlow } from './errors.ts';

/** Of a thread's heap; a file's bytes are not counted. [ours] */
const MEGABYTES = 1024;
/** How long a thread waits for the next file: loading pdf.js costs more than reading a patent with it. [ours] */
const IDLE_SECONDS = 20;

type AnswerOf<Kind extends Answer['kind']> = Extract<Answer, { kind: Kind }>;

export type PageAnswer = AnswerOf<'page' | 'failed'>;

/** A thread that has nothing to do, and the timer that ends it. */
let idle: { readonly worker: Worker; readonly timer: NodeJS.Timeout } | undefined;

const forget = (): void => {
  idle = undefined;
};

function takeWorker(): Worker {
  if (idle !== undefined) {
    const { worker, timer } = idle;
    forget();
    clearTimeout(timer);
    worker.off('error', forget);
    worker.ref();
    return worker;
  }
  // Both the sources and `dist` have the thread's script beside this one.
  return new Worker(new URL('./pdf-thread.mjs', import.meta.url), {
    execArgv: [],
    // Kept from the engine's own streams, which belong to others; reading them would keep the process alive.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
  });
}

function giveBack(worker: Worker): void {
  if (idle !== undefined) {
    void worker.terminate();
    return;
  }
  const timer = setTimeout(() => {
    forget();
    void worker.terminate();
  }, IDLE_SECONDS * 1000);
  timer.unref();
  worker.unref();
  idle = { worker, timer };
  worker.once('error', forget);
}

/** One file in a thread. */
export class PdfThread {
  readonly #worker = takeWorker();
  readonly #file: string;
  readonly #seconds: number;
  /** Whether the thread waits for a request; one that does not cannot be used again. */
  #waits = true;

  /**
   * @param file the name shown in errors
   * @param seconds for opening the file, and again for each page
   */
  constructor(file: string, seconds: number) {
    this.#file = file;
    this.#seconds = seconds;
  }

  /** Number of pages. Throws when the file is no readable PDF. */
  async open(source: PdfSource): Promise<number> {
    const answer = await this.#ask({ kind: 'open', source }, undefined);
    if (answer.kind === 'failed') throw this.#openError(answer);
    if (answer.kind !== 'opened') throw new Error(`unexpected answer ${answer.kind}`);
    return answer.pages;
  }

  /** One page, or why it cannot be read; throws when the thread had to be ended. */
  async page(number: number): Promise<PageAnswer> {
    const answer = await this.#ask({ kind: 'page', number }, number);
    if (answer.kind === 'opened' || answer.kind === 'closed') throw new Error('unexpected answer');
    return answer;
  }

  /** Lets go of the file; whatever the thread is doing ends. */
  async close(): Promise<void> {
    if (this.#waits) await this.#ask({ kind: 'close' }, undefined);
    if (this.#waits) giveBack(this.#worker);
    else await this.#worker.terminate();
  }

  #ask(request: Request, page: number | undefined): Promise<Answer> {
    const worker = this.#worker;
    this.#waits = false;
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        worker.off('message', onMessage).off('error', onError);
      };
      const onMessage = (answer: Answer): void => {
        done();
        this.#waits = true;
        resolve(answer);
      };
      const onError = (cause: unknown): void => {
        done();
        reject(this.#threadError(cause));
      };
      const timer = setTimeout(() => {
        done();
        void worker.terminate();
        reject(tooSlow(this.#file, page, this.#seconds));
      }, this.#seconds * 1000);
      worker.on('message', onMessage).on('error', onError);
      worker.postMessage(request);
    });
  }

  #threadError(cause: unknown): unknown {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') return tooMuchMemory(this.#file, MEGABYTES);
    return cause;
  }

  #openError({ name, message }: AnswerOf<'failed'>): Error {
    if (name === 'PasswordException') return encrypted(this.#file);
    if (name === 'ENOENT' || name === 'EACCES' || name === 'EISDIR' || name === 'EPERM') {
      return readError(this.#file, Object.assign(new Error(message), { code: name }));
    }
    return damaged(this.#file, message.replace(/\.$/, ''));
  }
}
