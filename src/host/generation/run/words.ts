/** What is said of a run: speed, cost, reasons of refusal, and how it ended. Pure. */
import { unreachable } from '../../../core/errors.ts';
import { REJECTION_REASONS } from '../../../core/generation/rejection.ts';
import type {
  Cost,
  GenerationCounts,
  GenerationEvent,
  GenerationResult,
  RejectionReason,
  StopReason,
} from '../../../protocol/generation.ts';
import type { Localiser } from '../../l10n.ts';

type StateEvent = Extract<GenerationEvent, { kind: 'state' }>;

export const doneOf = ({ accepted, rejected }: GenerationCounts): number => accepted + rejected;

/** What a run came to, for a list: `bench-1: 39 of 48 documents, 9 given up`. */
export function runHeadline(
  { run, counts }: { readonly run: string; readonly counts: GenerationCounts },
  l10n: Localiser,
): string {
  const documents = l10n.t('{0} of {1} documents', counts.accepted, counts.planned);
  return counts.rejected > 0
    ? `${run}: ${documents}, ${l10n.t('{0} given up', counts.rejected)}`
    : `${run}: ${documents}`;
}

/** What became of a run that a later one of its name took the place of. */
export const replacedHeadline = (
  { run, kept }: { readonly run: string; readonly kept: number },
  l10n: Localiser,
): string =>
  kept === 0
    ? l10n.t('{0}: replaced by a later run', run)
    : l10n.t('{0}: replaced by a later run; documents set aside in its folder: {1}', run, kept);

/** A cost is known or said to be unknown, never guessed. */
export function costText(cost: Cost, l10n: Localiser): string {
  if (cost.kind === 'unknown') return l10n.t('cost unknown');
  return `${cost.amount.toLocaleString('en', { maximumSignificantDigits: 3 })} ${cost.currency}`;
}

export function tokensText(counts: GenerationCounts, l10n: Localiser): string {
  const { promptTokens, completionTokens, uncounted } = counts;
  const sum = (promptTokens + completionTokens).toLocaleString('en');
  return uncounted > 0
    ? l10n.t('{0} tokens and {1} answers whose tokens were not counted', sum, uncounted)
    : l10n.t('{0} tokens', sum);
}

/** `34.1 tokens/s · 58,120 tokens · cost unknown` */
export function paceText(
  { counts, tokensPerSecond, documentsPerMinute }: StateEvent,
  l10n: Localiser,
): string {
  return [
    ...(tokensPerSecond === undefined ? [] : [l10n.t('{0} tokens/s', tokensPerSecond.toFixed(1))]),
    ...(documentsPerMinute === undefined ? [] : [l10n.t('{0} documents/min', documentsPerMinute.toFixed(1))]),
    tokensText(counts, l10n),
    costText(counts.cost, l10n),
  ].join(' · ');
}

/** The status bar: `48/120 · 39 ✓ 9 ✗ · 34 tokens/s · cost unknown`. */
export function statusText(event: StateEvent, total: number, l10n: Localiser): string {
  const { counts, tokensPerSecond } = event;
  return [
    `${doneOf(counts)}/${total}`,
    `${counts.accepted} ✓ ${counts.rejected} ✗`,
    ...(tokensPerSecond === undefined ? [] : [l10n.t('{0} tokens/s', tokensPerSecond.toFixed(0))]),
    costText(counts.cost, l10n),
  ].join(' · ');
}

/** What is left at the present pace; undefined while there is none. */
export function restText(
  rest: number,
  documentsPerMinute: number | undefined,
  l10n: Localiser,
): string | undefined {
  if (documentsPerMinute === undefined || documentsPerMinute <= 0) return undefined;
  const minutes = rest / documentsPerMinute;
  if (minutes < 1) return l10n.t('less than a minute at this pace');
  return minutes < 90
    ? l10n.t('about {0} minutes at this pace', Math.round(minutes))
    : l10n.t('about {0} hours at this pace', Math.round(minutes / 60));
}

export interface OutcomeText {
  readonly message: string;
  /** Something did not come out as asked for. */
  readonly warning: boolean;
}

export function outcomeText({ summary, stopped, accepted }: GenerationResult, l10n: Localiser): OutcomeText {
  const { counts } = summary;
  const missing = counts.planned - doneOf(counts);
  const parts = [
    l10n.t(
      '{0} of {1} documents written ({2} in this run).',
      counts.accepted,
      counts.planned,
      accepted.length,
    ),
    ...(stopped ? [stopText(stopped, missing, l10n)] : []),
    ...reasonsText(counts, l10n),
    l10n.t('{0}; {1}.', tokensText(counts, l10n), costText(counts.cost, l10n)),
  ];
  return { message: parts.join(' '), warning: stopped?.kind === 'model' || counts.accepted === 0 };
}

function stopText(stopped: StopReason, missing: number, l10n: Localiser): string {
  switch (stopped.kind) {
    case 'cancelled':
      return l10n.t('Stopped with {0} missing.', missing);
    case 'budget':
      return stopped.of === 'tokens'
        ? l10n.t('The token budget ended it with {0} missing.', missing)
        : l10n.t('The document budget ended it with {0} missing.', missing);
    case 'model':
      return l10n.t('{0} {1} ({2} missing.)', stopped.error.message, stopped.error.remedy, missing);
    default:
      return unreachable(stopped);
  }
}

/** Answers that were refused, most frequent reason first; requests that got no answer. */
function reasonsText({ rejections, failures }: GenerationCounts, l10n: Localiser): readonly string[] {
  const byCount = (entries: readonly (readonly [string, number])[]): string =>
    entries
      .toSorted(([, a], [, b]) => b - a)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  const refused = REJECTION_REASONS.flatMap((reason): readonly [string, number][] => {
    const count = rejections[reason] ?? 0;
    return count > 0 ? [[reasonName(reason, l10n), count]] : [];
  });
  const failed = Object.entries(failures);
  return [
    ...(refused.length > 0 ? [l10n.t('Answers refused: {0}.', byCount(refused))] : []),
    ...(failed.length > 0 ? [l10n.t('Requests that failed: {0}.', byCount(failed))] : []),
  ];
}

export function reasonName(reason: RejectionReason, l10n: Localiser): string {
  const names: Readonly<Record<RejectionReason, string>> = {
    empty: l10n.t('empty'),
    refusal: l10n.t('the model declined'),
    truncated: l10n.t('cut off'),
    unreadable: l10n.t('not in the asked-for form'),
    'title-missing': l10n.t('no title'),
    'abstract-missing': l10n.t('no abstract'),
    'claims-missing': l10n.t('no claims'),
    'claims-malformed': l10n.t('claims malformed'),
    'too-short': l10n.t('too short'),
    'too-long': l10n.t('too long'),
    repetitive: l10n.t('repeats itself'),
    'wrong-language': l10n.t('wrong language'),
    'hidden-text': l10n.t('hidden text'),
    'instruction-like': l10n.t('speaks to a language model'),
    'prompt-echo': l10n.t('repeats the prompt'),
    'off-topic': l10n.t('about something else'),
    'label-named': l10n.t('names its label'),
    'near-seed': l10n.t('too near to what it was shown'),
    'near-real': l10n.t('too near to a real document'),
    'near-output': l10n.t('too near to another output'),
    'copied-passage': l10n.t('copies a passage'),
  };
  return names[reason];
}
