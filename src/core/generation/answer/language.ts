/**
 * Whether a text is in the language that was asked for, by its script and its most frequent words. Enough to tell a
 * model that fell into another language; not a language detector. [ours]
 */

/** The most frequent function words, none of them frequent in another of these languages. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  en: [
    'the',
    'of',
    'and',
    'to',
    'is',
    'with',
    'for',
    'that',
    'which',
    'by',
    'being',
    'from',
    'wherein',
    'said',
  ],
  de: [
    'der',
    'die',
    'das',
    'und',
    'ist',
    'mit',
    'einer',
    'ein',
    'eine',
    'den',
    'wobei',
    'für',
    'zum',
    'dass',
  ],
  fr: [
    'le',
    'la',
    'les',
    'et',
    'est',
    'des',
    'une',
    'dans',
    'pour',
    'avec',
    'selon',
    'du',
    'caractérisé',
    'qui',
  ],
  es: ['el', 'los', 'las', 'y', 'es', 'una', 'con', 'por', 'para', 'que', 'según', 'del', 'donde', 'dicho'],
};

const SCRIPTS: Readonly<Record<string, RegExp>> = {
  zh: /\p{Script=Han}/gu,
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  ko: /\p{Script=Hangul}/gu,
  ru: /\p{Script=Cyrillic}/gu,
};
const LATIN = /\p{Script=Latin}/gu;
const LETTER = /\p{L}/gu;

/**
 * Of a text in its own language, function words are a fifth or more of all words; of 11,122 real English abstracts 21,
 * lists of substances, have fewer than 0.08. [ours]
 */
const FEWEST = 0.05;
/** Letters of the script that the language is written in; kana are fewer among kanji. */
const SCRIPT_SHARE = 0.6;
const KANA_SHARE = 0.1;
/** Shorter texts say too little. */
const FEWEST_WORDS = 20;

/** What is wrong, in words; undefined where nothing is, or where the language is not known here. */
export function languageProblem(text: string, language: string): string | undefined {
  const letters = text.match(LETTER)?.length ?? 0;
  if (letters === 0) return 'has no letters';
  const own = SCRIPTS[language];
  if (own) {
    const share = (text.match(own)?.length ?? 0) / letters;
    return share < (language === 'ja' ? KANA_SHARE : SCRIPT_SHARE) ? 'is in another script' : undefined;
  }
  const expected = WORDS[language];
  if (!expected) return undefined;
  if ((text.match(LATIN)?.length ?? 0) / letters < SCRIPT_SHARE) return 'is in another script';
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length < FEWEST_WORDS) return undefined;
  const share = (list: readonly string[]): number =>
    words.filter((word) => list.includes(word)).length / words.length;
  const ownShare = share(expected);
  const other = Object.entries(WORDS).find(([name, list]) => name !== language && share(list) > ownShare);
  if (other) return `reads like "${other[0]}"`;
  return ownShare < FEWEST ? 'has hardly any words of it' : undefined;
}
