/**
 * Tokens with their places in the text.
 *
 * The tokenizer library gives ids but no offsets, and walks the whole text for every document. BERT's pre-tokenizer
 * cuts at white space, punctuation and CJK characters before WordPiece runs, so a text can be cut the same way here
 * and each word given to the library once: words repeat, so nearly all come from the memory, and each token knows its
 * word's place. A test holds this against the library on whole texts; only text that spells a special token (`[SEP]`)
 * stays text here, because a document must not be able to give the model commands.
 */
import type { Tokenizer } from '@huggingface/tokenizers';

export interface TokenizedText {
  readonly ids: Int32Array;
  /** Start and end of each token's word in the text: `[start₀, end₀, start₁, …]`. */
  readonly spans: Int32Array;
}

/**
 * White space, and what is none: byte-order marks, form feeds and vertical tabs are dropped like other control
 * characters, so that the words around them are one.
 */
const BLANK = '\\t\\n\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
/** What stands alone. Hangul and kana are no "Chinese characters" for BERT, nor are those outside the basic plane here. */
const CJK = '\\u4e00-\\u9fff\\u3400-\\u4dbf\\uf900-\\ufaff';
const PUNCTUATION = '\\p{P}\\u0021-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u007e';
const WORD = new RegExp(`[${PUNCTUATION}]|[${CJK}]|[^${BLANK}${PUNCTUATION}${CJK}]+`, 'gu');
/** The one letter whose lower case depends on its neighbours (σ or ς), across punctuation too. */
const SIGMA = 'Σ';
const STRETCH = new RegExp(`[^${BLANK}]+`, 'gu');

/** Distinct words of a large corpus fit; the bound only keeps a hostile one from eating the memory. */
const MEMORY_LIMIT = 500_000;

/**
 * Stands for the tokenizer's own mask token, as `[MASK]` cannot, which is text like any other here. A noncharacter of
 * Unicode, which no office writes; in a document that has it all the same it is as good as an unknown word. The blanks
 * keep it a word of its own.
 */
export const MASK_MARK = '\uFDD0';
export const MASK_TEXT = ` ${MASK_MARK} `;

export class BertTokenizer {
  readonly #tokenizer: Tokenizer;
  readonly #memory = new Map<string, Int32Array>();

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
    this.#memorise(MASK_MARK, '[MASK]');
  }

  tokenize(text: string): TokenizedText {
    const ids: number[] = [];
    const spans: number[] = [];
    for (const { word, start } of wordsOf(text)) {
      for (const id of this.#wordIds(word)) {
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
      this.#memorise(MASK_MARK, '[MASK]');
    }
    return this.#memorise(copyOf(word), word);
  }

  #memorise(word: string, spelling: string): Int32Array {
    const ids = Int32Array.from(this.#tokenizer.encode(spelling, { add_special_tokens: false }).ids);
    this.#memory.set(word, ids);
    return ids;
  }
}

interface Word {
  readonly word: string;
  readonly start: number;
}

function* wordsOf(text: string): Generator<Word> {
  if (!text.includes(SIGMA)) {
    yield* matches(text, WORD);
    return;
  }
  for (const { word: stretch, start } of matches(text, STRETCH)) {
    if (stretch.includes(SIGMA)) yield { word: stretch, start };
    else for (const { word, start: within } of matches(stretch, WORD)) yield { word, start: start + within };
  }
}

function* matches(text: string, pattern: RegExp): Generator<Word> {
  for (const match of text.matchAll(pattern)) yield { word: match[0], start: match.index };
}

/** A match is a view of its text, so that remembering it would keep the whole document in memory. */
const copyOf = (word: string): string => JSON.parse(JSON.stringify(word)) as string;
