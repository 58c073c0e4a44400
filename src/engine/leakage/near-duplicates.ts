/**
 * The near-duplicates of one document among many that are known already: the same MinHash bands as the comparison of
 * all with all (core/leakage/contamination), kept so that a question costs the documents that look alike and no more.
 */
import { NEAR_DUPLICATE } from '../../core/leakage/contamination/contamination.ts';
import { bandHash, BANDS, SIGNATURE, writeSignature } from '../../core/leakage/contamination/minhash.ts';
import { jaccard, shingleSet } from '../../core/leakage/contamination/shingles.ts';

/** Look-alikes that are compared for one document; beyond them it is boilerplate. [ours] */
const MOST_CANDIDATES = 2000;

export interface NearDuplicate {
  /** Position of the document. */
  readonly at: number;
  readonly jaccard: number;
}

export class NearDuplicateIndex {
  readonly #texts: (position: number) => string;
  readonly #bands: readonly Map<number, number[]>[] = Array.from({ length: BANDS }, () => new Map());
  readonly #signature = new Uint32Array(SIGNATURE);

  /** @param texts of the documents, asked for again when they are compared. */
  constructor(texts: (position: number) => string) {
    this.#texts = texts;
  }

  add(position: number): void {
    if (!this.#sign(shingleSet(this.#texts(position)))) return;
    this.#bands.forEach((buckets, band) => {
      const hash = bandHash(this.#signature, 0, band);
      const bucket = buckets.get(hash);
      if (bucket) bucket.push(position);
      else buckets.set(hash, [position]);
    });
  }

  /** Most similar first; all of them at or over the threshold. */
  of(text: string): NearDuplicate[] {
    const set = shingleSet(text);
    if (!this.#sign(set)) return [];
    const candidates = new Set<number>();
    this.#bands.forEach((buckets, band) => {
      for (const position of buckets.get(bandHash(this.#signature, 0, band)) ?? []) {
        if (candidates.size < MOST_CANDIDATES) candidates.add(position);
      }
    });
    return [...candidates]
      .map((at) => ({ at, jaccard: jaccard(set, shingleSet(this.#texts(at))) }))
      .filter((found) => found.jaccard >= NEAR_DUPLICATE)
      .sort((a, b) => b.jaccard - a.jaccard || a.at - b.at);
  }

  #sign(set: Float64Array): boolean {
    if (set.length > 0) writeSignature(set, this.#signature, 0);
    return set.length > 0;
  }
}
