/**
 * Which synthetic documents a person should look at first, and why. Distances are read by those of real documents to
 * each other, so that "near" and "far" need no threshold of ours.
 */
import { COPIED_WORDS } from '../text/copying.ts';
import { quantile } from '../metrics/bootstrap.ts';
import type { Facts } from './facts.ts';
import { FEWEST_NEAREST, LEVEL } from './limits.ts';
import { EMPTY } from './unique.ts';

/**
 * `is-real`: its words are those of a real document; `copies`: it holds a long run of one; `empty`: it has no words;
 * `repeats`: its words are those of an earlier synthetic document; `near-copy`: it is closer to a real document than
 * nearly all real ones are to each other; `misses-label`: the classifier does not find a label it was made for; `far`: it
 * is farther from every real document than nearly all real ones are. Most serious first.
 */
export const OFFENCES = [
  'is-real',
  'copies',
  'empty',
  'repeats',
  'near-copy',
  'misses-label',
  'far',
] as const;
export type Offence = (typeof OFFENCES)[number];

/** How far real documents are from their nearest: what distances are read by. */
export interface Yardstick {
  /** Ascending. */
  readonly sorted: Float64Array;
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** Of different real texts; undefined where there are too few. */
export function yardstickOf({ real, realFirst }: Facts): Yardstick | undefined {
  const distances = real.flatMap(({ nearest }, row) => (realFirst[row] === row ? (nearest ?? []) : []));
  if (distances.length < FEWEST_NEAREST) return undefined;
  const sorted = Float64Array.from(distances).sort();
  const tail = (1 - LEVEL) / 2;
  return {
    sorted,
    low: quantile(sorted, tail),
    median: quantile(sorted, 0.5),
    high: quantile(sorted, 1 - tail),
  };
}

/** Share of real documents that are nearer to a real one than this distance. */
export function shareNearer({ sorted }: Yardstick, distance: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < distance) low = middle + 1;
    else high = middle;
  }
  return low / sorted.length;
}

/** @param missesLabel whether a classifier misses a label that the document was made for. */
export function offencesOf(
  row: number,
  { synthetic, syntheticFirst }: Facts,
  yardstick: Yardstick | undefined,
  missesLabel: boolean,
): readonly Offence[] {
  const own = synthetic[row];
  const first = syntheticFirst[row] ?? EMPTY;
  const distance = own?.nearest?.distance;
  const holds: Readonly<Record<Offence, boolean>> = {
    'is-real': own?.sameAs !== undefined,
    copies: (own?.run?.words ?? 0) >= COPIED_WORDS,
    empty: first === EMPTY,
    repeats: first !== EMPTY && first !== row,
    'near-copy': yardstick !== undefined && distance !== undefined && distance < yardstick.low,
    'misses-label': missesLabel,
    far: yardstick !== undefined && distance !== undefined && distance > yardstick.high,
  };
  return OFFENCES.filter((offence) => holds[offence]);
}

/** The order in which documents are shown: by their most serious offence, then the number of them. */
export function worstFirst(a: readonly Offence[], b: readonly Offence[]): number {
  const rank = ([first]: readonly Offence[]): number =>
    first === undefined ? OFFENCES.length : OFFENCES.indexOf(first);
  return rank(a) - rank(b) || b.length - a.length;
}
