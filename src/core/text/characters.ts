/**
 * What a UTF-16 unit is to whoever compares texts: part of a word, a word of its own, a blank, a joiner, nothing at
 * all, or a mark that stands for itself. Looked up in a table that is filled as characters are met, because whole
 * corpora are read and it is asked once a character.
 */

/** Letters, digits and their marks: a word is a longest run of these. */
export const WORD = 1;
/** A character of a script that puts no blanks between words: each is a word of its own. */
export const SINGLE = 2;
export const SPACE = 3;
/** Hyphens, underscores and apostrophes: they stand between the parts of a word, or of a name. */
export const JOINER = 4;
/** Not seen: soft hyphen, zero-width and format characters, variation selectors. */
export const INVISIBLE = 5;
/** Everything else stands for itself. */
export const MARK = 6;
/** Half of a character outside the basic plane. */
export const SURROGATE = 7;

/** Scripts without blanks between words, and Hangul, whose particles are written onto the word. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}々〆ー]/u;
const LETTER = /[\p{L}\p{M}\p{N}]/u;
const INVISIBLE_CHARACTER =
  /[\p{Cf}\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u3164\uFE00-\uFE0F\uFFA0\u{E0100}-\u{E01EF}]/u;
/** Hyphens and dashes but the long ones, which separate clauses; quotes that are used as apostrophes. */
const JOINING = /[-_\u2010-\u2013\u2212\uFE58\uFE63\uFF0D\u058A'\u2018\u2019\u201B\u02BC\uFF07]/u;

const table = new Uint8Array(0x10000);

function classify(character: string): number {
  if (/\s/u.test(character)) return SPACE;
  if (INVISIBLE_CHARACTER.test(character)) return INVISIBLE;
  if (JOINING.test(character)) return JOINER;
  if (UNSPACED.test(character)) return /\p{M}/u.test(character) ? WORD : SINGLE;
  return LETTER.test(character) ? WORD : MARK;
}

/** The class of a UTF-16 unit. */
export function classOf(unit: number): number {
  const known = table[unit] ?? 0;
  if (known !== 0) return known;
  const found = unit >= 0xd800 && unit <= 0xdfff ? SURROGATE : classify(String.fromCharCode(unit));
  table[unit] = found;
  return found;
}

/** The class of the character at `at`, of two units where it is a pair; a lone surrogate stands for itself. */
export function classAt(text: string, at: number): number {
  const found = classOf(text.charCodeAt(at));
  if (found !== SURROGATE) return found;
  const point = text.codePointAt(at) ?? 0;
  return point > 0xffff ? classify(String.fromCodePoint(point)) : MARK;
}

/** How many units the character at `at` takes. */
export const unitsAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

const DIACRITICS =
  /[\u0300-\u036F\u0483-\u0487\u0591-\u05C7\u064B-\u0652\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20F0]/g;
const UNSEEN = new RegExp(INVISIBLE_CHARACTER.source, 'gu');
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
};

/** One spelling for all spellings of a word: lower case, without diacritics, ligatures, width and unseen characters. */
export function fold(word: string): string {
  if (/^[\u0000-\u007F]*$/.test(word)) return word.toLowerCase();
  return word
    .toLowerCase()
    .normalize('NFKD')
    .replace(DIACRITICS, '')
    .replace(UNSEEN, '')
    .replace(/[ßæœøłđı]/g, (letter) => LETTERS[letter] ?? letter)
    .toLowerCase()
    .normalize('NFC');
}
