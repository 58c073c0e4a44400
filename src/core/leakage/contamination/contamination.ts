/**
 * Documents that stand on both sides of a split: one family, one text, or near-duplicates (METHODS 4).
 *
 * Every candidate that MinHash proposes is compared exactly, so what is reported is true; what can be missed is stated
 * in minhash.ts. Memory is 500 bytes a document plus the texts, which stay with the caller.
 */
import { runSteps } from '../../metrics/steps.ts';
import { bandHash, BANDS, SIGNATURE, writeSignature } from './minhash.ts';
import { jaccard, shingleSet } from './shingles.ts';

/** METHODS 4. */
export const NEAR_DUPLICATE = 0.8;
/** Documents read between two steps. */
const BLOCK = 256;
const CACHED_SETS = 4096;
/**
 * Of a crowd of more pairs that look alike (boilerplate, one text many times), each document is compared with so many
 * others only; the result says how many pairs were left out. [ours]
 */
const MOST_PAIRS = 200_000;
const MOST_PARTNERS = 64;

export interface ComparedDocument {
  /** What is compared, such as title, abstract and claims. */
  readonly text: string;
  /** What families and equal texts share: `groupKeys` of corpus/labelled.ts. */
  readonly keys: readonly string[];
}

export interface ContaminatedPair {
  /** Positions of the documents, `first` before `second`. */
  readonly first: number;
  readonly second: number;
  /** A key that both have. */
  readonly key?: string;
  /** Exact similarity of the shingle sets, where it reaches the threshold. */
  readonly jaccard?: number;
}

export interface Contamination {
  /** Ordered by position. */
  readonly pairs: readonly ContaminatedPair[];
  /** Pairs that were compared. */
  readonly compared: number;
  /** Pairs of crowds that were not compared; 0 in an ordinary corpus. */
  readonly leftOut: number;
}

export interface ContaminationStep {
  readonly stage: 'reading' | 'sorting' | 'comparing';
  readonly done: number;
  readonly total: number;
}

/** Runs all steps at once; see {@link contaminationSteps}. */
export function contamination(
  documents: readonly ComparedDocument[],
  sides: readonly (string | number)[],
  threshold = NEAR_DUPLICATE,
): Contamination {
  return runSteps(contaminationSteps(documents, sides, threshold));
}

/**
 * Pairs of documents of different sides that share a key or are near-duplicates. Yields between blocks of work, so that
 * a caller can show progress, let others run, or stop.
 * @param sides the side of each document: `train`, `test`, `synthetic`. Documents of one side are not compared.
 * @throws RangeError unless there is one side for each document and the threshold is in (0, 1].
 */
export function* contaminationSteps(
  documents: readonly ComparedDocument[],
  sides: readonly (string | number)[],
  threshold = NEAR_DUPLICATE,
): Generator<ContaminationStep, Contamination> {
  const total = documents.length;
  if (sides.length !== total) throw new RangeError(`${total} sides expected, ${sides.length} given`);
  if (total > 2 ** 21)
    throw new RangeError(`at most ${2 ** 21} documents are compared at once, not ${total}`);
  if (!(threshold > 0 && threshold <= 1)) throw new RangeError(`a similarity is in (0, 1], not ${threshold}`);

  const signatures = new Uint32Array(total * SIGNATURE);
  const hasWords = new Uint8Array(total);
  for (let at = 0; at < total; at++) {
    const set = shingleSet(documents[at]?.text ?? '');
    if (set.length > 0) {
      hasWords[at] = 1;
      writeSignature(set, signatures, at * SIGNATURE);
    }
    if (at % BLOCK === BLOCK - 1) yield { stage: 'reading', done: at + 1, total };
  }

  const candidates = new Pairs(sides);
  for (let band = 0; band < BANDS; band++) {
    const buckets = new Float64Array(total);
    let count = 0;
    for (let at = 0; at < total; at++) {
      if (hasWords[at] === 1) buckets[count++] = bandHash(signatures, at * SIGNATURE, band) * 2 ** 21 + at;
    }
    const sorted = buckets.subarray(0, count).sort();
    for (let from = 0; from < count;) {
      const bucket = Math.floor((sorted[from] ?? 0) / 2 ** 21);
      let to = from + 1;
      while (to < count && Math.floor((sorted[to] ?? 0) / 2 ** 21) === bucket) to++;
      if (to - from > 1) candidates.addCrowd(Array.from(sorted.subarray(from, to), (code) => code % 2 ** 21));
      from = to;
    }
    yield { stage: 'sorting', done: band + 1, total: BANDS };
  }

  const sets = new SetCache(documents);
  const similar = new Map<number, number>();
  const codes = candidates.sorted();
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    const similarity = jaccard(sets.of(firstOf(code)), sets.of(secondOf(code)));
    if (similarity >= threshold) similar.set(code, similarity);
    if (at % BLOCK === BLOCK - 1) yield { stage: 'comparing', done: at + 1, total: codes.length };
  }

  const keyed = new Pairs(sides);
  addKeyed(documents, keyed);
  const all = [...new Set([...keyed.sorted(), ...similar.keys()])].sort((a, b) => a - b);
  const pairs = all.map((code): ContaminatedPair => {
    const [first, second] = [firstOf(code), secondOf(code)];
    const similarity = similar.get(code);
    const key = documents[first]?.keys.find((one) => documents[second]?.keys.includes(one));
    return {
      first,
      second,
      ...(key === undefined ? {} : { key }),
      ...(similarity === undefined ? {} : { jaccard: similarity }),
    };
  });
  return { pairs, compared: codes.length, leftOut: candidates.leftOut + keyed.leftOut };
}

