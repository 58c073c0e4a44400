/**
 * The words of a document, to tell a whole word from a part of one. Words at the two ends of a line may be parts, so
 * only what stands between counts.
 */

const TOKEN = /[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu;
/** Bounded: the vocabulary of a document is; that of a hostile file is cut off. [ours] */
const MOST_WORDS = 400_000;
/** Lines longer than this are learned from in part. */
const LONGEST_LINE = 100_000;

/** Shortest word at the end of a line that is likely whole. [ours] */
const LONG = 7;

export class Vocabulary {
  /** How often a word stands between others. */
  readonly #words = new Map<string, number>();
  /** Words at the ends of lines, if too long to be parts. */
  readonly #edges = new Set<string>();
  readonly #pairs = new Set<string>();

  learn(line: string): void {
    if (this.#words.size + this.#pairs.size >= MOST_WORDS) return;
    // Wide blanks are the gutter of two columns, so a line may have ends within.
    for (const part of line.slice(0, LONGEST_LINE).toLowerCase().split(/ {2,}/)) {
      const words = part.match(TOKEN) ?? [];
      for (const word of [words.at(0), words.at(-1)]) {
        if (word !== undefined && word.length >= LONG) this.#edges.add(word);
      }
      for (const [index, word] of words.slice(1, -1).entries()) {
        this.#words.set(word, (this.#words.get(word) ?? 0) + 1);
        if (index > 0) this.#pairs.add(`${words[index] ?? ''} ${word}`);
      }
    }
  }

  has(word: string): boolean {
    return this.#words.has(word.toLowerCase());
  }

  /** Whether the document has the last word of a line and the first of the next side by side elsewhere. */
  follows(left: string | undefined, right: string | undefined): boolean {
    if (left === undefined || right === undefined) return false;
    return this.#pairs.has(`${left} ${right}`.toLowerCase());
  }

  /** Whether the last word of a line is a part that the first of the next line completes. */
  continues(left: string | undefined, right: string | undefined): boolean {
    if (left === undefined || right === undefined) return false;
    const whole = (left + right).toLowerCase();
    const times = this.#count(whole) + (this.#edges.has(whole) ? 1 : 0);
    // Two words that stand side by side are each more frequent than what they would make together.
    return times > Math.min(this.#count(left), this.#count(right));
  }

  #count(word: string): number {
    return this.#words.get(word.toLowerCase()) ?? 0;
  }
}

/** Recognised text often has another mark where a hyphen ends the line, or none. */
export function lastWord(text: string): string | undefined {
  const tail = text.slice(-60);
  return PLAIN.test(tail) ? lastPlainWord(tail) : LAST_WORD.exec(tail)?.[0];
}
const PLAIN = /^[ -~]*$/;
const LAST_WORD = /(?<![\p{L}\p{N}])[\p{L}\p{N}]+(?=[-~»¬\u00ad\u2010]?\s*$)/u;

/** The same for ASCII without a regular expression, which would begin at every character: every line is asked for it. */
function lastPlainWord(tail: string): string | undefined {
  const trimmed = tail.trimEnd();
  const end = /[-~]$/.test(trimmed) ? trimmed.length - 1 : trimmed.length;
  let start = end;
  while (start > 0 && isPlainLetter(trimmed.charCodeAt(start - 1))) start--;
  return start === end ? undefined : trimmed.slice(start, end);
}

/** Digits count with the letters. */
const isPlainLetter = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);

/** Only small letters go on with a word. */
export const firstWord = (text: string): string | undefined => FIRST_WORD.exec(text.slice(0, 200))?.[1];
const FIRST_WORD = /^\s*['‘’]?(\p{Ll}+)/u;
