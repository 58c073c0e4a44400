/** The analyst's decisions on one document, as the Patent view shows them and as they are recorded. */
import type { Decision } from '../../protocol/engine.ts';
import type { ClassifiedItem } from './file-session.ts';

export interface Decided {
  readonly accepted: readonly string[];
  readonly rejected: readonly string[];
}

/** `undefined` takes a decision back. `name` is shown for a label that the prediction does not have. */
export function decide(
  item: ClassifiedItem,
  label: { readonly id: string; readonly name: string },
  decision: Decision | undefined,
): ClassifiedItem {
  const { labels } = item.prediction;
  if (labels.some(({ id }) => id === label.id)) {
    const decided = labels.map((other) => (other.id === label.id ? { ...other, decision } : other));
    return { ...item, prediction: { ...item.prediction, labels: decided } };
  }
  const others = item.decided.filter(({ id }) => id !== label.id);
  return { ...item, decided: decision === undefined ? others : [...others, { ...label, decision }] };
}

/** Accepts every assigned label that nobody decided on yet. */
export function acceptAssigned(item: ClassifiedItem): ClassifiedItem {
  const labels = item.prediction.labels.map((label) =>
    label.status === 'assigned' && label.decision === undefined
      ? { ...label, decision: 'accepted' as const }
      : label,
  );
  return { ...item, prediction: { ...item.prediction, labels } };
}

/** The document's whole decision, which is what gets recorded: the last one wins. */
export function decided(item: ClassifiedItem): Decided {
  const all: readonly { readonly id: string; readonly decision?: Decision }[] = [
    ...item.prediction.labels,
    ...item.decided,
  ];
  const having = (decision: Decision): string[] =>
    all.filter((label) => label.decision === decision).map(({ id }) => id);
  return { accepted: having('accepted'), rejected: having('rejected') };
}
