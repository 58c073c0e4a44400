/** What a study found, in a few words for a list: its name and the different verdicts of its settings. */
import { VERDICTS, type StudyVerdict } from '../../core/study/report.ts';
import { unreachable } from '../../core/errors.ts';
import type { Localiser } from '../l10n.ts';

/** Undefined for what is no report of a study. */
export function studyHeadline(report: unknown, l10n: Localiser): string | undefined {
  const { name, verdicts } = (report ?? {}) as { readonly name?: unknown; readonly verdicts?: unknown };
  if (typeof name !== 'string' || !Array.isArray(verdicts)) return undefined;
  const found = new Set(verdicts.map((cell: { readonly verdict?: unknown } | null) => cell?.verdict));
  const words = VERDICTS.filter((verdict) => found.has(verdict)).map((verdict) => verdictText(verdict, l10n));
  return words.length === 0 ? name : `${name}: ${words.join(', ')}`;
}

function verdictText(verdict: StudyVerdict, l10n: Localiser): string {
  switch (verdict) {
    case 'helps':
      return l10n.t('helps');
    case 'only volume':
      return l10n.t('only volume');
    case 'no measurable effect':
      return l10n.t('no measurable effect');
    case 'hurts':
      return l10n.t('hurts');
    default:
      return unreachable(verdict);
  }
}
