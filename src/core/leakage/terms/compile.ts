/**
 * Turns a taxonomy into an automaton over words: a tree whose edges are numbers of words and whose nodes know which
 * terms end there. Built once; scanning then takes one pass however many terms there are.
 */
import type { Label, Taxonomy } from '../../corpus/taxonomy.ts';
import { fold } from '../../text/characters.ts';
import { STOP_WORDS } from './inflection.ts';
import type { Pattern, TermNote } from './term.ts';
import { TokenReader } from './tokens.ts';

export interface TermTree {
  /** Folded words by number; the first `whole` are the terms' own, the rest parts written together. */
  readonly words: readonly string[];
  readonly whole: number;
  /** Edges of each node, by number of the word; node 0 is the root. */
  readonly edges: readonly ReadonlyMap<number, number>[];
  /** Positions of the patterns that end at each node; undefined for none. */
  readonly ends: readonly (readonly number[] | undefined)[];
  readonly patterns: readonly Pattern[];
  /** Words of the longest term. */
  readonly depth: number;
  readonly notes: readonly TermNote[];
}

/** Terms of more words are found only as they are divided; all ways to write fewer together are looked for. */
const MOST_JOINED_WORDS = 4;
/** Longest abbreviation: two to so many capitals and nothing else. [ours] */
const ABBREVIATION = /^\p{Lu}{2,4}$/u;

interface Word {
  readonly text: string;
  readonly isMark: boolean;
}

interface Entry {
  readonly pattern: Pattern;
  readonly words: readonly Word[];
}

/** @throws never: a term that cannot be looked for becomes a note. */
export function compileTerms({ labels }: Pick<Taxonomy, 'labels'>): TermTree {
  const notes: TermNote[] = [];
  const entries = labels.flatMap((label, position) => labelEntries(label, position, notes));
  const numbers = new Map<string, number>();
  const number = (word: string): number => {
    const known = numbers.get(word) ?? numbers.size;
    numbers.set(word, known);
    return known;
  };
  for (const { words } of entries) for (const { text } of words) number(text);
  const whole = numbers.size;

  const edges: Map<number, number>[] = [new Map()];
  const ends: (number[] | undefined)[] = [undefined];
  let depth = 0;
  entries.forEach(({ pattern, words }, position) => {
    depth = Math.max(depth, words.length);
    for (const way of pattern.exact ? exactWays(words) : waysToWrite(words)) {
      let node = 0;
      for (const word of way) {
        const edge = number(word);
        let next = edges[node]?.get(edge);
        if (next === undefined) {
          next = edges.push(new Map()) - 1;
          ends.push(undefined);
          edges[node]?.set(edge, next);
        }
        node = next;
      }
      (ends[node] ??= []).push(position);
    }
  });
  const patterns = entries.map(({ pattern }) => pattern);
  return { words: [...numbers.keys()], whole, edges, ends, patterns, depth, notes };
}

function labelEntries(label: Label, position: number, notes: TermNote[]): Entry[] {
  const terms: readonly (readonly [Pattern['kind'], string])[] = [
    ['name', label.name],
    ...(label.aliases ?? []).map((term) => ['alias', term] as const),
    ...(label.keywords ?? []).map((term) => ['keyword', term] as const),
    ...(label.allow ?? []).map((term) => ['allowed', term] as const),
  ];
  const seen = new Set<string>();
  return terms.flatMap(([kind, term]): Entry[] => {
    const words = wordsOf(term);
    // A keyword that repeats the name is no second term.
    const key = `${kind === 'allowed' ? kind : ''}\n${words.map(({ text }) => text).join(' ')}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const marked = words.some(({ isMark }) => isMark);
    if (kind === 'allowed') {
      return words.length === 0
        ? []
        : [{ pattern: { label: position, kind, term, exact: false, marked }, words }];
    }
    const weak = weakness(term, words);
    if (weak !== undefined) notes.push({ label: position, kind, term, ...weak });
    if (weak?.treatment === 'unchecked') return [];
    return [{ pattern: { label: position, kind, term, exact: weak?.treatment === 'exact', marked }, words }];
  });
}

/** Why a term is not looked for like others: it would be found where nobody means it. */
function weakness(term: string, words: readonly Word[]): Pick<TermNote, 'treatment' | 'reason'> | undefined {
  const plain = term.trim();
  const [first] = words;
  if (first === undefined) return { treatment: 'unchecked', reason: 'It holds no letter, digit or symbol.' };
  if (words.every(({ text }) => /^[\p{P}\u0020-\u007E]$/u.test(text) && !/[\p{L}\p{N}]/u.test(text))) {
    return { treatment: 'unchecked', reason: 'It is punctuation only, which stands in every text.' };
  }
  const allStop = words.every(({ text }) => STOP_WORDS.has(text));
  const single = words.length === 1;
  const capitals = single && /^\p{Lu}+$/u.test(plain);
  const letter = capitals && plain.length === 1 && !/^[AI]$/.test(plain);
  if (allStop && !letter && !(capitals && plain.length > 1)) {
    return { treatment: 'unchecked', reason: 'Such words stand in nearly every text.' };
  }
  if (single && /^\p{L}$|^\p{N}+$/u.test(first.text)) {
    if (/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]$/u.test(first.text)) {
      return { treatment: 'unchecked', reason: 'One such character is a part of very many words.' };
    }
    if (!capitals)
      return { treatment: 'unchecked', reason: 'One small letter or a bare number says too little.' };
    return { treatment: 'exact', reason: 'One letter is found only as a word of its own, as a capital.' };
  }
  if (capitals && ABBREVIATION.test(plain)) {
    return {
      treatment: 'exact',
      reason: 'An abbreviation is found only in capitals, so that AIDS is not walking aids.',
    };
  }
  return undefined;
}

function wordsOf(term: string): Word[] {
  const words: Word[] = [];
  for (const reader = new TokenReader(term); reader.next();) {
    const text = fold(term.slice(reader.start, reader.end)).replace(/['\u2019\u02BC]s$/, '');
    if (text !== '') words.push({ text, isMark: reader.isMark });
  }
  return words;
}

/** As written, and the plural of an abbreviation, which stemmers do not know: MRIs. */
function exactWays(words: readonly Word[]): string[][] {
  const way = words.map(({ text }) => text);
  const [only = ''] = way;
  return way.length === 1 && only.length > 1 ? [way, [`${only}s`]] : [way];
}

/** Every way to write neighbouring words together: `wheel chair`, `wheelchair`. Marks stay by themselves. */
function waysToWrite(words: readonly Word[]): string[][] {
  const plain = words.map(({ text }) => text);
  if (words.length < 2 || words.length > MOST_JOINED_WORDS) return [plain];
  const ways: string[][] = [];
  for (let joins = 0; joins < 1 << (words.length - 1); joins++) {
    const way: string[] = [];
    let possible = true;
    words.forEach(({ text }, at) => {
      const joined = at > 0 && ((joins >> (at - 1)) & 1) === 1;
      if (!joined) {
        way.push(text);
        return;
      }
      // Marks are never part of a word.
      const before = words[at - 1]?.text ?? '';
      possible &&= JOINABLE.test(text) && JOINABLE.test(before);
      way[way.length - 1] += text;
    });
    if (possible) ways.push(way);
  }
  return ways;
}

const JOINABLE = /^[\p{L}\p{N}]+$/u;
