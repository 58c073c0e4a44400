/** What a training of an encoder takes, told before its first step. */
import type { MemoryPlan } from './memory.ts';

export interface PlanEvent extends Pick<MemoryPlan, 'needed' | 'free'> {
  readonly kind: 'plan';
  /** Of all its stages, at most. */
  readonly steps: number;
  /** Steps that an interrupted training had done before. */
  readonly resumed: number;
}
