/** Documents by likeness, growing as outputs come: MinHash proposes, the shingle sets decide (METHODS 4). */
import { bandHash, BANDS, SIGNATURE, writeSignature } from '../../../core/leakage/contamination/minhash.ts';
import { jaccard, shingleSet } from '../../../core/leakage/contamination/shingles.ts';

export interface Near {
  readonly id: string;
  /** Exact similarity of the shingle sets. */
  readonly jaccard: number;
}

export class NearIndex {
  readonly #ids: string[] = [];
  readonly #sets: Float64Array[] = [];
  readonly #buckets = Array.from({ length: BANDS }, () => new Map<number, number[]>());

  add(id: string, text: string): void {
    const set = shingleSet(text);
    if (set.length === 0) return;
    const at = this.#ids.push(id) - 1;
    this.#sets.push(set);
    this.#eachBucket(set, (bucket) => bucket.push(at));
  }

  /** The most alike of those that MinHash proposes, whatever its similarity. */
  nearest(text: string): Near | undefined {
    const set = shingleSet(text);
    if (set.length === 0) return undefined;
    const candidates = new Set<number>();
    this.#eachBucket(set, (bucket) => bucket.forEach((at) => candidates.add(at)));
    let best: Near | undefined;
    for (const at of candidates) {
      const similarity = jaccard(set, this.#sets[at] ?? new Float64Array());
      if (similarity > (best?.jaccard ?? 0)) best = { id: this.#ids[at] ?? '', jaccard: similarity };
    }
    return best;
  }

  #eachBucket(set: Float64Array, visit: (bucket: number[]) => void): void {
    const signature = new Uint32Array(SIGNATURE);
    writeSignature(set, signature, 0);
    this.#buckets.forEach((buckets, band) => {
      const hash = bandHash(signature, 0, band);
      let bucket = buckets.get(hash);
      if (!bucket) buckets.set(hash, (bucket = []));
      visit(bucket);
    });
  }
}
