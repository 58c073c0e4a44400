/** What a training will take, on stderr before its first step. */
import type { FinetuneEvent } from '../protocol/finetune.ts';
import { memorySize } from '../engine/finetune/memory.ts';
import type { PlanEvent } from '../engine/finetune/plan-event.ts';
import type { LearningEvent } from '../engine/adaptation/events.ts';
import { endProgress, note } from './output.ts';

export function notePlan(event: FinetuneEvent | LearningEvent | PlanEvent): void {
  if (event.kind !== 'plan') return;
  const { steps, resumed, needed, free } = event;
  endProgress();
  note(
    `It takes ${steps} steps at most${resumed > 0 ? `, ${resumed} of which were made before it was interrupted` : ''}, and about ${memorySize(needed)} of memory; ${memorySize(free)} are free.`,
  );
}
