/** Sentences and names of the Leakage tab. */
import type { FindingKind, Severity } from '../../src/protocol/leakage.ts';
import type { LabelLeakage, LeakageShown, ShownFinding } from '../../src/protocol/leakage-view.ts';
import type { IconName } from '../ui/icons.tsx';
import { integer } from '../ui/format.ts';
import { plural, t } from '../ui/strings.ts';
import { countFindings, type FindingCounts, type Verdict } from './leakage-model.ts';

/** What was found, in one sentence; a second one names the rest. */
export function headline(shown: LeakageShown): { readonly names: string; readonly rest: readonly string[] } {
  const counts = countFindings(shown.findings);
  const known = shown.labels.some(({ standing }) => standing === 'labelled');
  return { names: namesSentence(counts, known), rest: restSentences(counts) };
}

function namesSentence({ assigned, other }: FindingCounts, known: boolean): string {
  if (assigned > 0) {
    const own = plural(
      assigned,
      '{0} place names a label this patent has',
      '{0} places name a label this patent has',
      integer(assigned),
    );
    if (other === 0) return `${own}.`;
    return `${own}; ${plural(other, '{0} more names another label.', '{0} more name other labels.', integer(other))}`;
  }
  if (other === 0) return t('No label is named in this patent.');
  return known
    ? plural(
        other,
        '{0} place names a label, but none this patent has.',
        '{0} places name labels, but none this patent has.',
        integer(other),
      )
    : plural(other, '{0} place names a label.', '{0} places name labels.', integer(other));
}

function restSentences({ keywords, related, hidden }: FindingCounts): readonly string[] {
  return [
    ...(keywords > 0
      ? [
          plural(
            keywords,
            '{0} keyword of a label stands in the text.',
            '{0} keywords of labels stand in the text.',
            integer(keywords),
          ),
        ]
      : []),
    ...(related > 0
      ? [
          plural(
            related,
            '{0} finding concerns where the text comes from.',
            '{0} findings concern where the text comes from.',
            integer(related),
          ),
        ]
      : []),
    ...(hidden > 0
      ? [
          plural(
            hidden,
            '{0} place is unseen or speaks to a language model.',
            '{0} places are unseen or speak to a language model.',
            integer(hidden),
          ),
        ]
      : []),
  ];
}

/** What was looked for, for a patent without findings. */
export function checkedSentences(labels: number, relations: LeakageShown['relations']): readonly string[] {
  return [
    plural(
      labels,
      'Names, aliases and keywords of {0} label, in all inflections and spellings',
      'Names, aliases and keywords of {0} labels, in all inflections and spellings',
      integer(labels),
    ),
    t('Characters that are not seen'),
    t('Text that speaks to a language model instead of a reader'),
    ...(relations === 'done' ? [t('Text shared with the other documents of the workspace')] : []),
  ];
}

export function kindName(kind: FindingKind): string {
  switch (kind) {
    case 'assigned-label':
      return t('Name of an assigned label');
    case 'other-label':
      return t('Name of another label');
    case 'keyword':
      return t('Keyword');
    case 'instruction-leak':
      return t('Instruction names the label');
    case 'contamination':
      return t('Also on the other side of a split');
    case 'copying':
      return t('Copied passage');
    case 'hidden-text':
      return t('Unseen characters');
    case 'instruction-like':
      return t('Speaks to a language model');
  }
}

export function kindIcon(kind: FindingKind): IconName {
  switch (kind) {
    case 'assigned-label':
    case 'instruction-like':
      return 'warning';
    case 'other-label':
      return 'info';
    case 'keyword':
      return 'circle';
    case 'instruction-leak':
    case 'contamination':
    case 'copying':
      return 'document';
    case 'hidden-text':
      return 'cut';
  }
}

export function severityName(severity: Severity): string {
  switch (severity) {
    case 'warning':
      return t('Warnings');
    case 'information':
      return t('Information');
    case 'hint':
      return t('Hints');
  }
}

export function standingName(standing: LabelLeakage['standing']): string | undefined {
  switch (standing) {
    case 'labelled':
      return t('its label');
    case 'predicted':
      return t('predicted');
    case 'other':
      return undefined;
  }
}

export function labelCounts({ names, keywords }: LabelLeakage): string {
  if (names + keywords === 0) return t('not named');
  return [
    ...(names > 0 ? [plural(names, '{0} name', '{0} names', integer(names))] : []),
    ...(keywords > 0 ? [plural(keywords, '{0} keyword', '{0} keywords', integer(keywords))] : []),
  ].join(' · ');
}

export function verdictName(verdict: Verdict): string {
  switch (verdict) {
    case 'survives':
      return t('survives');
    case 'lost':
      return t('lost');
    case 'appears':
      return t('appears');
    case 'never':
      return t('was never assigned');
  }
}

/** Unseen characters as their code points, `U+200B`; undefined for text that is seen. */
export function unseenName(text: string): string | undefined {
  if (text === '' || !/^[\p{Cf}\p{Cc}\p{Mn}\p{Default_Ignorable_Code_Point}]+$/u.test(text)) return undefined;
  const codes = [...text].map((character) => {
    const code = character.codePointAt(0) ?? 0;
    return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  });
  return codes.length > 3 ? `${codes.slice(0, 2).join(' ')} … (${integer(codes.length)})` : codes.join(' ');
}

/** What a finding's text reads as. */
export function findingText({ text }: Pick<ShownFinding, 'text'>): string {
  return unseenName(text) ?? text.replace(/\s+/gu, ' ').trim();
}
