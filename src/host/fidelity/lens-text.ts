/** The line above a synthetic record: what was measured of it, in as few words as tell it. */
import type { Localiser } from '../l10n.ts';
import type { FidelityDocument } from '../../protocol/fidelity.ts';

/** `nearest real 0.83 · copies 12 words · labels 2/2`; `stale`: the record was edited since. */
export function lensText(document: FidelityDocument, stale: boolean, l10n: Localiser): string {
  const { nearest, copied, labelFidelity, repeats } = document;
  const parts = [
    ...(stale ? [l10n.t('before the last edit')] : []),
    nearest
      ? l10n.t('nearest real {0}', nearest.similarity.toFixed(2))
      : l10n.t('no real document to compare with'),
    ...(copied ? [l10n.t('copies {0} words', copied.words)] : []),
    ...(repeats ? [l10n.t('repeats {0}', repeats.id)] : []),
    ...(labelFidelity && document.labels.length > 0
      ? [l10n.t('labels {0}/{1}', labelFidelity.hits.length, document.labels.length)]
      : []),
  ];
  return parts.join(' · ');
}
