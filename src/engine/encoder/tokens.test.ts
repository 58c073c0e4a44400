/** Tokens: the library's own ids, and each with the place of its word. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { describe, expect, it } from 'vitest';
import { viewText } from '../../core/patent/view.ts';
import { Random } from '../../core/random.ts';
import { sharedData } from '../../core/testing/shared-data.ts';
import { readFileDocuments } from '../files/read-documents.ts';
import { ENCODER, SAMPLE_PATENTS } from '../testing/repository.ts';
import { bertWords } from './bert-words.ts';
import { MASK_TEXT, WordTokenizer } from './tokens.ts';

interface TokenizerFile {
  readonly model: { readonly vocab: Readonly<Record<string, number>> };
}

const readJson = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(ENCODER, name), 'utf8')) as Record<string, unknown>;

const definition = readJson('tokenizer.json');
const library = new Tokenizer(definition, readJson('tokenizer_config.json'));
const tokenizer = new WordTokenizer(library, { words: bertWords, maskToken: 103 });
const { vocab } = (definition as unknown as TokenizerFile).model;
const pieces = new Map(Object.entries(vocab).map(([piece, id]) => [id, piece]));
const UNKNOWN = 100;

const libraryIds = (text: string): number[] => library.encode(text, { add_special_tokens: false }).ids;
const ids = (text: string): number[] => [...tokenizer.tokenize(text).ids];

/** The text of each word with the pieces of its tokens, in order. */
function words(text: string): [string, string[]][] {
  const { ids: tokens, spans } = tokenizer.tokenize(text);
  const result: [string, string[]][] = [];
  let last = -1;
  tokens.forEach((id, token) => {
    const [start, end] = [spans[2 * token] ?? -1, spans[2 * token + 1] ?? -1];
    if (start !== last) result.push([text.slice(start, end), []]);
    result.at(-1)?.[1].push(pieces.get(id) ?? '');
    last = start;
  });
  return result;
}

const HOSTILE: Readonly<Record<string, string>> = {
  nothing: '',
  'white space alone': ' \t\r\n\u00a0\u2003\u3000',
  'accents, composed and not':
    'Überprüfung naïve façade Ångström a\u0308u\u0308 o\u0302\u0323 ÎLE İstanbul ß ﬁ Ǆ',
  'Chinese, Japanese, Korean': '车轮椅wheelchair椅子 カタカナ ひらがな 한국어 豈更',
  'ideographs outside the basic plane': 'ab\u{20000}cd \u{2a6df}\u{2f800}',
  'emoji with joiners and selectors': '👩‍🦽 rolls 👨‍👩‍👧‍👦 ♿️ 🇪🇺 #️⃣ 1️⃣ 👍🏽.',
  'combining marks in a heap': `a${'\u0301'.repeat(50)}b \u0301alone .\u0301x`,
  'zero-width characters': 'wheel\u200bchair wheel\u200cchair wheel\u200dchair wheel\u2060chair \u200b',
  'byte-order marks inside': '\ufeffwheel\ufeffchair \ufeff chair',
  'control characters':
    'wheel\u0000chair wheel\u0001chair wheel\u0007 \u007f chair\u0085chair wheel\u001bchair',
  'form feeds and vertical tabs': 'page\fpage line\vline',
  'soft hyphens': 'wheel\u00adchair \u00ad wheel\u00ad.',
  'words of 100, 101 and 200 characters': ['a', 'b', 'c']
    .map((c, i) => c.repeat([100, 101, 200][i] ?? 0))
    .join(' '),
  'tabs, line breaks, narrow and no-break spaces': 'a\tb\r\nc\u00a0d\u202fe\u2009f\u2028g\u2029h\u3000i',
  'lone surrogates': 'wheel\ud800chair \udc00 \ud83d wheel \ud83d\ufeff\ude00',
  'private use, unassigned, replacement': 'a\ue000b \uf8ff c\u0378d e\ufffdf \u{10ffff}',
  'punctuation of all kinds': 'a-b_c—d…e“f”g‘h’i«j»k·l;m`n´o^p~q|r=s<t>u$v+w ¿x? ≠ ≮ \u1fefy \u037e',
  'numbers and units': '1,234.56 µm ½ ² ₂ № 5 °C ℃ 10⁻³ Ω',
  'a capital sigma, whose lower case depends on what follows':
    "ΑΣ ΑΣ.Α Α.Σ Σ ΟΔΟΣ, ΑΣ'Α ΑΣ\u0001Α ΑΣ\u00adΑ (ΣΣ) 车Σ",
  'right to left': 'كرسي متحرك \u202eabc\u202c עגלה',
};

