/** Texts as an encoder reads them, tokens and windows, without its model. */
import { sentences } from '../../core/text/sentences.ts';
import type { EncoderSpec } from './spec.ts';
import { openTokenizer } from './tokenizer.ts';
import type { TokenizedText, WordTokenizer } from './tokens.ts';
import { windowsOf, type Window } from './windows.ts';

/** How a text will be read. */
export interface Layout {
  readonly tokens: TokenizedText;
  readonly windows: readonly Window[];
  /** Texts longer than the token limit end here (exclusive); `tokens.ids.length` when all was read. */
  readonly read: number;
}

/** Content tokens of one text that are read at most; beyond, the cut is reported. [ours] */
export const TOKEN_LIMIT = 65_536;

export class TextReader {
  readonly spec: EncoderSpec;
  readonly #tokenizer: WordTokenizer;
  readonly #tokenLimit: number;

  private constructor(spec: EncoderSpec, tokenizer: WordTokenizer, tokenLimit: number) {
    this.spec = spec;
    this.#tokenizer = tokenizer;
    this.#tokenLimit = tokenLimit;
  }

  /** @throws `encoder-missing`, `encoder-unsupported` */
  static async open(folder: string, spec: EncoderSpec, tokenLimit = TOKEN_LIMIT): Promise<TextReader> {
    return new TextReader(spec, await openTokenizer(folder), tokenLimit);
  }

  /** What stands for a hidden word; undefined where the vocabulary has nothing. */
  get maskToken(): number | undefined {
    return this.#tokenizer.maskToken;
  }

  tokenize(text: string): TokenizedText {
    return this.#tokenizer.tokenize(text);
  }

  layout(text: string): Layout {
    const tokens = this.#tokenizer.tokenize(text);
    const read = Math.min(tokens.ids.length, this.#tokenLimit);
    const size = this.spec.maxTokens - 2;
    return { tokens, read, windows: windowsOf(read, size, sentenceBreaks(text, tokens, size)) };
  }
}

/** Token positions at which sentences start; only needed when the text does not fit one window. */
function sentenceBreaks(text: string, tokens: TokenizedText, size: number): readonly number[] {
  if (tokens.ids.length <= size) return [];
  const breaks: number[] = [];
  let token = 0;
  for (const span of sentences(text)) {
    while (token < tokens.ids.length && (tokens.spans[2 * token] ?? 0) < span.start) token++;
    breaks.push(token);
  }
  return breaks;
}
