/** Sorts a prediction's labels into the groups of the Labels tab. Pure, so that the order is pinned by tests. */
import type { Decision, LabelPrediction } from '../../src/protocol/engine.ts';
import { matcher } from '../ui/search.ts';

/** A decision on a label that the classifier does not know. */
export interface DecidedLabel {
  readonly id: string;
  readonly name: string;
  readonly decision: Decision;
}

/** One row: a predicted label, or one that only has a decision. */
export type Row =
  | {
      readonly kind: 'predicted';
      readonly id: string;
      readonly name: string;
      readonly label: LabelPrediction;
    }
  | { readonly kind: 'decided'; readonly id: string; readonly name: string; readonly decision: Decision };

export type GroupId = 'assigned' | 'borderline' | 'added' | 'rest';

export interface Group {
  readonly id: GroupId;
  readonly rows: readonly Row[];
  /** Rows of the group that match the filter, the hidden ones included. */
  readonly total: number;
}

export interface GroupOptions {
  readonly filter: string;
  /** Shows all labels that are not assigned, not only the first ones. */
  readonly all: boolean;
  readonly decided?: readonly DecidedLabel[];
}

/** How many labels that are not assigned stand there before "Show all". */
export const FIRST_REST = 5;

const ORDER: readonly GroupId[] = ['assigned', 'borderline', 'added', 'rest'];

/**
 * A predicted label stays in the group of its prediction when it is accepted or rejected, so that nothing moves under
 * the pointer. Only a label that the prediction leaves out goes up to `added` when the analyst accepts it.
 */
export function groupLabels(labels: readonly LabelPrediction[], options: GroupOptions): readonly Group[] {
  const accepts = matcher(options.filter);
  const rows: Record<GroupId, Row[]> = { assigned: [], borderline: [], added: [], rest: [] };
  const known = new Set(labels.map((label) => label.id));
  for (const label of byProbability(labels)) {
    if (!accepts(label.name, label.id)) continue;
    rows[groupOf(label)].push({ kind: 'predicted', id: label.id, name: label.name, label });
  }
  for (const { id, name, decision } of options.decided ?? []) {
    if (known.has(id) || !accepts(name, id)) continue;
    rows[decision === 'accepted' ? 'added' : 'rest'].push({ kind: 'decided', id, name, decision });
  }
  const whole = options.all || options.filter.trim() !== '';
  return ORDER.map((id) => {
    const all = rows[id];
    return { id, rows: id === 'rest' && !whole ? all.slice(0, FIRST_REST) : all, total: all.length };
  });
}

function groupOf(label: LabelPrediction): GroupId {
  if (label.status !== 'rest') return label.status;
  return label.decision === 'accepted' ? 'added' : 'rest';
}

/** Most probable first; equal ones by name. */
export function byProbability(labels: readonly LabelPrediction[]): readonly LabelPrediction[] {
  return [...labels].sort((a, b) => b.probability - a.probability || a.name.localeCompare(b.name));
}

/** Assigned labels that have no decision yet: what "Accept all assigned" would decide. */
export function undecided(labels: readonly LabelPrediction[]): number {
  return labels.filter((label) => label.status === 'assigned' && label.decision === undefined).length;
}

export function decisionOf(row: Row): Decision | undefined {
  return row.kind === 'predicted' ? row.label.decision : row.decision;
}

/** Pressing the button of the decision that stands takes it back. */
export function toggled(current: Decision | undefined, pressed: Decision): Decision | undefined {
  return current === pressed ? undefined : pressed;
}
