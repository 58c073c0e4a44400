/** Numbers and names of a study in words. */
import type {
  Estimate,
  Schedule,
  StudyCell,
  StudyReport,
  ThresholdPolicy,
  WaterfallStep,
} from '../../src/protocol/study-view.ts';
import { decimal, integer, signed } from '../ui/format.ts';
import type { IconName } from '../ui/icons.tsx';
import { plural, t } from '../ui/strings.ts';
import type { Metric } from './arm-rows.ts';
import type { Overall } from './cells.ts';

/** Digits of F1 and of its differences: the effects in question are hundredths. */
const DIGITS = 3;

export const score = (value: number): string => decimal(value, DIGITS);
export const change = (value: number): string => signed(value, DIGITS);

export const scoreRange = ({ low, high }: Estimate): string => t('{0} to {1}', score(low), score(high));
export const changeRange = ({ low, high }: Estimate): string => t('{0} to {1}', change(low), change(high));

export const scoreText = (estimate: Estimate): string => `${score(estimate.mean)} (${scoreRange(estimate)})`;
export const changeText = (estimate: Estimate): string =>
  `${change(estimate.mean)} (${changeRange(estimate)})`;

/** What the interval of a difference says. */
export type Tone = 'gain' | 'loss' | 'open';

export function toneOf({ low, high }: Estimate): Tone {
  if (low > 0) return 'gain';
  return high < 0 ? 'loss' : 'open';
}

export function scheduleName(schedule: Schedule): string {
  switch (schedule) {
    case 'fixed-epochs':
      return t('Fixed epochs');
    case 'step-matched':
      return t('Equal steps');
    case 'convergence':
      return t('To convergence');
  }
}

export function thresholdsName(thresholds: ThresholdPolicy): string {
  switch (thresholds) {
    case 'fixed':
      return t('threshold 0.5');
    case 'tuned':
      return t('tuned threshold');
  }
}

/** As an entry of a list of policies. */
export const policyName = (thresholds: ThresholdPolicy): string =>
  thresholds === 'fixed' ? t('0.5') : t('tuned by cross-validation');

export function familyName(family: StudyCell['family']): string {
  switch (family) {
    case 'encoder-linear':
      return t('Encoder + linear head');
    case 'encoder-mlp':
      return t('Encoder + MLP head');
    case 'tfidf-linear':
      return t('TF-IDF + linear');
    case 'lora':
      return t('LoRA');
    case 'full':
      return t('Full fine-tuning');
  }
}

/** `165 real documents`; a share says how many that are. */
export function regimeName(regime: string, { documents }: Pick<StudyReport, 'documents'>): string {
  const real = documents.regimes.find((one) => one.regime === regime)?.real;
  if (real === undefined) return regime;
  return regime === '100%' ? t('All {0} real', integer(real)) : t('{0} real', integer(real));
}

export const cellName = (cell: StudyCell, report: Pick<StudyReport, 'documents'>): string =>
  [
    regimeName(cell.regime, report),
    scheduleName(cell.schedule).toLocaleLowerCase(),
    thresholdsName(cell.thresholds),
  ].join(', ');

export function stepName(step: WaterfallStep['step']): string {
  switch (step) {
    case 'threshold':
      return t('Tuned threshold');
    case 'steps':
      return t('As many steps');
    case 'volume':
      return t('As many documents');
    case 'synthetic':
      return t('Synthetic content');
  }
}

export function metricName(metric: Metric): string {
  switch (metric) {
    case 'microF1':
      return t('Micro-F1');
    case 'macroF1':
      return t('Macro-F1');
    case 'weightedF1':
      return t('Weighted F1');
    case 'microAP':
      return t('Micro average precision');
    case 'macroAP':
      return t('Macro average precision');
    case 'lrap':
      return t('Label ranking');
  }
}

export function verdictName(verdict: Overall): string {
  switch (verdict) {
    case 'helps':
      return t('Helps');
    case 'only volume':
      return t('Only volume');
    case 'no measurable effect':
      return t('No measurable effect');
    case 'hurts':
      return t('Hurts');
    case 'mixed':
      return t('It depends');
    case 'unknown':
      return t('Not known');
  }
}

/** Each verdict has a shape of its own, so that it does not hang on its colour. */
export function verdictIcon(verdict: Overall): IconName {
  switch (verdict) {
    case 'helps':
      return 'gain';
    case 'only volume':
      return 'layers';
    case 'no measurable effect':
      return 'none';
    case 'hurts':
      return 'loss';
    case 'mixed':
      return 'mixed';
    case 'unknown':
      return 'circle';
  }
}

/** For a class name. */
export const verdictClass = (verdict: Overall): string => `verdict-${verdict.replaceAll(' ', '-')}`;

/** `about 40 s`, `about 3 min`, `about 2 h`. */
export function about(seconds: number): string {
  if (seconds < 90) return t('about {0} s', integer(Math.max(1, Math.round(seconds))));
  if (seconds < 5400) return t('about {0} min', integer(Math.round(seconds / 60)));
  return t('about {0} h', decimal(seconds / 3600, 1));
}

export const documentsText = (count: number): string =>
  plural(count, '{0} document', '{0} documents', integer(count));
