/**
 * Marks of a passage as stretches that can be drawn: marks that overlap are one cluster, which is what a person points
 * at, and a cluster is cut where a mark begins or ends, so that each run has one look. Wide marks, such as a copied
 * passage, would swallow the words inside them; they lie under the text and have an anchor of their own at their start.
 */
import type { Mark } from '../../src/protocol/leakage-view.ts';

export interface Run {
  readonly start: number;
  readonly end: number;
  /** Positions of the findings whose marks cover the run; never empty. */
  readonly findings: readonly number[];
}

export interface Cluster {
  readonly start: number;
  readonly end: number;
  /** Positions of all its findings, in the order in which they begin. */
  readonly findings: readonly number[];
  readonly runs: readonly Run[];
}

/**
 * Clusters of the marks whose findings are selected, ascending; marks that only touch stay apart. The marks are ordered
 * by their start.
 */
export function clusters(marks: readonly Mark[], selected: ReadonlySet<number>): readonly Cluster[] {
  const groups: Mark[][] = [];
  let end = -1;
  for (const mark of marks) {
    if (mark.end <= mark.start || !selected.has(mark.finding)) continue;
    const last = groups.at(-1);
    if (last && mark.start < end) {
      last.push(mark);
      end = Math.max(end, mark.end);
    } else {
      groups.push([mark]);
      end = mark.end;
    }
  }
  return groups.map(cluster);
}

function cluster(marks: readonly Mark[]): Cluster {
  const edges = [...new Set(marks.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const runs = edges.slice(0, -1).map((start, index): Run => {
    const end = edges[index + 1] ?? start;
    const covering = marks.filter((mark) => mark.start <= start && mark.end >= end);
    return { start, end, findings: covering.map(({ finding }) => finding) };
  });
  return {
    start: edges[0] ?? 0,
    end: edges.at(-1) ?? 0,
    findings: [...new Set(marks.map(({ finding }) => finding))],
    runs,
  };
}

export type Piece =
  | { readonly kind: 'text'; readonly start: number; readonly end: number; readonly wide: boolean }
  | { readonly kind: 'cluster'; readonly cluster: Cluster; readonly wide: boolean }
  /** Wide marks begin here. */
  | { readonly kind: 'anchor'; readonly findings: readonly number[] };

/** A text of `length` units in the order in which it is drawn; what is not `text` is a place. */
export function pieces(
  marks: readonly Mark[],
  selected: ReadonlySet<number>,
  isWide: (finding: number) => boolean,
  length: number,
): readonly Piece[] {
  const shown = marks.filter(({ start, end, finding }) => end > start && selected.has(finding));
  const wide = shown.filter(({ finding }) => isWide(finding));
  const isUnder = (start: number, end: number): boolean =>
    wide.some((mark) => mark.start < end && start < mark.end);
  const found: Piece[] = [];
  let from = 0;
  /** Draws the text up to `end`, cut where wide marks begin and end. */
  const draw = (end: number): void => {
    const cuts = wide.flatMap((mark) => [mark.start, mark.end]).filter((cut) => cut > from && cut < end);
    for (const cut of [...new Set([...cuts, end])].sort((a, b) => a - b)) {
      if (cut <= from) continue;
      anchor(from + 1);
      found.push({ kind: 'text', start: from, end: cut, wide: isUnder(from, cut) });
      from = cut;
    }
  };
  const anchored = new Set<Mark>();
  const anchor = (before: number): void => {
    const begun = wide.filter((mark) => mark.start < before && !anchored.has(mark));
    for (const mark of begun) anchored.add(mark);
    if (begun.length > 0) found.push({ kind: 'anchor', findings: begun.map(({ finding }) => finding) });
  };
  for (const cluster of clusters(
    shown.filter(({ finding }) => !isWide(finding)),
    selected,
  )) {
    draw(cluster.start);
    anchor(cluster.end);
    found.push({ kind: 'cluster', cluster, wide: isUnder(cluster.start, cluster.end) });
    from = cluster.end;
  }
  draw(length);
  return found;
}
