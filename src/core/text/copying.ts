/**
 * Text that a document took over word for word from others (METHODS 3 and 4): long shared runs.
 *
 * Sources are indexed by blocks of half the shortest run, one after the other; such a run holds a whole block wherever
 * it starts, so each block that is met is extended both ways, and no run is missed. Time grows with the words read, not
 * with the number of sources.
 */
import type { Span } from './span.ts';
import { rolled } from './shared-passage.ts';
import { wordHashes, wordSpan, type WordHashes } from './words.ts';

/** METHODS 4. */
export const COPIED_WORDS = 30;
/** METHODS 3. */
export const OVERLAP_WORDS = 8;
/** Boilerplate stands in thousands of documents; so many of them are looked at for each block of it. [ours] */
const MOST_PLACES = 64;

export interface CopiedRun {
  /** Position of the source. */
  readonly source: number;
  readonly words: number;
  /** Where the run stands in the document and in the source's text. */
  readonly span: Span;
  readonly sourceSpan: Span;
}

interface Place {
  readonly source: number;
  /** First word of the block. */
  readonly at: number;
}

export class CopyIndex {
  readonly #sources: readonly WordHashes[];
  readonly #blocks = new Map<number, Place[]>();
  readonly #shortest: number;
  readonly #block: number;

  /** @param shortest words of the shortest run that can be found; the index grows as it falls. */
  constructor(sources: readonly string[], shortest = COPIED_WORDS) {
    this.#shortest = shortest;
    // A run of so many words always holds a whole block that starts at a multiple of its length.
    this.#block = Math.floor((shortest + 1) / 2);
    this.#sources = sources.map(wordHashes);
    this.#sources.forEach((words, source) => {
      rolled(words, this.#block, (hash, at) => {
        if (at % this.#block !== 0) return false;
        const places = this.#blocks.get(hash);
        if (!places) this.#blocks.set(hash, [{ source, at }]);
        else if (places.length < MOST_PLACES) places.push({ source, at });
        return false;
      });
    });
  }

  /**
   * The runs of at least `words` words (not fewer than the shortest that is indexed) that a text shares with a source, in order;
   * of runs at one place in the text, the longest.
   * @param skip sources that do not count, such as the document itself.
   */
  runs(text: string, words = this.#shortest, skip: ReadonlySet<number> = new Set()): CopiedRun[] {
    if (words < this.#shortest) {
      throw new RangeError(`runs shorter than ${this.#shortest} words are not indexed`);
    }
    const document = wordHashes(text);
    const found: (CopiedRun & { from: number; to: number })[] = [];
    /** Where in the document the run that is known ends, by source and offset between the two texts. */
    const known = new Map<string, number>();
    rolled(document, this.#block, (hash, at) => {
      for (const place of this.#blocks.get(hash) ?? []) {
        const source = this.#sources[place.source];
        if (source === undefined || skip.has(place.source)) continue;
        const diagonal = `${place.source}:${place.at - at}`;
        if ((known.get(diagonal) ?? -1) > at) continue;
        const [back, on] = reach(document, at, source, place.at);
        known.set(diagonal, at + on);
        if (back + on < words) continue;
        found.push({
          source: place.source,
          words: back + on,
          from: at - back,
          to: at + on,
          span: wordSpan(document, at - back, at + on),
          sourceSpan: wordSpan(source, place.at - back, place.at + on),
        });
      }
      return false;
    });
    return longestRuns(found);
  }
}

/** How many words before and from here on the two texts share. */
function reach(a: WordHashes, from: number, b: WordHashes, other: number): readonly [number, number] {
  const same = (by: number): boolean =>
    a.low[from + by] === b.low[other + by] && a.high[from + by] === b.high[other + by];
  let back = 0;
  while (from - back > 0 && other - back > 0 && same(-back - 1)) back++;
  let on = 0;
  while (from + on < a.count && other + on < b.count && same(on)) on++;
  return [back, on];
}

/** Drops runs that lie inside another one. */
function longestRuns(found: (CopiedRun & { from: number; to: number })[]): CopiedRun[] {
  found.sort((a, b) => a.from - b.from || b.to - a.to || a.source - b.source);
  let furthest = -1;
  return found.flatMap(({ from: _from, to, ...run }) => {
    if (to <= furthest) return [];
    furthest = to;
    return [run];
  });
}
