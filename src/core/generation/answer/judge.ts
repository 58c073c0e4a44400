/**
 * The verdict on an answer: a document with notes, or a rejection. What can be told from the answer alone is decided
 * here; likeness to other documents, labels' words and hidden text are looked for by the checks that the caller passes
 * (they belong to leakage, which generation does not know).
 */
import type { AnswerBounds } from '../answer-bounds.ts';
import type { ChatAnswer } from '../chat.ts';
import type { GenerationPlan } from '../plan.ts';
import type { CheckNote, Rejection } from '../rejection.ts';
import type { Slot } from '../slots.ts';
import { draftText, type Draft } from './draft.ts';
import { echoProblem } from './echo.ts';
import { languageProblem } from './language.ts';
import { readAnswer } from './read-answer.ts';
import { shapeProblem } from './shape.ts';
import { strayProblem } from './stray.ts';

/** What a draft is checked for beyond its own shape. The first problem found is the one that counts. */
export interface DraftChecks {
  check(draft: Draft, slot: Slot): { readonly rejection?: Rejection; readonly notes: readonly CheckNote[] };
}

export type Judgement =
  | { readonly kind: 'accepted'; readonly draft: Draft; readonly notes: readonly CheckNote[] }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

export interface JudgedAnswer {
  readonly answer: Pick<ChatAnswer, 'text' | 'finish'>;
  readonly slot: Slot;
  readonly plan: Pick<GenerationPlan, 'language'>;
  /** What the answer's grammar allowed, where it had one. */
  readonly bounds?: AnswerBounds;
  /** Text of the document that was to be written anew. */
  readonly source?: string;
}

export function judge({ answer, slot, plan, bounds, source }: JudgedAnswer, checks: DraftChecks): Judgement {
  const read = readAnswer(answer, bounds);
  if (read.kind === 'rejected') return read;
  const { draft, notes } = read;
  const language = languageProblem(draftText(draft), plan.language);
  const problem =
    echoProblem(draft) ??
    shapeProblem(draft) ??
    (language === undefined
      ? undefined
      : ({
          reason: 'wrong-language',
          detail: `The text ${language}; "${plan.language}" was asked for.`,
        } as const)) ??
    (source === undefined ? undefined : strayProblem(draft, source));
  if (problem) return { kind: 'rejected', rejection: problem };
  const checked = checks.check(draft, slot);
  if (checked.rejection) return { kind: 'rejected', rejection: checked.rejection };
  return { kind: 'accepted', draft, notes: [...notes, ...checked.notes] };
}
