/** Numbers and names of the audit in words. */
import type {
  AuditJudgement,
  AuditReport,
  ContaminationPair,
  CopiedPassage,
  Interval,
  LabelOverlap,
} from '../../src/protocol/audit-view.ts';
import { decimal, integer, percent, signed } from '../ui/format.ts';
import { plural, t } from '../ui/strings.ts';
import { viewName } from '../report/wording.ts';

export const tooFew = (): string => t('too few to say');

export const range = ({ low, high }: Interval): string => t('{0} to {1}', decimal(low), decimal(high));

export const signedRange = ({ low, high }: Interval): string => t('{0} to {1}', signed(low), signed(high));

/** `0.81 (0.78 to 0.84)`. */
export const figureText = (figure: Interval | null): string =>
  figure ? `${decimal(figure.value)} (${range(figure)})` : tooFew();

export const differenceText = (figure: Interval | null): string =>
  figure ? `${signed(figure.value)} (${signedRange(figure)})` : tooFew();

export const shareText = (share: number | null | undefined): string =>
  share === null || share === undefined ? '–' : percent(share);

/** A difference of shares in points of a hundred. */
export const gapText = (gap: number | undefined): string => (gap === undefined ? '–' : signed(100 * gap, 0));

export function overlapText(overlap: LabelOverlap): string {
  return t(
    '{0} of {1} documents that have the label contain its words, {2} of {3} that do not',
    shareText(overlap.shareHaving),
    integer(overlap.having),
    shareText(overlap.shareNotHaving),
    integer(overlap.notHaving),
  );
}

/** What the corpus is, in parts that do not break within a line. */
export function corpusFacts({ documents, audit, view }: AuditReport): readonly string[] {
  return [
    plural(documents.real, '{0} real document', '{0} real documents', integer(documents.real)),
    ...(documents.synthetic > 0 ? [t('{0} synthetic', integer(documents.synthetic))] : []),
    ...(documents.duplicates > 0
      ? [
          plural(
            documents.duplicates,
            '{0} copy left out',
            '{0} copies left out',
            integer(documents.duplicates),
          ),
        ]
      : []),
    plural(audit.labels.length, '{0} label', '{0} labels', integer(audit.labels.length)),
    viewName(view),
  ];
}

export function judgementText(judgement: AuditJudgement): string {
  switch (judgement.kind) {
    case 'test-split':
      return plural(
        judgement.documents,
        'Judged on {0} document of the test split.',
        'Judged on {0} documents of the test split.',
        integer(judgement.documents),
      );
    case 'unseen':
      return plural(
        judgement.documents,
        'Judged on {0} document that the classifier was not trained on.',
        'Judged on {0} documents that the classifier was not trained on.',
        integer(judgement.documents),
      );
    case 'cross-fitted':
      return t(
        'Judged on {0} documents: the recipe was trained {1} times, each time without the documents it was judged on.',
        integer(judgement.documents),
        integer(judgement.folds),
      );
    case 'none':
      return judgement.reason;
  }
}

export function whyText(why: ContaminationPair['why']): string {
  switch (why) {
    case 'same-text':
      return t('same text');
    case 'near-duplicate':
      return t('near-duplicate');
    case 'same-family':
      return t('same family');
  }
}

export function sourceText(source: CopiedPassage['sourceIs']): string {
  switch (source) {
    case 'seed':
      return t('its seed');
    case 'test':
      return t('test split');
    case 'real':
      return t('real');
  }
}

export const wordsText = (words: number): string => plural(words, '{0} word', '{0} words', integer(words));
