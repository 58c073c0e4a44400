/** Which synthetic documents the list shows. */
import type { FidelityDocument, Offence } from '../../src/protocol/fidelity-view.ts';
import { matcher } from '../ui/search.ts';

export type OffenceSelection = 'offenders' | 'all' | Offence;

/** Offences that any document has, in the order of their seriousness, with how many have them. */
export function offenceCounts(
  documents: readonly FidelityDocument[],
): readonly { readonly offence: Offence; readonly count: number }[] {
  const order: readonly Offence[] = [
    'is-real',
    'copies',
    'near-copy',
    'repeats',
    'misses-label',
    'far',
    'empty',
  ];
  return order.flatMap((offence) => {
    const count = documents.filter(({ offences }) => offences.includes(offence)).length;
    return count > 0 ? [{ offence, count }] : [];
  });
}

/** In the report's order, the worst first. */
export function selectDocuments(
  documents: readonly FidelityDocument[],
  selection: OffenceSelection,
  filter: string,
  labelName: (id: string) => string,
): readonly FidelityDocument[] {
  const accepts = matcher(filter);
  return documents.filter((document) => {
    const { offences } = document;
    const isOne =
      selection === 'all' || (selection === 'offenders' ? offences.length > 0 : offences.includes(selection));
    return isOne && accepts(...wordsOf(document, labelName));
  });
}

const wordsOf = (document: FidelityDocument, labelName: (id: string) => string): readonly string[] => [
  document.id,
  document.title,
  document.file,
  document.model ?? '',
  document.strategy ?? '',
  document.nearest?.id ?? '',
  document.nearest?.title ?? '',
  ...document.labels.map(labelName),
];
