/** What the engine says of outputs, as rows of the review. Pure. */
import path from 'node:path';
import type { RefusedAnswer, UnjudgedItem, Verdict } from '../../../protocol/generation.ts';
import type { ReviewRow } from '../../../protocol/review-view.ts';
import type { Localiser } from '../../l10n.ts';
import { reasonName } from '../run/words.ts';

export function rowOf(
  item: UnjudgedItem,
  verdict: Verdict | null,
  samples: ReadonlySet<string>,
  l10n: Localiser,
): ReviewRow {
  const { id, title, labels, edited, model, strategy, run, file } = item;
  return {
    key: id,
    title,
    standing: verdict ?? 'new',
    labels: labels.map((label) => label.id),
    model: model ?? l10n.t('unknown model'),
    strategy: strategy ?? l10n.t('unknown strategy'),
    run: run ?? path.basename(file, '.jsonl'),
    ...(edited ? { edited: true as const } : {}),
    ...(samples.has(id) ? { sample: true as const } : {}),
  };
}

export function refusedRow(answer: RefusedAnswer, l10n: Localiser): ReviewRow {
  const { id, run, labels, model, reason, detail, title } = answer;
  return {
    key: id,
    title,
    standing: 'invalid',
    labels,
    model,
    strategy: answer.strategy,
    run,
    reason: { code: reason, name: reasonName(reason, l10n), text: detail },
  };
}

/** Rows that are new or differ, where none is gone; undefined where all of them must be sent. */
export function changedRows(
  before: ReadonlyMap<string, ReviewRow>,
  after: readonly ReviewRow[],
): readonly ReviewRow[] | undefined {
  const keys = new Set(after.map(({ key }) => key));
  if ([...before.keys()].some((key) => !keys.has(key))) return undefined;
  return after.filter((row) => JSON.stringify(before.get(row.key)) !== JSON.stringify(row));
}
