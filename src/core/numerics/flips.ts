/** Labels that the candidate assigns and the reference does not, or the other way round, and how far logits moved. */
import type { ModelOutputs } from './outputs.ts';

export interface LabelFlips {
  /** Documents that the reference, and the candidate, assigns the label. */
  readonly reference: number;
  readonly candidate: number;
  /** Documents that only the candidate, and only the reference, assigns it. */
  readonly gained: number;
  readonly lost: number;
  /** Largest change of the label's logit among finite ones; null where none is. */
  readonly maxLogit: number | null;
}

export interface FlipFigures {
  /** Documents × labels. */
  readonly decisions: number;
  /** Decisions in which at least one of the two assigns the label. */
  readonly assignments: number;
  readonly flipped: number;
  /** `flipped / assignments`; 0 where nobody assigns anything. */
  readonly share: number;
  /** Documents with a flip. */
  readonly documents: number;
  readonly maxLogit: number | null;
  readonly meanLogit: number | null;
  readonly perLabel: readonly LabelFlips[];
}

/** @param labels columns of logits and assignments; at least one. */
export function flipFigures(reference: ModelOutputs, candidate: ModelOutputs, labels: number): FlipFigures {
  const perLabel = Array.from({ length: labels }, () => ({
    reference: 0,
    candidate: 0,
    gained: 0,
    lost: 0,
    maxLogit: null as number | null,
  }));
  const documents = new Set<number>();
  let [assignments, finite, moved] = [0, 0, 0];
  reference.assigned.forEach((ours, at) => {
    const theirs = candidate.assigned[at] ?? 0;
    const label = perLabel[at % labels];
    if (!label) return;
    label.reference += ours;
    label.candidate += theirs;
    if (ours || theirs) assignments++;
    if (ours !== theirs) {
      if (theirs) label.gained++;
      else label.lost++;
      documents.add(Math.floor(at / labels));
    }
    const change = Math.abs((candidate.logits[at] ?? Number.NaN) - (reference.logits[at] ?? Number.NaN));
    if (!Number.isFinite(change)) return;
    label.maxLogit = Math.max(label.maxLogit ?? 0, change);
    finite++;
    moved += change;
  });
  const flipped = perLabel.reduce((sum, { gained, lost }) => sum + gained + lost, 0);
  const changes = perLabel.flatMap(({ maxLogit }) => (maxLogit === null ? [] : [maxLogit]));
  return {
    decisions: reference.assigned.length,
    assignments,
    flipped,
    share: assignments === 0 ? 0 : flipped / assignments,
    documents: documents.size,
    maxLogit: changes.length === 0 ? null : Math.max(...changes),
    meanLogit: finite === 0 ? null : moved / finite,
    perLabel,
  };
}
