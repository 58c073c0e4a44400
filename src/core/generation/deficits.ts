/** How many documents each label lacks, and label sets that fill the gaps as the real documents combine labels. */
import { Random } from '../random.ts';

/** Real documents of each label, and those of them and of synthetic ones that are missing to a target. */
export interface Deficit {
  readonly real: number;
  readonly synthetic: number;
  readonly deficit: number;
}

/** A document as far as its labels go: positions in the taxonomy. */
export interface LabelCounted {
  readonly labels: readonly number[];
  readonly synthetic: boolean;
}

/** One entry for each label of the taxonomy, in its order. */
export function labelDeficits(
  documents: readonly LabelCounted[],
  labels: number,
  target: number,
): readonly Deficit[] {
  const counts = Array.from({ length: labels }, () => ({ real: 0, synthetic: 0 }));
  for (const document of documents) {
    for (const label of document.labels) {
      const count = counts[label];
      if (count) count[document.synthetic ? 'synthetic' : 'real']++;
    }
  }
  return counts.map((count) => ({ ...count, deficit: Math.max(0, target - count.real - count.synthetic) }));
}

export interface SampledSet {
  /** Positions in the taxonomy, ascending. */
  readonly labels: readonly number[];
  readonly count: number;
}

export interface SamplingInput {
  /** Label sets of the real training documents. */
  readonly real: readonly (readonly number[])[];
  /** Documents that each label lacks; 0 for a label that is not to be filled up. */
  readonly deficits: readonly number[];
  /** Most documents altogether. */
  readonly most: number;
  readonly seed: number;
}

/**
 * Draws label sets until no label lacks a document, or `most` are drawn. [ours]
 *
 * Each draw takes the label that lacks most (the first of equals) and then one of the sets in which real documents have
 * it, with a chance in proportion to how often they do. So P(set | label) is the real one, and labels go together as
 * they really do. A set counts 1 / (1 + n) of that when n of its labels lack nothing (any more), so that frequent labels
 * do not grow along without end. A label that no real document has is drawn alone: nothing is known of its company.
 */
export function sampleLabelSets({ real, deficits, most, seed }: SamplingInput): readonly SampledSet[] {
  const random = new Random(seed);
  const missing = [...deficits];
  const setsOf = setsByLabel(real);
  const drawn = new Map<string, { labels: readonly number[]; count: number }>();
  for (let draws = 0; draws < most; draws++) {
    const label = mostMissing(missing);
    if (label === undefined) break;
    const set = drawSet(setsOf.get(label) ?? [], missing, random) ?? [label];
    const key = set.join(' ');
    const known = drawn.get(key);
    if (known) known.count++;
    else drawn.set(key, { labels: set, count: 1 });
    for (const one of set) missing[one] = (missing[one] ?? 0) - 1;
  }
  return [...drawn.values()].sort((a, b) => compareSets(a.labels, b.labels));
}

interface RealSet {
  readonly labels: readonly number[];
  count: number;
}

function setsByLabel(real: readonly (readonly number[])[]): ReadonlyMap<number, readonly RealSet[]> {
  const sets = new Map<string, RealSet>();
  for (const labels of real) {
    const sorted = [...new Set(labels)].sort((a, b) => a - b);
    const key = sorted.join(' ');
    const known = sets.get(key);
    if (known) known.count++;
    else sets.set(key, { labels: sorted, count: 1 });
  }
  const byLabel = new Map<number, RealSet[]>();
  for (const set of sets.values()) {
    for (const label of set.labels) {
      const others = byLabel.get(label);
      if (others) others.push(set);
      else byLabel.set(label, [set]);
    }
  }
  return byLabel;
}

function mostMissing(missing: readonly number[]): number | undefined {
  let best: number | undefined;
  missing.forEach((count, label) => {
    if (count > 0 && (best === undefined || count > (missing[best] ?? 0))) best = label;
  });
  return best;
}

function drawSet(
  sets: readonly RealSet[],
  missing: readonly number[],
  random: Random,
): readonly number[] | undefined {
  const weights = sets.map(
    ({ labels, count }) => count / (1 + labels.filter((label) => (missing[label] ?? 0) <= 0).length),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let rest = random.uniform() * total;
  for (const [at, set] of sets.entries()) {
    rest -= weights[at] ?? 0;
    if (rest < 0) return set.labels;
  }
  return sets.at(-1)?.labels;
}

function compareSets(a: readonly number[], b: readonly number[]): number {
  for (const [at, label] of a.entries()) {
    const other = b[at];
    if (other === undefined) return 1;
    if (label !== other) return label - other;
  }
  return a.length - b.length;
}
