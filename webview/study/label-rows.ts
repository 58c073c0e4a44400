/** The rows of the labels' table: what a part of the gain is for each label, which are shown, in which order. Pure. */
import type {
  Decomposition,
  Estimate,
  LabelDecomposition,
  StudyReport,
} from '../../src/protocol/study-view.ts';
import { sorted, type Sort } from '../report/sort.ts';
import { matcher } from '../ui/search.ts';

/** A step of the decomposition, or all of them together. */
export const PARTS = ['synthetic', 'volume', 'steps', 'threshold'] as const;
export type Part = (typeof PARTS)[number];

export type LabelSort = Sort<'label' | 'gain' | 'end' | 'test'>;

export interface LabelRow {
  readonly id: string;
  readonly name: string;
  readonly label: LabelDecomposition;
  /** Absent where there is no such step. */
  readonly gain?: Estimate;
}

export function labelRows(
  { labels }: Pick<StudyReport, 'labels'>,
  decomposition: Decomposition | undefined,
  part: Part,
): readonly LabelRow[] {
  return (decomposition?.perLabel ?? []).flatMap((label): readonly LabelRow[] => {
    const named = labels[label.label];
    if (!named) return [];
    const gain = label.steps.find(({ step }) => step === part)?.change;
    return [{ ...named, label, ...(gain ? { gain } : {}) }];
  });
}

export function selectLabels(rows: readonly LabelRow[], filter: string): readonly LabelRow[] {
  const accepts = matcher(filter);
  return rows.filter(({ name, id }) => accepts(name, id));
}

export function sortLabels(rows: readonly LabelRow[], sort: LabelSort): readonly LabelRow[] {
  return sorted(rows, sort, ({ label, gain }) => {
    switch (sort.column) {
      case 'label':
        return undefined;
      case 'gain':
        return gain?.mean;
      case 'end':
        return label.end;
      case 'test':
        return label.test;
    }
  });
}
