/**
 * A text as hashes of its words, for comparing documents: case, punctuation and blanks do not count, and a character
 * of a script without blanks is a word. Two independent 32-bit hashes a word make a mix-up of words as good as
 * impossible (about 2⁻⁶⁴ a pair).
 */
import type { Span } from './span.ts';
import { classAt, classOf, INVISIBLE, SINGLE, SURROGATE, unitsAt, WORD } from './characters.ts';

export interface WordHashes {
  readonly count: number;
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** Offsets of each word in the text. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Lower case of each unit whose lower case is one unit; filled as units are met. */
const lower = new Uint16Array(0x10000);

function lowerOf(unit: number): number {
  if (unit < 128) return unit >= 65 && unit <= 90 ? unit | 32 : unit;
  const known = lower[unit] ?? 0;
  if (known !== 0) return known;
  const small = String.fromCharCode(unit).toLowerCase();
  const found = small.length === 1 ? small.charCodeAt(0) : unit;
  lower[unit] = found;
  return found;
}

export function wordHashes(text: string): WordHashes {
  let room = Math.max(16, text.length >> 2);
  let low = new Int32Array(room);
  let high = new Int32Array(room);
  let starts = new Int32Array(room);
  let ends = new Int32Array(room);
  let count = 0;
  for (let at = 0; at < text.length;) {
    const start = at;
    const kind = classAt(text, at);
    if (kind !== WORD && kind !== SINGLE) {
      at += unitsAt(text, at);
      continue;
    }
    let [a, b] = [0x811c9dc5 | 0, 0x2f0b4a27 | 0];
    let end = at;
    while (at < text.length) {
      const unit = text.charCodeAt(at);
      const next = classOf(unit);
      const inWord = next === SURROGATE ? classAt(text, at) : next;
      if (inWord === INVISIBLE) {
        at += unitsAt(text, at);
        continue;
      }
      if (inWord !== WORD && at !== start) break;
      for (const last = at + unitsAt(text, at); at < last; at++) {
        const small = lowerOf(text.charCodeAt(at));
        a = Math.imul(a ^ small, 0x01000193);
        b = Math.imul(b + small, 0x5bd1e995);
        b ^= b >>> 13;
      }
      end = at;
      if (kind === SINGLE) break;
    }
    if (count === room) {
      room *= 2;
      [low, high, starts, ends] = [wider(low), wider(high), wider(starts), wider(ends)];
    }
    low[count] = mixed(a);
    high[count] = mixed(b);
    starts[count] = start;
    ends[count++] = end;
    at = Math.max(at, end);
  }
  return {
    count,
    low: low.subarray(0, count),
    high: high.subarray(0, count),
    starts: starts.subarray(0, count),
    ends: ends.subarray(0, count),
  };
}

function wider(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * values.length);
  larger.set(values);
  return larger;
}

/** Murmur3's finaliser: every bit of a word counts in every bit of its hash. */
export function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** The range of words `[from, to)` in the text. */
export const wordSpan = (words: WordHashes, from: number, to: number): Span => ({
  start: words.starts[from] ?? 0,
  end: words.ends[to - 1] ?? 0,
});

/**
 * A hash of every run of `size` words, in order: 53 bits, the most a number holds exactly. Among a million different
 * runs, two share a hash with a probability of about 0.00006.
 */
export function gramHashes({ count, low, high }: WordHashes, size: number): Float64Array {
  const grams = new Float64Array(Math.max(0, count - size + 1));
  for (let at = 0; at < grams.length; at++) {
    let [a, b] = [size, ~size];
    for (let word = at; word < at + size; word++) {
      a = Math.imul(a, 0x01000193) + (low[word] ?? 0);
      b = Math.imul(b, 0x5bd1e995) + (high[word] ?? 0);
    }
    grams[at] = (mixed(b) >>> 11) * 2 ** 32 + (mixed(a | 0) >>> 0);
  }
  return grams;
}