/** A pair of positions as one number; positions are below 2²¹ (two million documents). */
const pairCode = (one: number, other: number): number =>
  Math.min(one, other) * 2 ** 21 + Math.max(one, other);
const firstOf = (code: number): number => Math.floor(code / 2 ** 21);
const secondOf = (code: number): number => code % 2 ** 21;

/** Collects pairs of different sides. */
class Pairs {
  leftOut = 0;
  readonly #sides: readonly (string | number)[];
  #codes = new Float64Array(1024);
  #count = 0;

  constructor(sides: readonly (string | number)[]) {
    this.#sides = sides;
  }

  /** All pairs of some documents; in a crowd, each with its next ones only. */
  addCrowd(members: readonly number[]): void {
    const bySide = new Map<string | number, number>();
    for (const member of members) {
      const side = this.#sides[member] ?? '';
      bySide.set(side, (bySide.get(side) ?? 0) + 1);
    }
    let within = 0;
    for (const size of bySide.values()) within += size * size;
    const across = (members.length * members.length - within) / 2;
    const limit = across > MOST_PAIRS ? MOST_PARTNERS : Infinity;
    let added = 0;
    members.forEach((one, at) => {
      let partners = 0;
      for (let next = at + 1; next < members.length && partners < limit; next++) {
        const other = members[next] ?? 0;
        if (this.#sides[one] === this.#sides[other]) continue;
        this.#add(pairCode(one, other));
        partners++;
      }
      added += partners;
    });
    this.leftOut += across - added;
  }

  #add(code: number): void {
    if (this.#count === this.#codes.length) {
      this.sorted();
      const larger = new Float64Array(Math.max(this.#codes.length, 4 * this.#count));
      larger.set(this.#codes.subarray(0, this.#count));
      this.#codes = larger;
    }
    this.#codes[this.#count++] = code;
  }

  /** Each pair once, ascending. */
  sorted(): Float64Array {
    const codes = this.#codes.subarray(0, this.#count).sort();
    let count = 0;
    for (let at = 0; at < codes.length; at++) {
      if (at === 0 || codes[at] !== codes[at - 1]) codes[count++] = codes[at] ?? 0;
    }
    this.#count = count;
    return codes.subarray(0, count);
  }
}

/** Sets are made again when they are needed: all of them would take far more memory than the texts. */
class SetCache {
  readonly #documents: readonly ComparedDocument[];
  readonly #sets = new Map<number, Float64Array>();

  constructor(documents: readonly ComparedDocument[]) {
    this.#documents = documents;
  }

  of(position: number): Float64Array {
    const known = this.#sets.get(position);
    if (known) return known;
    if (this.#sets.size >= CACHED_SETS) this.#sets.clear();
    const set = shingleSet(this.#documents[position]?.text ?? '');
    this.#sets.set(position, set);
    return set;
  }
}

/** Adds the pairs that share a key. */
function addKeyed(documents: readonly ComparedDocument[], pairs: Pairs): void {
  const holders = new Map<string, number[]>();
  documents.forEach(({ keys }, position) => {
    for (const key of new Set(keys)) {
      const others = holders.get(key);
      if (others) others.push(position);
      else holders.set(key, [position]);
    }
  });
  for (const members of holders.values()) if (members.length > 1) pairs.addCrowd(members);
}
