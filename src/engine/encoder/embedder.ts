/** Texts to embeddings, through the cache. */
import { EmbeddingCache } from '../cache/embedding-cache.ts';
import type { Task } from '../task.ts';
import type { Encoder } from './encoder.ts';

/** New embeddings are written after this many, so that a killed run keeps nearly all of its work. */
const FLUSH_EVERY = 64;

export class Embedder {
  readonly encoder: Encoder;
  readonly #cache: EmbeddingCache;
  #unwritten = 0;

  constructor(encoder: Encoder, cache: EmbeddingCache) {
    this.encoder = encoder;
    this.#cache = cache;
  }

  /** One text's embedding. Call {@link flush} at the end of the work. */
  async embed(text: string, task: Task): Promise<Float32Array> {
    const key = EmbeddingCache.key(text);
    const known = this.#cache.get(key);
    if (known) return known;
    const { embedding } = await this.encoder.encode(text, task);
    this.#cache.set(key, embedding);
    if (++this.#unwritten % FLUSH_EVERY === 0) await this.flush();
    return embedding;
  }

  /** Whether the text's embedding is at hand. */
  knows(text: string): boolean {
    return this.#cache.has(EmbeddingCache.key(text));
  }

  /** Writes what is new. */
  flush(): Promise<void> {
    return this.#cache.flush();
  }

  /** Row-major `[texts, dimension]`, in the order of the texts. Can be cancelled between two texts and between two windows of one. */
  async embedAll(texts: readonly string[], task: Task, message: string): Promise<Float32Array> {
    const { dimension } = this.encoder;
    const matrix = new Float32Array(texts.length * dimension);
    let fresh = 0;
    try {
      for (const [row, text] of texts.entries()) {
        if (!this.#cache.has(EmbeddingCache.key(text))) {
          await task.checkpoint();
          if (fresh++ % 8 === 0) task.progress(message, row, texts.length);
        }
        matrix.set(await this.embed(text, task), row * dimension);
      }
    } finally {
      await this.flush();
    }
    return matrix;
  }
}
