/** What an adaptation tells while it learns. */
import type { ProviderEvent } from '../../protocol/learning-curves.ts';
import type { Epoch } from '../finetune/epochs.ts';
import type { PlanEvent } from '../finetune/plan-event.ts';
import type { HeldOutScores } from './held-out.ts';

export type LearningEvent =
  /** @param step from 1 */
  | { readonly kind: 'step'; readonly step: number; readonly loss: number }
  /** An interrupted training begins with those it had. */
  | { readonly kind: 'epoch'; readonly scores: Epoch<HeldOutScores>; readonly kept: boolean }
  | ProviderEvent
  | PlanEvent;