describe('ids', () => {
  it.each(Object.entries(HOSTILE))('are the library’s for %s', (_name, text) => {
    expect(ids(text)).toEqual(libraryIds(text));
  });

  it('are the library’s for random mixtures of all that', () => {
    const random = new Random(1);
    const characters = [...Object.values(HOSTILE).join(''), ...'the wheelchair comprises '.repeat(10)];
    for (let n = 0; n < 400; n++) {
      const text = Array.from({ length: 40 }, () => characters[random.integer(characters.length)]).join('');
      expect(ids(text), JSON.stringify(text)).toEqual(libraryIds(text));
    }
  });

  it('are the library’s for the sample patents, word memory warm or cold', async () => {
    const cold = new WordTokenizer(library, { words: bertWords, maskToken: 103 });
    let patents = 0;
    for (const name of ['US99000001B2.xml', 'EP9900001B1.xml', 'US99000011.txt', 'EP9900014A1.md']) {
      for await (const outcome of readFileDocuments(path.join(SAMPLE_PATENTS, name))) {
        if (outcome.kind !== 'patent') continue;
        patents++;
        const { text } = viewText(outcome.patent, 'TAC');
        const expected = libraryIds(text);
        expect([...cold.tokenize(text).ids]).toEqual(expected);
        expect([...cold.tokenize(text).ids]).toEqual(expected);
      }
    }
    expect(patents).toBe(4);
  });

  const corpus = sharedData('patents64', 'corpus.jsonl');
  it.skipIf(corpus === undefined)('are the library’s for 300 real patents', () => {
    const lines = readFileSync(corpus ?? '', 'utf8')
      .split('\n')
      .slice(0, 300);
    for (const line of lines) {
      const { title, abstract } = JSON.parse(line) as { title: string; abstract: string };
      const text = `${title}\n${abstract}`;
      expect(ids(text), title).toEqual(libraryIds(text));
    }
  });

  it('do not let a document give the model commands: text that spells a special token stays text', () => {
    expect(words('a [SEP] b').map(([, tokens]) => tokens.join(''))).toEqual(['a', '[', 'sep', ']', 'b']);
    expect(ids('[CLS][MASK][PAD]')).not.toContain(vocab['[MASK]']);
  });

  it('have the mask token where a text is masked', () => {
    const masked = `a${MASK_TEXT}chair`;
    expect(ids(masked)).toEqual(libraryIds('a [MASK] chair'));
    expect(ids(masked)).toContain(vocab['[MASK]']);
  });
});

describe('spans', () => {
  it('point at the word, whose pieces spell it', () => {
    const text = 'A stair-climbing wheelchair (10) with gyroscopes; see FIG. 2.';
    expect(
      words(text)
        .map(([word]) => word)
        .join(' '),
    ).toBe('A stair - climbing wheelchair ( 10 ) with gyroscopes ; see FIG . 2 .');
    for (const [word, tokens] of words(text)) {
      expect(tokens.map((piece) => piece.replace(/^##/, '')).join('')).toBe(word.toLowerCase());
    }
  });

  it('keep their places behind characters that take two units or none', () => {
    const text = '♿️👩‍🦽 wheel\u00adchair\ufeff İstanbul 车轮 e\u0301tat';
    expect(words(text).map(([word]) => word)).toEqual([
      '♿️👩‍🦽',
      'wheel\u00adchair\ufeff',
      'İstanbul',
      '车',
      '轮',
      'e\u0301tat',
    ]);
  });

  it('ascend without overlap and stay in the text', () => {
    const text = Object.values(HOSTILE).join('\n');
    const { ids: tokens, spans } = tokenizer.tokenize(text);
    expect(spans).toHaveLength(2 * tokens.length);
    for (let token = 0; token < tokens.length; token++) {
      const [start, end] = [spans[2 * token] ?? -1, spans[2 * token + 1] ?? -1];
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(text.length);
      const [before, beforeEnd] = [spans[2 * token - 2] ?? -1, spans[2 * token - 1] ?? 0];
      expect(start === before || start >= beforeEnd).toBe(true);
    }
  });

  it('give one unknown token for a word that is too long', () => {
    const text = `a ${'x'.repeat(200)} b`;
    expect([...tokenizer.tokenize(text).ids][1]).toBe(UNKNOWN);
    expect([...tokenizer.tokenize(text).spans].slice(2, 4)).toEqual([2, 202]);
  });
});
