/** What a training takes and what came of it, in words. */
import type { FinetuneEstimate, TrainingReport } from '../../src/protocol/training-view.ts';
import { duration } from '../report/wording.ts';
import { decimal, integer, moment } from '../ui/format.ts';
import { plural, t } from '../ui/strings.ts';

export function familyName(family: FinetuneEstimate['family']): string {
  switch (family) {
    case 'lora':
      return t('LoRA');
    case 'full':
      return t('full fine-tuning');
  }
}

/** `1.4 GB`, `820 MB`. */
export function memory(bytes: number): string {
  const megabytes = bytes / 2 ** 20;
  return megabytes < 1000
    ? t('{0} MB', integer(Math.ceil(megabytes)))
    : t('{0} GB', decimal(megabytes / 1024, 1));
}

export function setupFacts({
  family,
  encoder,
  documents,
  held,
  labels,
}: FinetuneEstimate): readonly string[] {
  return [
    t('{0} of {1}', familyName(family), encoder),
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
