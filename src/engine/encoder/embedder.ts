/** Texts to embeddings, through the cache. */
import { EmbeddingCache } from '../cache/embedding-cache.ts';
import type { Task } from '../task.ts';
import type { Encoder } from './encoder.ts';

/** New embeddings are written after this many, so that a killed run keeps nearly all of its work. */
const FLUSH_EVERY = 64;

export class Embedder {
  readonly encoder: Encoder;
  readonly #cache: EmbeddingCache;

  constructor(encoder: Encoder, cache: EmbeddingCache) {
    this.encoder = encoder;
    this.#cache = cache;
  }

  /** Row-major `[texts, dimension]`, in the order of the texts. Can be cancelled between two texts and between two windows of one. */
  async embedAll(texts: readonly string[], task: Task, message: string): Promise<Float32Array> {
    const { dimension } = this.encoder;
    const matrix = new Float32Array(texts.length * dimension);
    let fresh = 0;
    try {
      for (const [row, text] of texts.entries()) {
        const key = EmbeddingCache.key(text);
        let vector = this.#cache.get(key);
        if (!vector) {
          await task.checkpoint();
          if (fresh % 8 === 0) task.progress(message, row, texts.length);
          vector = (await this.encoder.encode(text, task)).embedding;
          this.#cache.set(key, vector);
          if (++fresh % FLUSH_EVERY === 0) await this.#cache.flush();
        }
        matrix.set(vector, row * dimension);
      }
    } finally {
      await this.#cache.flush();
    }
    return matrix;
  }
}
