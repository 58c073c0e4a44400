/** Numbers and names of the fidelity report in words. */
import type { CellKind, FidelityReport, Interval, Offence } from '../../src/protocol/fidelity-view.ts';
import { duration, viewName } from '../report/wording.ts';
import { decimal, integer, moment, percent } from '../ui/format.ts';
import { plural, t } from '../ui/strings.ts';

export const tooFew = (): string => t('too few to say');

/** Three digits, or more where the value is small: `0.412`, `0.0031`. */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return decimal(value, 0);
  if (size >= 10) return decimal(value, 1);
  if (size >= 0.1 || size === 0) return decimal(value, 2);
  return decimal(value, size >= 0.01 ? 3 : 4);
}

export const pText = (p: number): string => (p < 0.001 ? t('below {0}', decimal(0.001, 3)) : decimal(p, 3));

export const range = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  t('{0} to {1}', figure(low), figure(high));

export const percentRange = ({ low, high }: Interval): string => t('{0} to {1}', percent(low), percent(high));

export const wordsText = (words: number): string => plural(words, '{0} word', '{0} words', integer(words));

export function cellKindName(kind: CellKind): string {
  switch (kind) {
    case 'overall':
      return t('All');
    case 'label':
      return t('Label');
    case 'strategy':
      return t('Strategy');
    case 'model':
      return t('Model');
    case 'run':
      return t('Run');
  }
}

export function offenceName(offence: Offence): string {
  switch (offence) {
    case 'copies':
      return t('copies');
    case 'near-copy':
      return t('nearly a copy');
    case 'far':
      return t('far from all');
    case 'misses-label':
      return t('misses its label');
    case 'repeats':
      return t('repeats');
    case 'is-real':
      return t('is a real one');
    case 'empty':
      return t('empty');
  }
}

export function offenceText(offence: Offence): string {
  switch (offence) {
    case 'copies':
      return t('It holds a long run of words of a real document.');
    case 'near-copy':
      return t('It is closer to a real document than real documents are to each other.');
    case 'far':
      return t('It is farther from every real document than nearly all real documents are.');
    case 'misses-label':
      return t('The classifier does not find a label it was made for.');
    case 'repeats':
      return t('Its text is that of another synthetic document.');
    case 'is-real':
      return t('Its text is that of a real document.');
    case 'empty':
      return t('It has no words.');
  }
}

/** The head of the report: what was compared, in parts that do not break within a line. */
export function headLines(
  report: FidelityReport,
): readonly (readonly { text: string; tooltip?: string }[])[] {
  const counts = report.cells[0]?.scores.n;
  return [
    [
      ...(counts
        ? [
            { text: documentsText(counts.synthetic, counts.uniqueSynthetic, 'synthetic') },
            { text: documentsText(counts.real, counts.uniqueReal, 'real') },
          ]
        : []),
      { text: viewName(report.view) },
      { text: report.encoder },
    ],
    [
      { text: moment(report.createdAt) },
      { text: t('took {0}', duration(report.seconds)) },
      report.classifier
        ? { text: t('classifier {0}', report.classifier.name), tooltip: report.classifier.path }
        : { text: t('no classifier') },
    ],
  ];
}

function documentsText(all: number, different: number, kind: 'real' | 'synthetic'): string {
  const text =
    kind === 'real'
      ? plural(all, '{0} real document', '{0} real documents', integer(all))
      : plural(all, '{0} synthetic document', '{0} synthetic documents', integer(all));
  return different === all ? text : t('{0} ({1} different)', text, integer(different));
}
