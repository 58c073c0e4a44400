/** Sentences about labels and classifiers that more than one part of the view says. */
import type { ClassifierInfo, Decision, LabelPrediction } from '../../src/protocol/engine.ts';
import { integer, percent } from '../ui/format.ts';
import { plural, t } from '../ui/strings.ts';

/** The remark beside a label that was learnt from too little; `undefined` for a trained one. */
export function basisRemark(
  label: LabelPrediction,
  classifier: ClassifierInfo | undefined,
): { readonly text: string; readonly tooltip: string } | undefined {
  if (label.basis === 'zero-shot') {
    return { text: t('no examples'), tooltip: t('No examples: judged by its description alone.') };
  }
  if (label.basis === 'few') {
    const positives = classifier?.few.find((entry) => entry.id === label.id)?.positives;
    if (positives === undefined)
      return { text: t('few examples'), tooltip: t('Learnt from too few examples.') };
    return {
      text: plural(positives, 'only {0} example', 'only {0} examples', integer(positives)),
      tooltip: plural(
        positives,
        'Learnt from only {0} example: take the probability as a hint.',
        'Learnt from only {0} examples: take the probability as a hint.',
        integer(positives),
      ),
    };
  }
  return undefined;
}

export function statusName(label: LabelPrediction): string {
  switch (label.status) {
    case 'assigned':
      return t('assigned');
    case 'borderline':
      return t('borderline');
    case 'rest':
      return t('not assigned');
  }
}

export function decisionName(decision: Decision): string {
  return decision === 'accepted' ? t('accepted') : t('rejected');
}

/** What a screen reader says for a label's row. */
export function rowDescription(label: LabelPrediction, classifier: ClassifierInfo | undefined): string {
  const remark = basisRemark(label, classifier);
  return [
    label.name,
    percent(label.probability),
    statusName(label),
    t('threshold {0}', percent(label.threshold)),
    ...(label.decision ? [decisionName(label.decision)] : []),
    ...(remark ? [remark.text] : []),
  ].join(', ');
}

/** The same for a label that has a decision and no prediction. */
export function decidedDescription(name: string, decision: Decision | undefined): string {
  return decision ? `${name}, ${decisionName(decision)}` : name;
}
