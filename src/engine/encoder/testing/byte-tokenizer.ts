/** Small byte-level tokenizers of the forms that RoBERTa and ModernBERT have, for a few words. */

export interface ByteTokenizerOptions {
  /** In the order of their ids, from 0; the mask token among them. */
  readonly special: readonly string[];
  /** Words that become one token, with the blank before them. */
  readonly words: readonly string[];
  /** Stretches of text that are tokens of their own, such as runs of blanks. */
  readonly whole?: readonly string[];
  readonly composed?: boolean;
  readonly prefixed?: boolean;
}

/** GPT-2's spelling of bytes: printable ones as themselves, the others from U+0100 on (Radford et al. 2019). */
function byteSpellings(): readonly string[] {
  const printable = (byte: number): boolean =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
  let beyond = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : beyond++));
}

/** The content of `tokenizer.json`. */
export type ByteTokenizerDefinition = Record<string, unknown> & {
  readonly model: Record<string, unknown> & { readonly vocab: Readonly<Record<string, number>> };
};

export function byteTokenizer({
  special,
  words,
  whole = [],
  composed = false,
  prefixed = false,
}: ByteTokenizerOptions): ByteTokenizerDefinition {
  const spellings = byteSpellings();
  const pieces = new Set<string>();
  const merges: [string, string][] = [];
  for (const word of words) {
    const letters = [...new TextEncoder().encode(` ${word}`)].map((byte) => spellings[byte] ?? '');
    letters.reduce((left, right) => {
      if (!pieces.has(left + right)) merges.push([left, right]);
      pieces.add(left + right);
      return left + right;
    });
  }
  const vocabulary = [...special, ...spellings, ...pieces, ...whole];
  const ids = new Map(vocabulary.map((piece, id) => [piece, id]));
  const added = (content: string, isSpecial: boolean) => ({
    id: ids.get(content) ?? 0,
    content,
    special: isSpecial,
    normalized: !isSpecial,
    single_word: false,
    lstrip: content.includes('mask') || content.includes('MASK'),
    rstrip: false,
  });
  return {
    version: '1.0',
    added_tokens: [
      ...special.map((content) => added(content, true)),
      ...whole.map((content) => added(content, false)),
    ],
    normalizer: composed ? { type: 'NFC' } : null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: prefixed, trim_offsets: true, use_regex: true },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(ids),
      merges: merges.map(([left, right]) => `${left} ${right}`),
    },
  };
}

export const ROBERTA_SPECIAL = ['<s>', '<pad>', '</s>', '<unk>', '<mask>'];
export const MODERNBERT_SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
