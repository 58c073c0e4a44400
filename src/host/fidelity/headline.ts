/** What a fidelity report came to, in a few words for a list: how many documents, and how far they lie from real ones. */
import type { FidelityReport } from '../../protocol/fidelity.ts';
import type { Localiser } from '../l10n.ts';

export function fidelityHeadline({ subject, cells }: FidelityReport, l10n: Localiser): string {
  const [overall] = cells;
  if (!overall) return subject;
  const { n, mmd2 } = overall.scores;
  const counts = l10n.t('{0} synthetic beside {1} real documents', n.synthetic, n.real);
  const distance =
    mmd2.kind === 'measured'
      ? l10n.t('MMD² {0} (p = {1})', mmd2.value.toPrecision(2), mmd2.p.toFixed(3))
      : l10n.t('too few to compare');
  return `${subject}: ${counts}, ${distance}`;
}
