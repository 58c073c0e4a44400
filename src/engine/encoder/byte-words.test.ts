/** Byte-level tokens: the library's own ids on whole texts, each with the place of its word. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import { temporaryFolder } from '../testing/folder.ts';
import {
  byteTokenizer,
  MODERNBERT_SPECIAL,
  ROBERTA_SPECIAL,
  type ByteTokenizerOptions,
} from './testing/byte-tokenizer.ts';
import { openTokenizer } from './tokenizer.ts';
import { MASK_TEXT, type WordTokenizer } from './tokens.ts';

const WORDS = ['wheel', 'wheelchair', 'lamp', 'the', 'comprises', 'état'];
const KINDS: Readonly<Record<string, ByteTokenizerOptions>> = {
  'as RoBERTa has it': { special: ROBERTA_SPECIAL, words: WORDS },
  'with a blank before every text': { special: ROBERTA_SPECIAL, words: WORDS, prefixed: true },
  'as ModernBERT has it': {
    special: MODERNBERT_SPECIAL,
    words: WORDS,
    composed: true,
    whole: ['  ', '    ', '\t\t', '|||EMAIL_ADDRESS|||'],
  },
};

const TEXTS: Readonly<Record<string, string>> = {
  nothing: '',
  'a sentence':
    "The wheelchair (10) comprises a lamp, two wheels; it doesn’t tip. They’ll say it isn't so, I'd say.",
  'blanks of all kinds': '  two  four    then\ttab\t\ttabs \n\n line\r\nend \u00a0\u2003\u3000 x \v\f y   ',
  'numbers and signs': '1,234.56 µm ½ ² № 5 °C 10⁻³Ω a-b_c—d…e“f”g ...!? $(x) #1',
  'composed and not':
    'Überprüfung naïve e\u0301tat état Å\u0323ngström \u0301alone a \u0301b 한국어 \u1112\u1161\u11ab \u2126',
  'other scripts and emoji': '车轮椅wheelchair カタカナ 👩‍🦽 rolls 🇪🇺 كرسي عـ ﬁ Ǆ',
  'lone surrogates and noncharacters': 'wheel\ud800chair \udc00 \ufffe x\u0000y\u0007',
  'a token of the vocabulary': 'write to |||EMAIL_ADDRESS||| or (|||EMAIL_ADDRESS|||) now',
};

async function opened(options: ByteTokenizerOptions): Promise<{ own: WordTokenizer; library: Tokenizer }> {
  const definition = byteTokenizer(options);
  const folder = path.join(await temporaryFolder(), 'tokenizer');
  await mkdir(folder);
  await writeFile(path.join(folder, 'tokenizer.json'), JSON.stringify(definition));
  await writeFile(path.join(folder, 'tokenizer_config.json'), '{}');
  return { own: await openTokenizer(folder), library: new Tokenizer(definition, {}) };
}

describe.each(Object.entries(KINDS))('byte-level tokens %s', (_kind, options) => {
  it('are the library’s, text by text', async () => {
    const { own, library } = await opened(options);
    const expected = (text: string) => library.encode(text, { add_special_tokens: false }).ids;
    for (const [what, text] of Object.entries(TEXTS))
      expect([...own.tokenize(text).ids], what).toEqual(expected(text));
    const random = new Random(1);
    const characters = [...Object.values(TEXTS).join('')];
    for (let n = 0; n < 300; n++) {
      const text = Array.from({ length: 30 }, () => characters[random.integer(characters.length)]).join('');
      expect([...own.tokenize(text).ids], JSON.stringify(text)).toEqual(expected(text));
    }
  });

  it('point at their words', async () => {
    const { own } = await opened(options);
    const text = Object.values(TEXTS).join('\n');
    const { ids, spans } = own.tokenize(text);
    expect(spans).toHaveLength(2 * ids.length);
    let covered = 0;
    for (let token = 0; token < ids.length; token++) {
      const [start, end] = [spans[2 * token] ?? -1, spans[2 * token + 1] ?? -1];
      expect(start === covered || start === (spans[2 * token - 2] ?? -1)).toBe(true);
      covered = end;
    }
    // Nothing of the text belongs to no token.
    expect(covered).toBe(text.length);
  });

  it('do not let a document give the model commands, and hide words where they are masked', async () => {
    const { own } = await opened(options);
    const specialIds = options.special.map((_, id) => id);
    const spelled = own.tokenize(options.special.join(' '));
    expect([...spelled.ids].filter((id) => specialIds.includes(id))).toEqual([]);
    expect(own.maskToken).toBe(4);
    expect([...own.tokenize(`the${MASK_TEXT}lamp`).ids].filter((id) => id === own.maskToken)).toHaveLength(1);
  });
});

describe('a tokenizer of another kind', () => {
  it.each([
    [
      'pieces of sentences',
      { model: { type: 'Unigram', vocab: [['a', 0]], unk_id: 0 }, pre_tokenizer: { type: 'Metaspace' } },
    ],
    ['another normalisation', { normalizer: { type: 'Lowercase' } }],
    ['another cutting', { pre_tokenizer: { type: 'Whitespace' } }],
  ])('is refused by name: %s', async (_what, changed) => {
    const folder = await temporaryFolder({
      'tokenizer.json': JSON.stringify({
        ...byteTokenizer({ special: ROBERTA_SPECIAL, words: WORDS }),
        ...changed,
      }),
      'tokenizer_config.json': '{}',
    });
    await expect(openTokenizer(folder)).rejects.toMatchObject({
      code: 'encoder-unsupported',
      message: expect.stringContaining(Object.values(changed).at(-1)?.type ?? '?') as unknown,
    });
  });
});
