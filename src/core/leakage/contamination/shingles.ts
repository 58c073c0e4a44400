/** A document as the set of its shingles (METHODS 4: five words), and how much two of them share. */
import { gramHashes, wordHashes } from '../../text/words.ts';

/** METHODS 4. */
export const SHINGLE_WORDS = 5;

/** Hashes of the shingles, ascending, each once. A text shorter than a shingle is one; a text without words has none. */
export function shingleSet(text: string): Float64Array {
  const words = wordHashes(text);
  if (words.count === 0) return new Float64Array();
  const sorted = gramHashes(words, Math.min(SHINGLE_WORDS, words.count)).sort();
  let count = 0;
  for (let at = 0; at < sorted.length; at++) {
    if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[count++] = sorted[at] ?? 0;
  }
  return sorted.slice(0, count);
}

/** |A ∩ B| / |A ∪ B|; 0 for two empty sets, which share nothing. */
export function jaccard(one: Float64Array, other: Float64Array): number {
  let shared = 0;
  for (let a = 0, b = 0; a < one.length && b < other.length;) {
    const difference = (one[a] ?? 0) - (other[b] ?? 0);
    if (difference === 0) shared++;
    if (difference <= 0) a++;
    if (difference >= 0) b++;
  }
  const union = one.length + other.length - shared;
  return union === 0 ? 0 : shared / union;
}
