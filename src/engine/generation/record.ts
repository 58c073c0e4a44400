/** The corpus record of an accepted output, with everything there is to know of how it came about. */
import { createHash } from 'node:crypto';
import type { Draft } from '../../core/generation/answer/draft.ts';
import type { GenerationPlan } from '../../core/generation/plan.ts';
import type { Prompt } from '../../core/generation/prompt.ts';
import type { CheckNote } from '../../core/generation/rejection.ts';
import type { CorpusRecord } from '../../core/patent/corpus-files/write-jsonl.ts';
import type { AnswerEntry } from './storage/journal.ts';
import type { PlannedSlot } from './storage/run-folder.ts';

/**
 * An id that says run and slot, and changes with the answer: a verdict on one text never passes to another, and an
 * answer makes the same id whenever it is looked at.
 */
export function recordId(run: string, { slot, attempt, text }: AnswerEntry): string {
  const hash = createHash('sha256').update(`${attempt}\n${text}`).digest('hex').slice(0, 8);
  return `${run}-${slot}-${hash}`;
}

export interface Made {
  readonly plan: GenerationPlan;
  readonly slot: PlannedSlot;
  readonly labelIds: readonly string[];
  readonly prompt: Prompt;
  readonly answer: AnswerEntry;
  readonly draft: Draft;
  readonly notes: readonly CheckNote[];
}

export function syntheticRecord(made: Made): CorpusRecord {
  const { plan, slot, labelIds, prompt, answer, draft } = made;
  const labels = slot.labels.map((label) => labelIds[label] ?? '');
  return {
    id: recordId(plan.name, answer),
    title: draft.title,
    abstract: draft.abstract,
    claims: draft.claims,
    ...(draft.description === '' ? {} : { description: draft.description.split(/\n+/u) }),
    labels,
    language: plan.language,
    provenance: {
      kind: 'synthetic',
      run: plan.name,
      slot: slot.number,
      attempt: answer.attempt,
      strategy: slot.strategy,
      genre: slot.genre,
      model: answer.model,
      client: plan.model.client,
      parents: slot.source === undefined ? [] : [slot.source],
      exemplars: slot.exemplars.filter((id) => !prompt.dropped.includes(id)),
      prompt: prompt.messages,
      promptHash: answer.promptHash,
      namedLabels: plan.labelInstruction === 'named' && slot.strategy === 'conditioned' ? labels : [],
      attributes: slot.attributes,
      temperature: plan.temperature,
      seed: requestSeed(slot, answer.attempt),
      at: answer.at,
      milliseconds: Math.round(answer.milliseconds),
      tokens: { prompt: answer.promptTokens ?? null, completion: answer.completionTokens ?? null },
      finish: answer.finish,
      checks: made.notes,
      ...(prompt.shortened.length === 0 ? {} : { shortened: prompt.shortened }),
    },
  };
}

/** A re-try asks with another seed: the same one would give the same answer. */
export const requestSeed = ({ seed }: Pick<PlannedSlot, 'seed'>, attempt: number): number =>
  (seed + attempt - 1) % 2 ** 31;
