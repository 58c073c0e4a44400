/** What a training takes and what came of it, in words. */
import type { FinetuneEstimate, TrainingReport } from '../../src/protocol/training-view.ts';
import { familyName } from '../learning/wording.ts';
import { duration } from '../report/wording.ts';
import { integer, moment } from '../ui/format.ts';
import { plural, t } from '../ui/strings.ts';

export function setupFacts({
  family,
  layers,
  encoder,
  documents,
  held,
  labels,
}: FinetuneEstimate): readonly string[] {
  return [
    t('{0} of {1}', familyName(family, layers), encoder),
    plural(documents, '{0} document', '{0} documents', integer(documents)),
    t('{0} of them held out', integer(held)),
    plural(labels, '{0} label', '{0} labels', integer(labels)),
  ];
}

export const headLines = (report: TrainingReport) => [
  setupFacts(report.setup).map((text) => ({ text })),
  [
    { text: moment(report.createdAt) },
    { text: t('took {0}', duration(report.seconds)) },
    { text: report.classifier.name, tooltip: report.classifier.path },
  ],
];
