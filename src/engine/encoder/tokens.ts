/**
 * Tokens with their places in the text.
 *
 * The tokenizer library gives ids but no offsets, and walks the whole text for every document. Pre-tokenizers cut a text
 * into words before the model of the vocabulary runs, so it can be cut the same way here and each word given to the
 * library once: words repeat, so nearly all come from the memory, and each token knows its word's place. Only text that
 * spells a special token (`[SEP]`) stays text here, because a document must not be able to give the model commands.
 */
import type { Tokenizer } from '@huggingface/tokenizers';
import type { Word } from './words.ts';

export interface TokenizedText {
  readonly ids: Int32Array;
  /** Start and end of each token's word in the text: `[start₀, end₀, start₁, …]`. */
  readonly spans: Int32Array;
}

/** Distinct words of a large corpus fit; the bound only keeps a hostile one from eating the memory. */
const MEMORY_LIMIT = 500_000;

/**
 * Stands for the tokenizer's own mask token, as `[MASK]` cannot, which is text like any other here. A noncharacter of
 * Unicode, which no office writes; in a document that has it all the same it is as good as an unknown word. The blanks
 * keep it a word of its own.
 */
export const MASK_MARK = '\uFDD0';
export const MASK_TEXT = ` ${MASK_MARK} `;

export interface WordTokenizerOptions {
  readonly words: (text: string) => Iterable<Word>;
  /** Of the vocabulary; undefined where it has none. */
  readonly maskToken: number | undefined;
  /** Put before the first word of a text that does not begin with it. */
  readonly prefix?: string;
}

export class WordTokenizer {
  readonly maskToken: number | undefined;
  readonly #tokenizer: Tokenizer;
  readonly #words: (text: string) => Iterable<Word>;
  readonly #prefix: string;
  readonly #memory = new Map<string, Int32Array>();

  /** @param tokenizer the library's, which gets one word at a time */
  constructor(tokenizer: Tokenizer, { words, maskToken, prefix = '' }: WordTokenizerOptions) {
    this.#tokenizer = tokenizer;
    this.#words = words;
    this.#prefix = prefix;
    this.maskToken = maskToken;
    this.#memoriseMask();
  }

  tokenize(text: string): TokenizedText {
    const ids: number[] = [];
    const spans: number[] = [];
    for (const { word, start } of this.#words(text)) {
      const isFirst = start === 0 && !word.startsWith(this.#prefix);
      for (const id of this.#wordIds(isFirst ? this.#prefix + word : word)) {
        ids.push(id);
        spans.push(start, start + word.length);
      }
    }
    return { ids: Int32Array.from(ids), spans: Int32Array.from(spans) };
  }

  #wordIds(word: string): Int32Array {
    const known = this.#memory.get(word);
    if (known) return known;
    if (this.#memory.size >= MEMORY_LIMIT) {
      this.#memory.clear();
      this.#memoriseMask();
    }
    const ids = Int32Array.from(this.#tokenizer.encode(word, { add_special_tokens: false }).ids);
    this.#memory.set(copyOf(word), ids);
    return ids;
  }

  #memoriseMask(): void {
    if (this.maskToken === undefined) return;
    // With the blank before it, where that belongs to the word.
    for (const word of [MASK_MARK, ` ${MASK_MARK}`]) this.#memory.set(word, Int32Array.of(this.maskToken));
  }
}

/** A match is a view of its text, so that remembering it would keep the whole document in memory. */
const copyOf = (word: string): string => JSON.parse(JSON.stringify(word)) as string;
