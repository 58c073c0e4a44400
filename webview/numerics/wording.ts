/** Numbers and names of the numerics check in words. */
import type {
  Criterion,
  Interval,
  NumericsReport,
  NumericsVerdict,
} from '../../src/protocol/numerics-view.ts';
import { decimal, integer, percent, signed } from '../ui/format.ts';
import { plural, t } from '../ui/strings.ts';
import { viewName } from '../report/wording.ts';

export function verdictText(verdict: NumericsVerdict): string {
  switch (verdict) {
    case 'passed':
      return t('Passed');
    case 'collapsed':
      return t('Collapsed');
    case 'differs':
      return t('Differs too much');
  }
}

/** With two digits of what it lacks to 1. */
export function cosineText(cosine: number | null): string {
  if (cosine === null) return '–';
  const away = 1 - cosine;
  if (away < 1e-9) return '1';
  const digits = Math.max(4, Math.min(9, 1 - Math.floor(Math.log10(away))));
  // Rounded down, so that 0.99999 is never said to be 1.
  return decimal(Math.floor(cosine * 10 ** digits) / 10 ** digits, digits);
}

/** `0.013`, `2.1e-7`. */
export function distanceText(distance: number): string {
  if (distance === 0) return '0';
  return Math.abs(distance) < 0.001 ? distance.toExponential(1) : decimal(distance, 3);
}

export const rangeText = ({ low, high }: Interval): string =>
  t('{0} to {1}', decimal(low, 3), decimal(high, 3));

export const signedRangeText = ({ low, high }: Interval): string =>
  t('{0} to {1}', signed(low, 3), signed(high, 3));

export const speedText = (documentsPerSecond: number): string =>
  decimal(documentsPerSecond, documentsPerSecond < 10 ? 1 : 0);

export function criterionText({ name }: Criterion): string {
  switch (name) {
    case 'nan':
      return t('No number is missing (NaN)');
    case 'micro-f1':
      return t('The interval of the change of micro-F1 does not lie under zero');
    case 'infinite':
      return t('No number is infinite');
    case 'worst-cosine':
      return t('The worst cosine of an embedding reaches the limit');
    case 'flips':
      return t('Assignments of labels stay, but for a share within the limit');
  }
}

export function measuredText({ name, value }: Criterion): string {
  if (value === null) return t('not measured');
  switch (name) {
    case 'nan':
    case 'infinite':
      return integer(value);
    case 'micro-f1':
      return signed(value, 3);
    case 'worst-cosine':
      return cosineText(value);
    case 'flips':
      return value === 0 ? percent(0) : t('{0} %', decimal(100 * value, 1));
  }
}

export function limitText({ name, limit }: Criterion): string {
  switch (name) {
    case 'nan':
    case 'infinite':
      return integer(limit);
    case 'micro-f1':
      return t('at least {0}', integer(limit));
    case 'worst-cosine':
      return t('at least {0}', String(limit));
    case 'flips':
      return t('at most {0} %', decimal(100 * limit, 0));
  }
}

export const metText = (met: boolean | null): string =>
  met === null ? t('not measured') : met ? t('met') : t('not met');

/** What was compared, in parts that do not break within a line. */
export function corpusFacts({ documents, labels, view }: NumericsReport): readonly string[] {
  return [
    plural(documents.compared, '{0} document', '{0} documents', integer(documents.compared)),
    ...(documents.split === undefined ? [] : [t('split “{0}”', documents.split)]),
    ...(labels.length > 0 ? [plural(labels.length, '{0} label', '{0} labels', integer(labels.length))] : []),
    viewName(view),
  ];
}
