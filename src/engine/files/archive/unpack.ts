/**
 * Compressed bytes unpacked as a stream with constant memory, under the limits on what may come out of them. What came
 * out before damaged data is handed on before the error, so that a file that was cut off loses only its end; a plain
 * pipe would discard it. Unpacking works one piece ahead of the reader, beside it on another core.
 */
import type { Transform } from 'node:stream';
import type { ArchiveLimits } from './limits.ts';

/** Packed bytes a step; what they unpack to is in memory at once. [ours] */
const STEP = 32 * 1024;

export interface Unpacking {
  readonly limits: ArchiveLimits;
  /** Makes the error of a limit that was passed. */
  readonly tooLarge: (detail: string) => Error;
}

/** @param inflater undefined for bytes that are stored as they are. */
export async function* unpacked(
  packed: AsyncIterable<Buffer>,
  inflater: Transform | undefined,
  { limits, tooLarge }: Unpacking,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  let packedBytes = 0;
  const count = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes > limits.memberBytes) throw tooLarge(`It is longer than ${limits.memberBytes} bytes.`);
    if (inflater && bytes > limits.ratioFrom && bytes > limits.ratio * packedBytes) {
      throw tooLarge(
        `It unpacks to more than ${limits.ratio} times its size, as archives do that are made to fill a machine.`,
      );
    }
  };
  const unpacking = inflater
    ? inflated(packed, new Steps(inflater), (length) => (packedBytes += length))
    : packed;
  for await (const chunk of unpacking) {
    count(chunk);
    yield chunk;
  }
}

async function* inflated(
  packed: AsyncIterable<Buffer>,
  steps: Steps,
  passed: (length: number) => void,
): AsyncGenerator<Buffer> {
  let pending: Promise<readonly Buffer[]> | undefined;
  try {
    for await (const chunk of packed) {
      for (let at = 0; at < chunk.length; at += STEP) {
        const step = chunk.subarray(at, at + STEP);
        const before = await pending;
        passed(step.length);
        pending = steps.write(step);
        if (before) yield* before;
      }
    }
    if (pending) yield* await pending;
    yield* await steps.end();
  } finally {
    // A step that runs while the reader stops ends without anyone waiting for it.
    pending?.catch(() => undefined);
    steps.close();
  }
  steps.rethrow();
}

/** An unpacking stream that is fed step by step; the results of a step come with its end. */
class Steps {
  readonly #inflater: Transform;
  readonly #ended: Promise<void>;
  #output: Buffer[] = [];
  #over = false;
  #error: Error | undefined;

  constructor(inflater: Transform) {
    this.#inflater = inflater;
    inflater.on('data', (chunk: Buffer) => this.#output.push(chunk));
    this.#ended = new Promise((resolve) => {
      inflater.once('error', (error) => {
        this.#error = error;
        resolve();
      });
      inflater.once('end', resolve);
      inflater.once('close', resolve);
    });
    void this.#ended.then(() => {
      this.#over = true;
    });
  }

  async write(bytes: Buffer): Promise<readonly Buffer[]> {
    if (this.#over) return [];
    const written = new Promise<void>((resolve) => {
      this.#inflater.write(bytes, () => resolve());
    });
    await Promise.race([written, this.#ended]);
    return this.#take();
  }

  async end(): Promise<readonly Buffer[]> {
    if (!this.#over) this.#inflater.end();
    await this.#ended;
    return this.#take();
  }

  close(): void {
    this.#inflater.destroy();
  }

  rethrow(): void {
    if (this.#error) throw this.#error;
  }

  #take(): readonly Buffer[] {
    const taken = this.#output;
    this.#output = [];
    return taken;
  }
}
