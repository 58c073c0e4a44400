/**
 * MinHash signatures and their bands (Broder 1997; Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", 3.4).
 *
 * Two documents of Jaccard similarity s are looked at with probability 1 − (1 − s^ROWS)^BANDS:
 *
 *   s        0.1     0.2     0.3    0.4    0.5    0.6    0.7    0.8      0.9
 *   chance   0.0002  0.008   0.06   0.23   0.55   0.87   0.99   0.99995  1.00000
 *
 * so of the pairs at the threshold of 0.8 one in 20,000 is missed. What is looked at is then compared exactly.
 */
import { Random } from '../../random.ts';
import { mixed } from '../../text/words.ts';

export const BANDS = 25;
export const ROWS = 5;
export const SIGNATURE = BANDS * ROWS;

/** The chance that a pair of this similarity is looked at. */
export const chanceOfLooking = (similarity: number): number => 1 - (1 - similarity ** ROWS) ** BANDS;

const [LOW_FACTORS, HIGH_FACTORS, OFFSETS] = coefficients();

function coefficients(): [Int32Array, Int32Array, Int32Array] {
  // Any seed does; it is fixed so that a report can be repeated.
  const random = new Random(20260524);
  const draw = (odd: number): Int32Array =>
    Int32Array.from({ length: SIGNATURE }, () => random.word() | odd | 0);
  return [draw(1), draw(1), draw(0)];
}

/** Writes the signature of a set that is not empty to `into[at, at + SIGNATURE)`. */
export function writeSignature(set: Float64Array, into: Uint32Array, at: number): void {
  into.fill(0xffffffff, at, at + SIGNATURE);
  for (const shingle of set) {
    const low = shingle | 0;
    const high = Math.floor(shingle / 2 ** 32) | 0;
    for (let row = 0; row < SIGNATURE; row++) {
      let hash =
        Math.imul(low, LOW_FACTORS[row] ?? 0) + Math.imul(high, HIGH_FACTORS[row] ?? 0) + (OFFSETS[row] ?? 0);
      hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
      if (hash < (into[at + row] ?? 0)) into[at + row] = hash;
    }
  }
}

/** A hash of one band of the signature at `at`. */
export function bandHash(signatures: Uint32Array, at: number, band: number): number {
  let hash = band;
  for (let row = band * ROWS; row < (band + 1) * ROWS; row++) {
    hash = mixed(Math.imul(hash, 31) + (signatures[at + row] ?? 0));
  }
  return hash >>> 0;
}
