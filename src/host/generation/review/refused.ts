/** An answer that the checks refused, as the review shows it: word for word, with the reason. Pure. */
import type { RefusedAnswer } from '../../../protocol/generation.ts';
import type { ReviewDetail } from '../../../protocol/review-view.ts';
import type { Localiser } from '../../l10n.ts';
import { reasonName } from '../run/words.ts';

export function refusedDetail(answer: RefusedAnswer, l10n: Localiser): ReviewDetail {
  const { id, text, reason, detail, at, attempt, model, run, promptTokens, completionTokens } = answer;
  const tokens = (count: number | undefined): string =>
    count === undefined ? l10n.t('not counted') : String(count);
  return {
    key: id,
    raw: text,
    passages: [],
    sources: [],
    checks: [{ name: reasonName(reason, l10n), outcome: 'failed', text: detail }],
    facts: [
      { name: l10n.t('Run'), value: run },
      { name: l10n.t('Model'), value: model },
      { name: l10n.t('Attempt'), value: String(attempt) },
      { name: l10n.t('Time'), value: at },
      {
        name: l10n.t('Tokens'),
        value: l10n.t('{0} in, {1} out', tokens(promptTokens), tokens(completionTokens)),
      },
    ],
    kept: [],
    editable: false,
  };
}
