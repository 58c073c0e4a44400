/**
 * Label fidelity (METHODS 3): whether a classifier trained on real documents finds in synthetic ones the labels they
 * were made for. A classifier that has seen the synthetic documents says nothing of the kind; whoever gives its
 * assignments sees to that.
 */
import { bootstrapInterval } from '../metrics/bootstrap.ts';
import { labelScores, microAverage } from '../metrics/f-score.ts';
import type { LabelMatrix } from '../metrics/matrix.ts';
import { LabelOutcomes } from '../metrics/outcomes.ts';
import { FEWEST_LABELLED } from './limits.ts';
import type { LabelFidelity, Measured } from './scores.ts';

export interface Assignments {
  readonly labels: readonly { readonly id: string; readonly name: string }[];
  /** For each synthetic document, positions of the labels it was made for; null where it states none. */
  readonly intended: readonly (readonly number[] | null)[];
  readonly assigned: readonly (readonly number[])[];
}

export function labelFidelity(
  { labels, intended, assigned }: Assignments,
  rows: readonly number[],
  seed: number,
): Measured<LabelFidelity> {
  const judged = rows.filter((row) => (intended[row] ?? null) !== null);
  if (judged.length < FEWEST_LABELLED || labels.length === 0) {
    return {
      kind: 'too-few',
      reason: `${judged.length} documents state the labels they were made for; ${FEWEST_LABELLED} are needed.`,
    };
  }
  const outcomes = new LabelOutcomes(
    matrix(
      judged.map((row) => intended[row] ?? []),
      labels.length,
    ),
    matrix(
      judged.map((row) => assigned[row] ?? []),
      labels.length,
    ),
  );
  const counts = outcomes.count();
  const { precision, recall } = microAverage(counts);
  const microF1 = bootstrapInterval(judged.length, (weights) => microAverage(outcomes.count(weights)).f1, {
    seed,
  });
  return {
    kind: 'measured',
    microF1,
    precision,
    recall,
    documents: judged.length,
    labels: labelScores(counts).flatMap((score, label) => {
      const named = labels[label];
      if (!named || score.support + score.assigned === 0) return [];
      const { precision, recall, f1, support: intended, assigned } = score;
      return [{ id: named.id, name: named.name, precision, recall, f1, intended, assigned }];
    }),
  };
}

function matrix(rows: readonly (readonly number[])[], columns: number): LabelMatrix {
  const data = new Uint8Array(rows.length * columns);
  rows.forEach((labels, row) => {
    for (const label of labels) data[row * columns + label] = 1;
  });
  return { rows: rows.length, columns, data };
}
