/** Which of all matches stand: the longest, and none that the label allows. */
import type { Pattern, TermKind, TermMatch } from './term.ts';

/** What the automaton met: ranges and the pattern found there, in order of their ends. */
export class RawMatches {
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  /** Positions among the matcher's patterns. */
  readonly patterns: number[] = [];

  get count(): number {
    return this.starts.length;
  }

  add(start: number, end: number, pattern: number): void {
    this.starts.push(start);
    this.ends.push(end);
    this.patterns.push(pattern);
  }
}

/** Names and aliases weigh more than keywords. */
const WEIGHT: Readonly<Record<TermKind, number>> = { name: 2, alias: 2, keyword: 1 };

/** @param labels only these labels count, also for which match is the longest. */
export function resolve(
  raw: RawMatches,
  patterns: readonly Pattern[],
  labels?: ReadonlySet<number>,
): TermMatch[] {
  const matches: TermMatch[] = [];
  const allowed = new Map<number, { start: number; end: number }[]>();
  for (let at = 0; at < raw.count; at++) {
    const pattern = patterns[raw.patterns[at] ?? -1];
    if (pattern === undefined || labels?.has(pattern.label) === false) continue;
    const { label, kind, term } = pattern;
    const start = raw.starts[at] ?? 0;
    const end = raw.ends[at] ?? 0;
    if (kind !== 'allowed') matches.push({ label, kind, term, start, end });
    else {
      const spans = allowed.get(label);
      if (spans) spans.push({ start, end });
      else allowed.set(label, [{ start, end }]);
    }
  }
  const kept = withoutAllowed(matches, allowed).sort(inReadingOrder);
  return withoutContained(kept);
}

function inReadingOrder(a: TermMatch, b: TermMatch): number {
  return (
    a.start - b.start ||
    b.end - a.end ||
    a.label - b.label ||
    WEIGHT[b.kind] - WEIGHT[a.kind] ||
    (a.term < b.term ? -1 : a.term > b.term ? 1 : 0)
  );
}

function withoutAllowed(
  matches: TermMatch[],
  allowed: ReadonlyMap<number, { start: number; end: number }[]>,
): TermMatch[] {
  if (allowed.size === 0) return matches;
  const covers = new Map([...allowed].map(([label, spans]) => [label, new Cover(spans)]));
  return matches.filter(({ label, start, end }) => covers.get(label)?.holds(start, end) !== true);
}

/** Answers whether a range lies inside one of some ranges. */
class Cover {
  readonly #starts: readonly number[];
  /** The furthest end of the ranges up to each. */
  readonly #ends: readonly number[];

  constructor(spans: readonly { readonly start: number; readonly end: number }[]) {
    const sorted = [...spans].sort((a, b) => a.start - b.start);
    let furthest = 0;
    this.#starts = sorted.map(({ start }) => start);
    this.#ends = sorted.map(({ end }) => (furthest = Math.max(furthest, end)));
  }

  holds(start: number, end: number): boolean {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    return low > 0 && (this.#ends[low - 1] ?? 0) >= end;
  }
}

/** @param matches in reading order. */
function withoutContained(matches: readonly TermMatch[]): TermMatch[] {
  const kept: TermMatch[] = [];
  /** The furthest end of matches so far: of names and aliases, of anything, and of each label. */
  let [names, any] = [-1, -1];
  const own = new Map<number, number>();
  for (let at = 0; at < matches.length;) {
    const start = matches[at]?.start ?? 0;
    // Those of one start come longest first; those of one range are looked at together, as none is inside another.
    let next = at;
    const end = matches[at]?.end ?? 0;
    while (next < matches.length && matches[next]?.start === start && matches[next]?.end === end) next++;
    const range = matches.slice(at, next);
    const standing = range.filter(({ kind, label }, index) => {
      const around = Math.max(kind === 'keyword' ? any : names, own.get(label) ?? -1);
      return around < end && range.findIndex((other) => other.label === label) === index;
    });
    kept.push(...standing);
    for (const { kind, label } of range) {
      any = Math.max(any, end);
      if (kind !== 'keyword') names = Math.max(names, end);
      own.set(label, Math.max(own.get(label) ?? -1, end));
    }
    at = next;
  }
  return kept;
}
