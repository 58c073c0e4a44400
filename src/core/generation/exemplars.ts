/**
 * Which real documents a prompt shows as examples: those whose labels are nearest to the wanted ones, and that differ
 * from one another. The caller passes training documents only; documents of a test split must not be among them.
 */
import { Random } from '../random.ts';

export interface ExemplarCandidate {
  readonly id: string;
  /** Positions in the taxonomy. */
  readonly labels: readonly number[];
  /** Documents of one group are one text in several versions: one of them at most is shown. */
  readonly group: string;
  /** What similarity is measured on: title and abstract. */
  readonly text: string;
}

export interface ExemplarWish {
  readonly labels: readonly number[];
  readonly count: number;
  /** Not these: the seed's own, for a paraphrase. */
  readonly withoutGroup?: string;
  readonly seed: number;
}

/** Weight of the labels against difference from the examples chosen before (maximal marginal relevance). [ours] */
const RELEVANCE = 0.7;
/** So many of the nearest are looked at for each example, so that prompts for the same labels differ. [ours] */
const POOL = 6;

export class ExemplarChooser {
  readonly #candidates: readonly ExemplarCandidate[];
  readonly #words: readonly ReadonlySet<string>[];

  constructor(candidates: readonly ExemplarCandidate[]) {
    this.#candidates = candidates;
    this.#words = candidates.map(({ text }) => new Set(text.toLowerCase().match(/\p{L}{4,}/gu) ?? []));
  }

  /** Ids, the best first; fewer than asked for where no more documents share a label. */
  choose({ labels, count, withoutGroup, seed }: ExemplarWish): readonly string[] {
    if (count === 0) return [];
    const wanted = new Set(labels);
    const ranked = this.#candidates
      .map((candidate, at) => ({ at, relevance: labelJaccard(candidate.labels, wanted) }))
      .filter(({ at, relevance }) => relevance > 0 && this.#candidates[at]?.group !== withoutGroup);
    // Equals come in an order of the slot's own.
    new Random(seed).shuffle(ranked);
    ranked.sort((a, b) => b.relevance - a.relevance);
    const pool = ranked.slice(0, POOL * count);
    const chosen: number[] = [];
    const groups = new Set<string>();
    while (chosen.length < count) {
      let best: { at: number; score: number } | undefined;
      for (const { at, relevance } of pool) {
        if (chosen.includes(at) || groups.has(this.#candidates[at]?.group ?? '')) continue;
        const likeness = Math.max(0, ...chosen.map((other) => this.#likeness(at, other)));
        const score = RELEVANCE * relevance - (1 - RELEVANCE) * likeness;
        if (!best || score > best.score) best = { at, score };
      }
      if (!best) break;
      chosen.push(best.at);
      groups.add(this.#candidates[best.at]?.group ?? '');
    }
    return chosen.map((at) => this.#candidates[at]?.id ?? '');
  }

  #likeness(one: number, other: number): number {
    const [a, b] = [this.#words[one], this.#words[other]];
    if (!a || !b || a.size + b.size === 0) return 0;
    const shared = [...a].filter((word) => b.has(word)).length;
    return shared / (a.size + b.size - shared);
  }
}

function labelJaccard(labels: readonly number[], wanted: ReadonlySet<number>): number {
  const own = new Set(labels);
  const shared = [...own].filter((label) => wanted.has(label)).length;
  return shared === 0 ? 0 : shared / (own.size + wanted.size - shared);
}
