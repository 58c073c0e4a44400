/** How a training went, in one or two sentences for a notification. */
import type { ClassifierInfo, Interval } from '../../protocol/engine.ts';
import type { Localiser } from '../l10n.ts';

export function trainingOutcome({ metrics, documents, labels }: ClassifierInfo, l10n: Localiser): string {
  if (!metrics) {
    return l10n.t(
      'The classifier goes by the descriptions of its {0} labels. Nothing was measured: there are too few labelled documents ({1}).',
      labels,
      documents,
    );
  }
  return l10n.t(
    'Trained on {0} documents. On documents it had not seen: micro-F1 {1}, macro-F1 {2}.',
    documents,
    interval(metrics.microF1),
    interval(metrics.macroF1),
  );
}

/** `0.71 (0.66–0.76)` */
export const interval = ({ value, low, high }: Interval): string =>
  `${value.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
