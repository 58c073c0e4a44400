/** Labels of a neighbour by name, the ones it shares with the document first. */
import type { LabelPrediction, Neighbour } from '../../src/protocol/engine.ts';

export interface NeighbourLabel {
  readonly id: string;
  readonly name: string;
  /** Assigned to, or accepted for, the document that is shown. */
  readonly shared: boolean;
}

export function labelNames(
  neighbour: Neighbour,
  labels: readonly LabelPrediction[],
  taxonomy: readonly { readonly id: string; readonly name: string }[],
): readonly NeighbourLabel[] {
  const names = new Map([...labels, ...taxonomy].map(({ id, name }) => [id, name]));
  const held = new Set(
    labels
      .filter(
        ({ status, decision }) =>
          decision === 'accepted' || (status === 'assigned' && decision !== 'rejected'),
      )
      .map(({ id }) => id),
  );
  return neighbour.labels
    .map((id) => ({ id, name: names.get(id) ?? id, shared: held.has(id) }))
    .sort((a, b) => Number(b.shared) - Number(a.shared));
}
