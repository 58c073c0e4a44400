/**
 * Tokens with their places in the text.
 *
 * The tokenizer library gives ids but no offsets, and walks the whole text for every document. BERT's pre-tokenizer
 * cuts at white space, punctuation and CJK characters before WordPiece runs, so a text can be cut the same way here
 * and each word given to the library once: words repeat, so nearly all come from the memory, and each token knows its
 * word's place. A test holds this against the library on whole texts.
 */
import type { Tokenizer } from '@huggingface/tokenizers';
import type { Span } from '../../core/text/span.ts';

export interface TokenizedText {
  readonly ids: Int32Array;
  /** Start and end of each token's word in the text: `[start₀, end₀, start₁, …]`. */
  readonly spans: Int32Array;
}

/** Hangul and kana are no "Chinese characters" for BERT; the ranges are those of its reference implementation. */
const CJK =
  '\\u4e00-\\u9fff\\u3400-\\u4dbf\\u{20000}-\\u{2a6df}\\u{2a700}-\\u{2b73f}\\u{2b740}-\\u{2b81f}\\u{2b820}-\\u{2ceaf}\\uf900-\\ufaff\\u{2f800}-\\u{2fa1f}';
const PUNCTUATION = '\\p{P}\\u0021-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u007e';
const WORD = new RegExp(`[${PUNCTUATION}]|[${CJK}]|[^\\s${PUNCTUATION}${CJK}]+`, 'gu');

/** Distinct words of a large corpus fit; the bound only keeps a hostile one from eating the memory. */
const MEMORY_LIMIT = 500_000;

export class BertTokenizer {
  readonly #tokenizer: Tokenizer;
  readonly #memory = new Map<string, Int32Array>();

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
  }

  tokenize(text: string): TokenizedText {
    const ids: number[] = [];
    const spans: number[] = [];
    for (const match of text.matchAll(WORD)) {
      const start = match.index;
      const end = start + match[0].length;
      for (const id of this.#wordIds(match[0])) {
        ids.push(id);
        spans.push(start, end);
      }
    }
    return { ids: Int32Array.from(ids), spans: Int32Array.from(spans) };
  }

  #wordIds(word: string): Int32Array {
    const known = this.#memory.get(word);
    if (known) return known;
    const ids = Int32Array.from(this.#tokenizer.encode(word, { add_special_tokens: false }).ids);
    if (this.#memory.size >= MEMORY_LIMIT) this.#memory.clear();
    this.#memory.set(word, ids);
    return ids;
  }
}

export const tokenSpan = (tokens: TokenizedText, index: number): Span => ({
  start: tokens.spans[2 * index] ?? 0,
  end: tokens.spans[2 * index + 1] ?? 0,
});
