/** The edits of the quick fixes, as replacements in the text that was checked. Loaded with the first quick fix. */
import { mask, maskTerms } from '../../core/leakage/mask.ts';
import type { TermMatcher } from '../../core/leakage/terms/matcher.ts';
import type { CheckedPatent, Leak } from './leak.ts';
import { maskWords, removeWords, type Replacement, type SourceText } from './mask-edits.ts';
import { recordLine } from './record-edits.ts';

/** Masks the words of one finding. */
export function maskLeak(text: string, { patent, passages }: CheckedPatent, { within }: Leak): Replacement[] {
  const located = within && passages[within.passage];
  if (!located) return [];
  return maskWords({ text, format: patent.format }, located.passage, within.span);
}

/**
 * Masks labels' words in all of a patent until none is left.
 * @param labels positions in the taxonomy; all without it.
 */
export function maskLabels(
  text: string,
  { patent, passages }: CheckedPatent,
  matcher: TermMatcher,
  labels?: ReadonlySet<number>,
): Replacement[] {
  const source: SourceText = { text, format: patent.format };
  return apart(
    passages.flatMap(({ passage, version: { language } }) => {
      const options = { ...(labels ? { labels } : {}), ...(language === undefined ? {} : { language }) };
      return maskTerms(passage.text, matcher, options).spans.flatMap((span) =>
        maskWords(source, passage, span),
      );
    }),
  );
}

/** Takes the hidden characters of some findings out. */
export function removeHidden(
  text: string,
  { patent, passages }: CheckedPatent,
  leaks: readonly Leak[],
): Replacement[] {
  const source: SourceText = { text, format: patent.format };
  const hidden = leaks.filter(({ kind }) => kind === 'hidden-text');
  const between = hidden.filter(({ within }) => within === undefined);
  return apart([
    ...between.map(({ span }) => ({ span, text: '' })),
    ...passages.flatMap(({ passage }, at) => {
      const spans = hidden.flatMap(({ within }) => (within?.passage === at ? [within.span] : []));
      return mask(passage.text, spans).spans.flatMap((span) => removeWords(source, passage, span));
    }),
  ]);
}

/** Takes a record out of its corpus. */
export const dropRecord = (text: string, { patent }: CheckedPatent): Replacement => ({
  span: recordLine(text, patent.source.span),
  text: '',
});

/** In order and without those that another one covers: passages may stand inside each other. */
function apart(replacements: readonly Replacement[]): Replacement[] {
  const result: Replacement[] = [];
  let end = -1;
  for (const replacement of replacements.toSorted((a, b) => a.span.start - b.span.start)) {
    if (replacement.span.start < end) continue;
    result.push(replacement);
    end = replacement.span.end;
  }
  return result;
}
