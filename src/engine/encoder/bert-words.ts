/**
 * Words as BERT's pre-tokenizer cuts them: at white space, punctuation and CJK characters. A test holds this against the
 * library on whole texts.
 */
import { matches, type Word } from './words.ts';

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

export function* bertWords(text: string): Generator<Word> {
  if (!text.includes(SIGMA)) {
    yield* matches(text, WORD);
    return;
  }
  for (const { word: stretch, start } of matches(text, STRETCH)) {
    if (stretch.includes(SIGMA)) yield { word: stretch, start };
    else for (const { word, start: within } of matches(stretch, WORD)) yield { word, start: start + within };
  }
}
