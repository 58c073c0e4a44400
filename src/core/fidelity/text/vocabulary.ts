/** Texts as numbers, one a word, the same word the same number: what word statistics are counted on. */
import { mixed, wordHashes } from '../../text/words.ts';
import { pacedBy, type Pause } from '../pace.ts';

export class Vocabulary {
  readonly #numbers = new Map<number, number>();

  get size(): number {
    return this.#numbers.size;
  }

  /** The words of a text, numbered from 0 in the order in which they were first met. */
  words(text: string): Int32Array {
    const { count, low, high } = wordHashes(text);
    const words = new Int32Array(count);
    for (let at = 0; at < count; at++) {
      // 53 bits of the two hashes: among a million words, two share them with a probability of about 0.00006.
      const key = (mixed(high[at] ?? 0) >>> 11) * 2 ** 32 + (mixed(low[at] ?? 0) >>> 0);
      let number = this.#numbers.get(key);
      if (number === undefined) {
        number = this.#numbers.size;
        this.#numbers.set(key, number);
      }
      words[at] = number;
    }
    return words;
  }
}

export type Words = Int32Array;

/** Characters between two pauses. */
const PACE = 500_000;

export async function wordsOfAll(
  texts: readonly string[],
  vocabulary: Vocabulary,
  pause: Pause,
): Promise<readonly Words[]> {
  const pace = pacedBy(pause, PACE);
  const words: Words[] = [];
  for (const text of texts) {
    await pace(text.length);
    words.push(vocabulary.words(text));
  }
  return words;
}

/** Runs of one to `longest` words as numbers: a run gets its number from the run without its last word. */
export class Grams {
  readonly #numbers: readonly Map<number, number>[];
  readonly #vocabulary: number;

  /** @param vocabulary more than any word's number. */
  constructor(vocabulary: number, longest: number) {
    this.#vocabulary = Math.max(1, vocabulary);
    this.#numbers = Array.from({ length: longest - 1 }, () => new Map<number, number>());
  }

  /** The runs of 1, 2 … `longest` words of a document, in order. */
  of(words: Words): readonly Int32Array[] {
    const orders: Int32Array[] = [words];
    for (const [step, numbers] of this.#numbers.entries()) {
      const shorter = orders[step] ?? words;
      const runs = new Int32Array(Math.max(0, shorter.length - 1));
      for (let at = 0; at < runs.length; at++) {
        const key = (shorter[at] ?? 0) * this.#vocabulary + (words[at + step + 1] ?? 0);
        let number = numbers.get(key);
        if (number === undefined) {
          number = numbers.size;
          numbers.set(key, number);
        }
        runs[at] = number;
      }
      orders.push(runs);
    }
    return orders;
  }
}
