/** How a run stands: what its journal and its documents say of every slot. */
import type { GenerationPlan } from '../../core/generation/plan.ts';
import { recordId } from './record.ts';
import type { AnswerEntry, JournalEntry } from './storage/journal.ts';
import type { StoredRun } from './storage/run-folder.ts';
import { Tally } from './tally.ts';

export interface SlotStanding {
  readonly number: number;
  /** Answers that were received. */
  attempts: number;
  /** Of them those that were rejected. */
  rejections: number;
  accepted: boolean;
}

export interface Standing {
  readonly slots: ReadonlyMap<number, SlotStanding>;
  /** Answers that nothing was made of yet, or whose record is gone: free of charge. */
  readonly open: readonly AnswerEntry[];
  readonly tally: Tally;
}

/** @param present ids of the records in the run's file */
export function standingOf(
  { slots: stored }: Pick<StoredRun, 'slots'>,
  plan: Pick<GenerationPlan, 'name' | 'price' | 'retries'>,
  entries: readonly JournalEntry[],
  present: ReadonlySet<string>,
): Standing {
  const tally = new Tally(stored.length, plan.price);
  const slots = new Map(
    stored.map(({ number }) => [number, { number, attempts: 0, rejections: 0, accepted: false }]),
  );
  const judged = new Set<string>();
  for (const entry of entries) {
    if (entry.kind !== 'judgement' || entry.reason === undefined) continue;
    const slot = slots.get(entry.slot);
    const key = `${entry.slot} ${entry.attempt}`;
    if (!slot || judged.has(key)) continue;
    judged.add(key);
    slot.rejections++;
    tally.rejection(entry.reason);
  }
  const open: AnswerEntry[] = [];
  for (const entry of entries) {
    if (entry.kind === 'failure') tally.failure(entry.code);
    if (entry.kind !== 'answer') continue;
    tally.answer(entry);
    const slot = slots.get(entry.slot);
    if (!slot) continue;
    slot.attempts = Math.max(slot.attempts, entry.attempt);
    if (present.has(recordId(plan.name, entry))) slot.accepted = true;
    else if (!judged.has(`${entry.slot} ${entry.attempt}`)) open.push(entry);
  }
  for (const slot of slots.values()) {
    if (slot.accepted) tally.accepted++;
    else if (isGivenUp(slot, plan.retries)) tally.rejected++;
  }
  return { slots, open: open.filter(({ slot }) => slots.get(slot)?.accepted === false), tally };
}

/** Rejected as often as the plan lets it be asked. */
export const isGivenUp = ({ accepted, rejections }: SlotStanding, retries: number): boolean =>
  !accepted && rejections > retries;
