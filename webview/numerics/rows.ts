/** The rows of the label table: which are shown, in which order. Pure, so that they are pinned by tests. */
import type { LabelFlips, NumericsReport } from '../../src/protocol/numerics-view.ts';
import { sorted, type Sort } from '../report/sort.ts';
import { matcher } from '../ui/search.ts';

export interface FlipRow extends LabelFlips {
  readonly id: string;
  readonly name: string;
}

export type FlipSort = Sort<'label' | 'reference' | 'gained' | 'lost' | 'logit'>;

/** Most changes first, until somebody sorts otherwise. */
export const BY_CHANGES: FlipSort = { column: 'gained', direction: 'descending' };

export function flipRows({ labels, comparison }: NumericsReport, filter: string): readonly FlipRow[] {
  const accepts = matcher(filter);
  return (comparison.flips?.perLabel ?? []).flatMap((label, at) => {
    const named = labels[at];
    return named && accepts(named.name, named.id) ? [{ ...label, ...named }] : [];
  });
}

/** With `gained`, labels are sorted by all their changes: that is the question, and the two columns stand together. */
export function sortFlips(rows: readonly FlipRow[], sort: FlipSort): readonly FlipRow[] {
  return sorted(rows, sort, ({ reference, gained, lost, maxLogit }) => {
    switch (sort.column) {
      case 'label':
        return undefined;
      case 'reference':
        return reference;
      case 'gained':
        return gained + lost;
      case 'lost':
        return lost;
      case 'logit':
        return maxLogit ?? undefined;
    }
  });
}
