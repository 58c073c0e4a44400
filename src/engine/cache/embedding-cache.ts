/**
 * Embeddings by content: one append-only file per encoder, safe to delete.
 *
 * A record is `magic · key · vector · checksum`, all of fixed size, so that a torn tail or two windows writing at once
 * cost only the records they touch: the reader skips to the next magic whose checksum holds. When the disk is full
 * the cache says so once and goes on in memory; nothing depends on it but time.
 */
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from './crc32.ts';

const MAGIC = Buffer.from('PB01', 'latin1');
const KEY_BYTES = 32;

export class EmbeddingCache {
  readonly #file: string | undefined;
  readonly #dimension: number;
  readonly #vectors = new Map<string, Float32Array>();
  readonly #warn: (message: string) => void;
  #pending: Buffer[] = [];
  #broken = false;

  private constructor(file: string | undefined, dimension: number, warn: (message: string) => void) {
    this.#file = file;
    this.#dimension = dimension;
    this.#warn = warn;
  }

  /** Without a folder the cache lives in memory only. */
  static async open(
    folder: string | undefined,
    encoder: { readonly sha256: string; readonly dimension: number },
    warn: (message: string) => void,
  ): Promise<EmbeddingCache> {
    const file = folder && path.join(folder, `${encoder.sha256.slice(0, 16)}.embeddings`);
    const cache = new EmbeddingCache(file, encoder.dimension, warn);
    if (file) cache.#load(await readFile(file).catch(() => Buffer.alloc(0)));
    return cache;
  }

  get size(): number {
    return this.#vectors.size;
  }

  static key(text: string): string {
    return createHash('sha256').update(text).digest('hex');
  }

  has(key: string): boolean {
    return this.#vectors.has(key);
  }

  get(key: string): Float32Array | undefined {
    return this.#vectors.get(key);
  }

  set(key: string, vector: Float32Array): void {
    if (this.#vectors.has(key)) return;
    this.#vectors.set(key, vector);
    if (this.#file && !this.#broken) this.#pending.push(this.#record(key, vector));
  }

  /** Writes what is new; call it now and then in long work, and at its end. */
  async flush(): Promise<void> {
    if (!this.#file || this.#pending.length === 0) return;
    const records = Buffer.concat(this.#pending);
    this.#pending = [];
    try {
      await mkdir(path.dirname(this.#file), { recursive: true });
      await appendFile(this.#file, records);
    } catch (cause) {
      if (this.#broken) return;
      this.#broken = true;
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.#warn(`The embedding cache cannot be written (${reason}); going on without it.`);
    }
  }

  #record(key: string, vector: Float32Array): Buffer {
    const record = Buffer.alloc(this.#recordBytes);
    MAGIC.copy(record);
    record.write(key, 4, 'hex');
    vector.forEach((value, i) => record.writeFloatLE(value, 4 + KEY_BYTES + 4 * i));
    record.writeUInt32LE(crc32(record.subarray(0, record.length - 4)), record.length - 4);
    return record;
  }

  get #recordBytes(): number {
    return 4 + KEY_BYTES + 4 * this.#dimension + 4;
  }

  #load(content: Buffer): void {
    const bytes = this.#recordBytes;
    for (let at = 0; ;) {
      at = content.indexOf(MAGIC, at);
      if (at === -1 || at + bytes > content.length) return;
      const record = content.subarray(at, at + bytes);
      if (record.readUInt32LE(bytes - 4) !== crc32(record.subarray(0, bytes - 4))) {
        at++;
        continue;
      }
      const vector = new Float32Array(this.#dimension);
      for (let i = 0; i < vector.length; i++) vector[i] = record.readFloatLE(4 + KEY_BYTES + 4 * i);
      this.#vectors.set(record.toString('hex', 4, 4 + KEY_BYTES), vector);
      at += bytes;
    }
  }
}
