/**
 * What the Leakage tab makes of the findings: how many there are of which sort, in which order they are walked, and
 * whether a label survives without its name. Pure, so that it is pinned by tests.
 */
import type { FindingKind, MaskedLabel, Severity } from '../../src/protocol/leakage.ts';
import type { LabelLeakage, LeakageShown, ShownFinding } from '../../src/protocol/leakage-view.ts';
import { type Piece, pieces } from './leakage-clusters.ts';

export interface FindingCounts {
  /** Names of labels the patent has. */
  readonly assigned: number;
  /** Names of other labels. */
  readonly other: number;
  readonly keywords: number;
  /** Other documents it shares text or a family with, and an instruction that named its label. */
  readonly related: number;
  /** Unseen characters, and text that speaks to a language model. */
  readonly hidden: number;
}

export function countFindings(findings: readonly ShownFinding[]): FindingCounts {
  const counts = { assigned: 0, other: 0, keywords: 0, related: 0, hidden: 0 };
  for (const { kind } of findings) counts[GROUP[kind]] += 1;
  return counts;
}

const GROUP: Readonly<Record<FindingKind, keyof FindingCounts>> = {
  'assigned-label': 'assigned',
  'other-label': 'other',
  keyword: 'keywords',
  'instruction-leak': 'related',
  contamination: 'related',
  copying: 'related',
  'hidden-text': 'hidden',
  'instruction-like': 'hidden',
};

const STANDINGS: readonly LabelLeakage['standing'][] = ['labelled', 'predicted', 'other'];

/** The patent's own labels first, then those that are named most. */
export function orderLabels(labels: readonly LabelLeakage[]): readonly LabelLeakage[] {
  return [...labels].sort(
    (a, b) =>
      STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing) ||
      b.names - a.names ||
      b.keywords - a.keywords ||
      a.name.localeCompare(b.name),
  );
}

/** Labels that are named, and those the patent has whether they are named or not. */
export function listedLabels(labels: readonly LabelLeakage[]): readonly LabelLeakage[] {
  return orderLabels(
    labels.filter(({ names, keywords, standing }) => names + keywords > 0 || standing !== 'other'),
  );
}

/** Positions of the findings that are shown: all, or those about one label. */
export function selectFindings(
  findings: readonly ShownFinding[],
  label: string | undefined,
): ReadonlySet<number> {
  return new Set(
    findings.flatMap((finding, index) => (label === undefined || finding.label === label ? [index] : [])),
  );
}

export interface SeverityGroup {
  readonly severity: Severity;
  /** Positions of its findings. */
  readonly findings: readonly number[];
}

const SEVERITIES: readonly Severity[] = ['warning', 'information', 'hint'];

export function bySeverity(
  findings: readonly ShownFinding[],
  selected: ReadonlySet<number>,
): readonly SeverityGroup[] {
  return SEVERITIES.map((severity) => ({
    severity,
    findings: [...selected].filter((index) => findings[index]?.severity === severity),
  })).filter((group) => group.findings.length > 0);
}

/** Findings that no passage is marked with: they concern the document, or stand between its texts. */
export function unmarked(shown: LeakageShown, selected: ReadonlySet<number>): readonly number[] {
  const marked = new Set(shown.passages.flatMap(({ marks }) => marks.map(({ finding }) => finding)));
  return [...selected].filter((index) => !marked.has(index));
}

/** Where *next* and *previous* stop; findings that overlap are one place. */
export type Place = readonly number[];

/** Findings about a stretch of text rather than words in it. */
export function isWide(kind: FindingKind): boolean {
  return GROUP[kind] === 'related';
}

/** The pieces each passage is drawn of. */
export function drawnPassages(
  { passages, findings }: LeakageShown,
  selected: ReadonlySet<number>,
): readonly (readonly Piece[])[] {
  const wide = (index: number): boolean => {
    const finding = findings[index];
    return finding !== undefined && isWide(finding.kind);
  };
  return passages.map(({ marks, text }) => pieces(marks, selected, wide, text.length));
}

export function placeOf(piece: Piece): Place | undefined {
  switch (piece.kind) {
    case 'text':
      return undefined;
    case 'anchor':
      return piece.findings;
    case 'cluster':
      return piece.cluster.findings;
  }
}

/** The places as the text is read, those without a place in it first. */
export function placesInText(shown: LeakageShown, selected: ReadonlySet<number>): readonly Place[] {
  return [
    ...unmarked(shown, selected).map((index) => [index]),
    ...drawnPassages(shown, selected).flatMap((drawn) => drawn.flatMap((piece) => [placeOf(piece) ?? []])),
  ].filter((place) => place.length > 0);
}

export type Verdict = 'survives' | 'lost' | 'appears' | 'never';

/** What becomes of a label's assignment when the names are masked. */
export function verdictOf({ probability, masked, threshold }: MaskedLabel): Verdict {
  const before = probability >= threshold;
  const after = masked >= threshold;
  if (before) return after ? 'survives' : 'lost';
  return after ? 'appears' : 'never';
}
