/** The answers that the checks refused, as the journals of the runs keep them, for a person to look at. */
import { toErrorReport, type PatentLabError } from '../../core/errors.ts';
import type { RefusedAnswer } from '../../protocol/generation.ts';
import { readJournal, type AnswerEntry, type JournalEntry } from './storage/journal.ts';
import { storedRuns, type StoredRun } from './storage/run-folder.ts';

/** Longest title that is made of an answer's first line, in characters. [ours] */
const TITLE_LENGTH = 120;

/** @param only name of a run; left out, all of them. */
export async function refusedAnswers(
  root: string,
  only?: string,
): Promise<{
  readonly answers: readonly RefusedAnswer[];
  readonly problems: readonly ReturnType<typeof toErrorReport>[];
}> {
  const problems: PatentLabError[] = [];
  const answers: RefusedAnswer[] = [];
  for (const run of await storedRuns(root, problems)) {
    if (only !== undefined && run.plan.name !== only) continue;
    const { entries, problems: damaged } = await readJournal(run.folder);
    problems.push(...damaged);
    answers.push(...refusedOf(run, entries));
  }
  return { answers, problems: problems.map((problem) => toErrorReport(problem)) };
}

/** An answer that was judged again counts by its last judgement. */
export function refusedOf(
  { plan, slots }: Pick<StoredRun, 'plan' | 'slots'>,
  entries: readonly JournalEntry[],
): readonly RefusedAnswer[] {
  const bySlot = new Map(slots.map((slot) => [slot.number, slot]));
  const received = new Map<string, AnswerEntry>();
  const refused = new Map<string, RefusedAnswer>();
  for (const entry of entries) {
    if (entry.kind !== 'answer' && entry.kind !== 'judgement') continue;
    const id = `${plan.name}/${entry.slot}/${entry.attempt}`;
    if (entry.kind === 'answer') {
      received.set(id, entry);
      continue;
    }
    refused.delete(id);
    const answer = received.get(id);
    if (entry.reason === undefined || !answer) continue;
    const slot = bySlot.get(entry.slot);
    const { text, at, model, promptTokens, completionTokens } = answer;
    refused.set(id, {
      id,
      run: plan.name,
      slot: entry.slot,
      attempt: entry.attempt,
      at,
      reason: entry.reason,
      detail: entry.detail ?? '',
      text,
      title: titleOf(text),
      labels: slot?.labels ?? [],
      model,
      strategy: slot?.strategy ?? plan.strategy,
      ...(promptTokens === undefined ? {} : { promptTokens }),
      ...(completionTokens === undefined ? {} : { completionTokens }),
    });
  }
  return [...refused.values()];
}

/** The title of an answer that is JSON or has headings, else its first line. */
function titleOf(text: string): string {
  const named = jsonTitle(text) ?? /^\W*title\W+(.+)$/im.exec(text)?.[1];
  const line = named ?? text.split('\n').find((one) => /\p{L}/u.test(one)) ?? '';
  const clean = line.replace(/[*#`"]/g, '').trim();
  return clean.length > TITLE_LENGTH ? `${clean.slice(0, TITLE_LENGTH - 1)}…` : clean;
}

/** Of JSON that may be cut off anywhere behind it. */
function jsonTitle(text: string): string | undefined {
  const quoted = /"title"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  if (quoted === undefined) return undefined;
  try {
    const title: unknown = JSON.parse(quoted);
    return typeof title === 'string' ? title : undefined;
  } catch {
    return undefined;
  }
}
