/**
 * Finds the first record with a key among very many, in 12 to 24 bytes a key: keys are kept as 64 bits of their
 * SHA-256, so that a million records with five keys each cost about 100 MB and not a gigabyte of strings. Two keys of a
 * million share these bits with a probability of 3 in 100 million. [ours]
 */
import { createHash } from 'node:crypto';

/** Bytes of a key's digest as it is stored. */
export const DIGEST_BYTES = 8;

/** Slots in use, at most, before the table doubles. */
const LOAD = 0.7;

export const digestOf = (key: string): Buffer =>
  createHash('sha256').update(key, 'utf8').digest().subarray(0, DIGEST_BYTES);

export class KeyIndex {
  #capacity = 1024;
  #size = 0;
  #high = new Uint32Array(this.#capacity);
  #low = new Uint32Array(this.#capacity);
  /** Record number plus one; zero is an empty slot. */
  #records = new Uint32Array(this.#capacity);

  get size(): number {
    return this.#size;
  }

  /** The record that has this key already; otherwise the key now belongs to `record`, and the answer is undefined. */
  claim(digest: Uint8Array, record: number, at = 0): number | undefined {
    const view = new DataView(digest.buffer, digest.byteOffset + at, DIGEST_BYTES);
    const [high, low] = [view.getUint32(0), view.getUint32(4)];
    const slot = this.#find(high, low);
    const found = this.#records[slot] ?? 0;
    if (found > 0) return found - 1;
    this.#put(slot, high, low, record + 1);
    this.#size++;
    if (this.#size > this.#capacity * LOAD) this.#grow();
    return undefined;
  }

  /** The slot of a key, or the empty one where it belongs. */
  #find(high: number, low: number): number {
    const mask = this.#capacity - 1;
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & mask;
    while ((this.#records[slot] ?? 0) > 0 && (this.#high[slot] !== high || this.#low[slot] !== low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #put(slot: number, high: number, low: number, value: number): void {
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#records[slot] = value;
  }

  #grow(): void {
    const [high, low, records] = [this.#high, this.#low, this.#records];
    this.#capacity *= 2;
    this.#high = new Uint32Array(this.#capacity);
    this.#low = new Uint32Array(this.#capacity);
    this.#records = new Uint32Array(this.#capacity);
    for (let at = 0; at < records.length; at++) {
      const value = records[at] ?? 0;
      if (value === 0) continue;
      const [h, l] = [high[at] ?? 0, low[at] ?? 0];
      this.#put(this.#find(h, l), h, l, value);
    }
  }
}
