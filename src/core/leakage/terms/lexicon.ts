/**
 * The words of a taxonomy's terms, and which of them each word of a text is a form of.
 *
 * A text repeats its words, so folding and stemming are done once a form: forms are kept in an open-addressing table
 * that is asked with a hash of the raw characters, without cutting a string out of the text.
 */
import { fold } from '../../text/characters.ts';
import { Inflection, LONGEST_WORD, STOP_WORDS, type StemmedLanguage } from './inflection.ts';

/** Longest raw spelling that is looked up: a word of the taxonomy with a soft hyphen between all letters. */
const LONGEST_FORM = 4 * LONGEST_WORD;
/** The table is emptied when it holds this many forms, so that a hostile text cannot fill the memory. */
const MOST_FORMS = 1 << 16;
const SLOTS = MOST_FORMS * 4;
const MOST_PAIRS = 1 << 16;

export const NO_WORDS: readonly number[] = [];

/** What may stand between the beginning of a word and its rest. */
const NOTHING = 0;
const HYPHEN = 1;
const BLANK = 2;

export class Lexicon {
  readonly #words: ReadonlyMap<string, number>;
  readonly #byStem: readonly { inflection: Inflection; stems: ReadonlyMap<string, readonly number[]> }[];
  readonly #spellings: readonly string[];
  /** Proper beginnings of the taxonomy's own words. */
  readonly #openings: ReadonlySet<string>;

  readonly #slots = new Int32Array(SLOTS);
  readonly #hashes = new Int32Array(MOST_FORMS + 1);
  #count = 0;
  #forms: string[] = [''];
  #folded: string[] = [''];
  #wordsOf: (readonly number[])[] = [NO_WORDS];
  readonly #opening = new Uint8Array(MOST_FORMS + 1);
  readonly #pairs = new Map<string, readonly number[]>();

  /**
   * @param spellings folded words by number.
   * @param whole how many of them, from the first, the terms are written with; the rest are parts written together.
   */
  constructor(spellings: readonly string[], whole: number, languages: readonly StemmedLanguage[]) {
    this.#spellings = spellings;
    this.#words = new Map(spellings.map((word, number) => [word, number]));
    this.#byStem = languages.map((language) => {
      const inflection = new Inflection(language);
      const stems = new Map<string, number[]>();
      spellings.forEach((word, number) => {
        const stem = inflection.stem(word);
        if (stem === undefined) return;
        const same = stems.get(stem);
        if (same) same.push(number);
        else stems.set(stem, [number]);
      });
      return { inflection, stems };
    });
    const openings = new Set<string>();
    for (const word of spellings.slice(0, whole)) {
      if (/\p{L}/u.test(word)) for (let end = 1; end < word.length; end++) openings.add(word.slice(0, end));
    }
    this.#openings = openings;
  }

  /** The number of the form `text[start, end)`, by its hash. Numbers hold until {@link makeRoom}. */
  form(text: string, start: number, end: number, hash: number): number {
    if (end - start > LONGEST_FORM) return 0;
    let slot = (Math.imul(hash, 0x9e3779b1) >>> 14) & (SLOTS - 1);
    for (;;) {
      const form = this.#slots[slot] ?? 0;
      if (form === 0) return this.#add(text.slice(start, end), hash, slot);
      if (this.#hashes[form] === hash && this.#stands(form, text, start, end)) return form;
      slot = (slot + 1) & (SLOTS - 1);
    }
  }

  /** Empties the table; numbers of forms are void then. */
  makeRoom(): void {
    this.#slots.fill(0);
    this.#count = 0;
    this.#forms = [''];
    this.#folded = [''];
    this.#wordsOf = [NO_WORDS];
    this.#pairs.clear();
  }

  get isFull(): boolean {
    return this.#count >= MOST_FORMS - 2;
  }

  /** Which words of the terms a form is a form of. */
  wordsOf(form: number): readonly number[] {
    return this.#wordsOf[form] ?? NO_WORDS;
  }

  /** Whether the form may be the first part of a word of the terms that the text has divided. */
  mayOpen(form: number): boolean {
    return this.#opening[form] !== NOTHING;
  }

  /**
   * The words of the terms that two parts make together: `wheel chair` for "wheelchair". Over a blank only parts that
   * look like words are put together, so that "the rapist" is no therapist.
   */
  wordsOfParts(first: number, second: number, hyphenated: boolean): readonly number[] {
    const [a, b] = [this.#folded[first] ?? '', this.#folded[second] ?? ''];
    if (a === '' || b === '' || a.length + b.length > LONGEST_WORD) return NO_WORDS;
    if (!hyphenated && (this.#opening[first] !== BLANK || b.length < 3)) return NO_WORDS;
    const joined = a + b;
    const known = this.#pairs.get(joined);
    if (known !== undefined) return known;
    const words = this.#find(joined);
    if (this.#pairs.size >= MOST_PAIRS) this.#pairs.clear();
    this.#pairs.set(joined, words);
    return words;
  }

  #stands(form: number, text: string, start: number, end: number): boolean {
    const known = this.#forms[form] ?? '';
    if (known.length !== end - start) return false;
    for (let at = 0; at < known.length; at++) {
      if (known.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
    }
    return true;
  }

  #add(raw: string, hash: number, slot: number): number {
    const form = ++this.#count;
    // A slice of a large text would keep all of it in memory.
    const own = raw.length >= 13 ? detached(raw) : raw;
    const folded = fold(own).replace(POSSESSIVE, '');
    this.#slots[slot] = form;
    this.#hashes[form] = hash;
    this.#forms.push(own);
    this.#folded.push(folded);
    this.#wordsOf.push(this.#find(folded));
    const opens = this.#openings.has(folded);
    const alone = opens && folded.length >= 3 && !STOP_WORDS.has(folded);
    this.#opening[form] = alone ? BLANK : opens ? HYPHEN : NOTHING;
    return form;
  }

  #find(folded: string): readonly number[] {
    const found: number[] = [];
    const exact = this.#words.get(folded);
    if (exact !== undefined) found.push(exact);
    for (const { inflection, stems } of this.#byStem) {
      const stem = inflection.stem(folded);
      if (stem === undefined) continue;
      for (const word of stems.get(stem) ?? NO_WORDS) {
        if (!found.includes(word) && inflection.sameWord(folded, this.#spellings[word] ?? ''))
          found.push(word);
      }
    }
    return found.length === 0 ? NO_WORDS : found;
  }
}

/** `patient's`, `patients'`: said of the word, no part of it. */
const POSSESSIVE = /['\u2018\u2019\u201B\u02BC\uFF07]s?$/;

const detached = (text: string): string => JSON.parse(JSON.stringify(text)) as string;
