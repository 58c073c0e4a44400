/**
 * Finds the words of a taxonomy's labels in a text, in one pass.
 *
 * The text is read token by token. A handful of places in the term tree are open at a time, at most as many as the
 * longest term has words, so the time is linear in the text and does not grow with the number of terms.
 */
import type { Taxonomy } from '../../corpus/taxonomy.ts';
import { compileTerms, type TermTree } from './compile.ts';
import { isStemmed, type StemmedLanguage } from './inflection.ts';
import { Lexicon } from './lexicon.ts';
import { RawMatches, resolve } from './resolve.ts';
import type { Pattern, TermMatch, TermNote } from './term.ts';
import { TokenReader } from './tokens.ts';

export interface ScanOptions {
  /** ISO 639-1 code of the text; German and French are stemmed beside English. */
  readonly language?: string;
  /** Positions of the labels that are asked for; all without it. */
  readonly labels?: ReadonlySet<number>;
}

export class TermMatcher {
  readonly #tree: TermTree;
  readonly #lexicons = new Map<StemmedLanguage, Lexicon>();
  readonly taxonomy: Pick<Taxonomy, 'labels'>;

  constructor(taxonomy: Pick<Taxonomy, 'labels'>) {
    this.taxonomy = taxonomy;
    this.#tree = compileTerms(taxonomy);
  }

  /** Terms that are too weak to be looked for like others, and why. */
  get notes(): readonly TermNote[] {
    return this.#tree.notes;
  }

  get patterns(): readonly Pattern[] {
    return this.#tree.patterns;
  }

  /** Most tokens a match can have: a word of a term may stand divided in two. */
  get longestMatch(): number {
    return 2 * this.#tree.depth;
  }

  /**
   * The labels' words in a text, in reading order. Of two matches one inside the other, the longer one stands (of the
   * same label, or with a name or alias around a keyword or another name); equal and overlapping ones are all given.
   */
  scan(text: string, options: ScanOptions = {}): TermMatch[] {
    return resolve(this.scanRange(text, 0, text.length, options.language), this.patterns, options.labels);
  }

  /** Everything found in `text[from, limit)`, unresolved; `from` must be where a token can start. */
  scanRange(text: string, from: number, limit: number, language?: string): RawMatches {
    const found = new RawMatches();
    if (this.#tree.patterns.length > 0) this.#read(text, new TokenReader(text, from, limit), language, found);
    return found;
  }

  #read(text: string, tokens: TokenReader, language: string | undefined, found: RawMatches): void {
    const { edges, ends } = this.#tree;
    const root = edges[0];
    const lexicon = this.#lexicon(language);
    /** Open places before the token before this one, before this one, and after it. */
    let earlier = new OpenPlaces();
    let before = new OpenPlaces();
    let after = new OpenPlaces();
    const enter = (node: number | undefined, start: number, end: number): void => {
      if (node === undefined) return;
      after.add(node, start);
      const patterns = ends[node];
      if (patterns === undefined) return;
      for (const pattern of patterns)
        if (this.#fits(pattern, text, start, end)) found.add(start, end, pattern);
    };

    let form = 0;
    let start = 0;
    let end = 0;
    let hash = 0;
    while (tokens.next()) {
      if (lexicon.isFull) {
        lexicon.makeRoom();
        form = end > start ? lexicon.form(text, start, end, hash) : 0;
      }
      const previous = form;
      const previousStart = start;
      ({ start, end, hash } = tokens);
      form = lexicon.form(text, start, end, hash);
      if (tokens.broken) {
        earlier.count = 0;
        before.count = 0;
      }
      after.count = 0;
      const words = lexicon.wordsOf(form);
      for (let index = 0; index < words.length; index++) {
        const word = words[index] ?? 0;
        enter(root?.get(word), start, end);
        for (let place = 0; place < before.count; place++) {
          enter(edges[before.node(place)]?.get(word), before.start(place), end);
        }
      }
      if (previous !== 0 && !tokens.broken && lexicon.mayOpen(previous)) {
        const joined = lexicon.wordsOfParts(previous, form, tokens.hyphenated);
        for (let index = 0; index < joined.length; index++) {
          const word = joined[index] ?? 0;
          enter(root?.get(word), previousStart, end);
          for (let place = 0; place < earlier.count; place++) {
            enter(edges[earlier.node(place)]?.get(word), earlier.start(place), end);
          }
        }
      }
      const spare = earlier;
      earlier = before;
      before = after;
      after = spare;
    }
  }

  #lexicon(language: string | undefined): Lexicon {
    const key = isStemmed(language) ? language : 'en';
    let lexicon = this.#lexicons.get(key);
    if (lexicon === undefined) {
      // English words stand in German and French documents and taxonomies too.
      lexicon = new Lexicon(this.#tree.words, this.#tree.whole, key === 'en' ? ['en'] : ['en', key]);
      this.#lexicons.set(key, lexicon);
    }
    return lexicon;
  }

  #fits(position: number, text: string, start: number, end: number): boolean {
    const pattern = this.#tree.patterns[position];
    if (pattern === undefined) return false;
    if (pattern.exact) {
      const stands = text.slice(start, end);
      const term = pattern.term.trim();
      if (stands !== term && !(term.length > 1 && stands === `${term}s`)) return false;
    }
    return !pattern.marked || sameGaps(pattern.term, text.slice(start, end));
  }
}

/** Places in the tree that are open, with the offset at which each began; reused so that scanning makes no garbage. */
class OpenPlaces {
  count = 0;
  #nodes: Int32Array = new Int32Array(16);
  #starts: Int32Array = new Int32Array(16);

  add(node: number, start: number): void {
    if (this.count === this.#nodes.length) {
      this.#nodes = doubled(this.#nodes);
      this.#starts = doubled(this.#starts);
    }
    this.#nodes[this.count] = node;
    this.#starts[this.count++] = start;
  }

  node(place: number): number {
    return this.#nodes[place] ?? 0;
  }

  start(place: number): number {
    return this.#starts[place] ?? 0;
  }
}

function doubled(values: Int32Array): Int32Array {
  const larger = new Int32Array(2 * values.length);
  larger.set(values);
  return larger;
}

/** Beside a mark, no blank may stand where the term has none: ".NET" is not the end of a sentence before "net". */
function sameGaps(term: string, stands: string): boolean {
  const wanted = gaps(term);
  const found = gaps(stands);
  if (wanted.length !== found.length) return true;
  return found.every(
    ({ spaced, isMark }, at) =>
      at === 0 || !spaced || wanted[at]?.spaced === true || !(isMark || found[at - 1]?.isMark === true),
  );
}

function gaps(text: string): { spaced: boolean; isMark: boolean }[] {
  const found: { spaced: boolean; isMark: boolean }[] = [];
  for (const reader = new TokenReader(text); reader.next();) {
    found.push({ spaced: reader.spaced, isMark: reader.isMark });
  }
  return found;
}
