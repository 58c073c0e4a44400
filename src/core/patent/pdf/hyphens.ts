/**
 * Puts words together that were divided at the end of a line. A hyphen that belongs to the word (`self-locking`) and
 * one of the typesetter look the same, so the words of the document decide, and else what the parts look like.
 */

/** A line's end that may divide a word: hyphen, soft hyphen, typographic hyphen. */
const DIVIDED = /([\p{L}\p{N}]+)[-\u00ad\u2010]$/u;
/** Parts that a hyphen usually follows, and that seldom are the first half of a divided word. */
const BEFORE_HYPHEN = new Set(['self', 'well', 'half', 'cross', 'quasi', 'non', 'two', 'three']);
/** In UTF-16 units; German has some. [ours] */
const LONGEST_WORD = 80;
const SOFT_HYPHEN = '\u00ad';

/** Words seen so far, lower case. Bounded: the vocabulary of a document is; that of a hostile file is cut off. [ours] */
const MOST_WORDS = 200_000;

export class Hyphens {
  readonly #words = new Set<string>();

  /** Learns the words of a line; the first and last may be parts of words. */
  learn(line: string): void {
    if (this.#words.size > MOST_WORDS) return;
    const words = line.toLowerCase().match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [];
    for (const word of DIVIDED.test(line) ? words.slice(0, -1) : words) this.#words.add(word);
  }

  /** Whether the last word of `before` goes on in the next line. */
  divides(before: string, after: string): boolean {
    return DIVIDED.test(before.slice(-LONGEST_WORD)) && /^[\p{L}\p{N}]/u.test(after);
  }

  /** The two parts as one text; only for those that {@link divides} says yes to. */
  join(before: string, after: string): string {
    const bare = before.slice(0, -1);
    return this.#isOneWord(before, after) ? bare + after : `${bare}-${after}`;
  }

  #isOneWord(before: string, after: string): boolean {
    if (before.endsWith(SOFT_HYPHEN)) return true;
    const left = (DIVIDED.exec(before.slice(-LONGEST_WORD))?.[1] ?? '').toLowerCase();
    const right = /^[\p{L}\p{N}]+/u.exec(after)?.[0] ?? '';
    if (!/^\p{Ll}/u.test(right) || /\d$/.test(left)) return false;
    if (this.#words.has(left + right)) return true;
    if (this.#words.has(`${left}-${right}`)) return false;
    return !BEFORE_HYPHEN.has(left);
  }
}
