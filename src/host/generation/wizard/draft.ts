/** What a person has chosen so far, and what becomes of it: the question for a plan, and the plan. Pure. */
import type { GenerationPlan } from '../../../core/generation/plan.ts';
import type { LabelSummary } from '../../../protocol/engine.ts';
import type {
  Genre,
  LabelSet,
  ModelChoice,
  ProposePlanParams,
  Strategy,
} from '../../../protocol/generation.ts';

export interface Draft {
  /** Ids. */
  readonly labels: readonly string[];
  readonly targetCount: number;
  readonly strategy: Strategy;
  /** How often a seed is put into other words. */
  readonly times: number;
  readonly genres: readonly Genre[];
  readonly labelInstruction: GenerationPlan['labelInstruction'];
  readonly model?: ModelChoice;
  /** At most so many documents; undefined: what the labels lack. */
  readonly documents: number | undefined;
}

/** @param before what was chosen the last time */
export const newDraft = (
  labels: readonly string[],
  targetCount: number,
  before: Partial<Draft> = {},
): Draft => ({
  strategy: 'conditioned',
  times: 1,
  genres: ['standard'],
  labelInstruction: 'described',
  ...before,
  labels,
  targetCount,
  documents: undefined,
});

/** Labels that lack documents, those that lack most first; the rest after them. */
export function byDeficit(labels: readonly LabelSummary[], targetCount: number): readonly LabelSummary[] {
  return labels
    .map((label) => ({ ...label, deficit: Math.max(0, targetCount - label.count) }))
    .sort((a, b) => b.deficit - a.deficit || a.name.localeCompare(b.name));
}

export function proposeParams(
  root: string,
  draft: Draft,
  model: ModelChoice,
  name: string,
): ProposePlanParams {
  return {
    root,
    strategy: draft.strategy,
    model,
    name,
    targetCount: draft.targetCount,
    labels: draft.labels,
    times: draft.times,
    ...(draft.documents === undefined ? {} : { documents: draft.documents }),
  };
}

/** What was chosen beside what was proposed. */
export function withChoices(plan: GenerationPlan, draft: Draft): GenerationPlan {
  return { ...plan, genres: [...draft.genres], labelInstruction: draft.labelInstruction };
}

/** A set with another count; with none it is left out. */
export function withCount(plan: GenerationPlan, set: LabelSet, count: number): GenerationPlan {
  const labelSets = plan.labelSets.flatMap((one) => {
    if (one !== set) return [one];
    return count === 0 ? [] : [{ ...one, count }];
  });
  return { ...plan, labelSets };
}

export const documentsOf = ({ labelSets }: GenerationPlan): number =>
  labelSets.reduce((sum, { count }) => sum + count, 0);

/** `2026-05-04`, or `2026-05-04-2` where that is taken. Names of files and runs. */
export function freeName(day: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? day : `${day}-${number}`;
    if (!taken.has(name)) return name;
  }
}

/** 0 is no limit. */
export function withTokenBudget(plan: GenerationPlan, tokens: number): GenerationPlan {
  const { documents } = plan.budget;
  return {
    ...plan,
    budget: { ...(documents === undefined ? {} : { documents }), ...(tokens === 0 ? {} : { tokens }) },
  };
}
