/**
 * The taxonomy's counts after verdicts, so that they follow at once whatever the size of the workspace. The engine counts
 * anew a while later, which also knows of problems and duplicates. Pure.
 */
import { counts, type Verdict } from '../../../core/corpus/synthetic-review.ts';
import type { SyntheticUse } from '../../../core/corpus/workspace-config.ts';
import type { LabelSummary, WorkspaceSummary } from '../../../protocol/engine.ts';

export interface Judged {
  /** Ids of the output's labels. */
  readonly labels: readonly string[];
  readonly before: Verdict | null;
  readonly after: Verdict | null;
}

type Counted = Pick<WorkspaceSummary, 'taxonomy' | 'documents'>;

/** @param targetCount documents that a label should have */
export function recounted(
  { taxonomy, documents }: Counted,
  judged: readonly Judged[],
  use: SyntheticUse,
  targetCount: number,
): Counted {
  if (!taxonomy) return { documents };
  const added = new Map<string, number>();
  let more = 0;
  for (const { labels, before, after } of judged) {
    const change = Number(counts(use, after ?? undefined)) - Number(counts(use, before ?? undefined));
    more += change;
    for (const label of labels) added.set(label, (added.get(label) ?? 0) + change);
  }
  const labels = taxonomy.labels.map((label): LabelSummary => {
    const change = added.get(label.id) ?? 0;
    if (change === 0) return label;
    const count = label.count + change;
    const deficit = Math.max(0, targetCount - count);
    return { ...label, count, synthetic: label.synthetic + change, deficit };
  });
  return { taxonomy: { ...taxonomy, labels }, documents: documents + more };
}
