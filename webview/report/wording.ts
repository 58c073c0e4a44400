/** Words that more than one report needs. */
import type { View } from '../../src/protocol/engine.ts';
import { t } from '../ui/strings.ts';

export function viewName(view: View): string {
  switch (view) {
    case 'title':
      return t('title');
    case 'abstract':
      return t('abstract');
    case 'claims':
      return t('claims');
    case 'first-claim':
      return t('first claim');
    case 'TA':
      return t('title + abstract');
    case 'TAC':
      return t('title + abstract + claims');
  }
}

/** `42 s`, `3 min 5 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? t('{0} s', whole) : t('{0} min {1} s', Math.floor(whole / 60), whole % 60);
}
