/** Verdicts that can be taken back, last one first. Pure. */
import type { Verdict } from '../../../protocol/generation.ts';

export interface Change {
  /** What the outputs had before. */
  readonly before: readonly { readonly id: string; readonly verdict: Verdict | null }[];
}

/** Calls that bring back what was before: one for each verdict. */
export function reverted({ before }: Change): readonly {
  readonly ids: readonly string[];
  readonly verdict: Verdict | null;
}[] {
  const byVerdict = new Map<Verdict | null, string[]>();
  for (const { id, verdict } of before) {
    byVerdict.set(verdict, [...(byVerdict.get(verdict) ?? []), id]);
  }
  return [...byVerdict].map(([verdict, ids]) => ({ ids, verdict }));
}
