/** The longest run of words that two texts share: what a person is shown as the reason of a near-duplicate. */
import type { Span } from './span.ts';
import { wordHashes, wordSpan, type WordHashes } from './words.ts';

export interface SharedPassage {
  readonly words: number;
  /** Where it stands in each text. */
  readonly first: Span;
  readonly second: Span;
}

/**
 * Undefined where the texts share no word. Runs of one length are compared by their hashes, and the length is found by
 * halving (a shared run holds shared runs of every smaller length), so the time is n log n also for texts that repeat
 * themselves.
 */
export function longestSharedPassage(first: string, second: string): SharedPassage | undefined {
  const [a, b] = [wordHashes(first), wordHashes(second)];
  let low = 0;
  let high = Math.min(a.count, b.count);
  let best: readonly [number, number] | undefined;
  while (low < high) {
    const length = (low + high + 1) >> 1;
    const found = sharedRun(a, b, length);
    if (found) [low, best] = [length, found];
    else high = length - 1;
  }
  if (!best) return undefined;
  return {
    words: low,
    first: wordSpan(a, best[0], best[0] + low),
    second: wordSpan(b, best[1], best[1] + low),
  };
}

/** First positions of a run of so many words in both texts. */
function sharedRun(a: WordHashes, b: WordHashes, length: number): readonly [number, number] | undefined {
  const positions = new Map<number, number>();
  rolled(b, length, (hash, at) => {
    if (!positions.has(hash)) positions.set(hash, at);
    return false;
  });
  let found: readonly [number, number] | undefined;
  rolled(a, length, (hash, at) => {
    const other = positions.get(hash);
    if (other === undefined || !equalRuns(a, at, b, other, length)) return false;
    found = [at, other];
    return true;
  });
  return found;
}

const BASE = 0x01000193;
const OTHER_BASE = 0x5bd1e995;

/** Visits the hash of every run of `length` words until `visit` says that it is enough. */
export function rolled(
  { count, low, high }: WordHashes,
  length: number,
  visit: (hash: number, at: number) => boolean,
): void {
  if (length < 1 || count < length) return;
  let [power, otherPower] = [1, 1];
  for (let word = 1; word < length; word++) {
    power = Math.imul(power, BASE);
    otherPower = Math.imul(otherPower, OTHER_BASE);
  }
  let [a, b] = [0, 0];
  for (let word = 0; word < count; word++) {
    const out = word - length;
    if (out >= 0) {
      a = (a - Math.imul(low[out] ?? 0, power)) | 0;
      b = (b - Math.imul(high[out] ?? 0, otherPower)) | 0;
    }
    a = (Math.imul(a, BASE) + (low[word] ?? 0)) | 0;
    b = (Math.imul(b, OTHER_BASE) + (high[word] ?? 0)) | 0;
    if (word >= length - 1 && visit((b >>> 11) * 2 ** 32 + (a >>> 0), word - length + 1)) return;
  }
}

export function equalRuns(
  a: WordHashes,
  from: number,
  b: WordHashes,
  other: number,
  length: number,
): boolean {
  for (let word = 0; word < length; word++) {
    if (a.low[from + word] !== b.low[other + word] || a.high[from + word] !== b.high[other + word])
      return false;
  }
  return true;
}
