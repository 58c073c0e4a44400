/** The real encoder, loaded once a test file. */
import { EmbeddingCache } from '../cache/embedding-cache.ts';
import { Embedder } from '../encoder/embedder.ts';
import { Encoder } from '../encoder/encoder.ts';
import { ENCODER } from './repository.ts';

let loaded: Promise<Encoder> | undefined;

export const realEncoder = (): Promise<Encoder> => (loaded ??= Encoder.load(ENCODER));

let memory: Promise<Embedder> | undefined;

/** An embedder that remembers in memory for the rest of the test file. */
export const realEmbedder = (): Promise<Embedder> => (memory ??= freshEmbedder());

/** One that has not seen anything, or has its memory in a folder. */
export async function freshEmbedder(
  folder?: string,
  warn: (message: string) => void = () => undefined,
): Promise<Embedder> {
  const encoder = await realEncoder();
  return new Embedder(encoder, await EmbeddingCache.open(folder, encoder.spec, warn));
}
