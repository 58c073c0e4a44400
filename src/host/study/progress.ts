/** Where a study stands, in one line: what is being trained, and how long it will still take. */
import type { StudyProgress } from '../../protocol/study.ts';
import type { Localiser } from '../l10n.ts';

export function progressMessage(
  { message, secondsLeft }: Pick<StudyProgress, 'message' | 'secondsLeft'>,
  l10n: Localiser,
): string {
  return secondsLeft === undefined ? message : `${message} · ${timeLeft(secondsLeft, l10n)}`;
}

/** Rounded so that it does not flicker: to seconds, then to tens of them, then to minutes. */
export function timeLeft(seconds: number, l10n: Localiser): string {
  if (seconds < 1) return l10n.t('nearly done');
  if (seconds < 20) return l10n.t('about {0} s left', Math.round(seconds));
  if (seconds < 95) return l10n.t('about {0} s left', 10 * Math.round(seconds / 10));
  return l10n.t('about {0} min left', Math.round(seconds / 60));
}
