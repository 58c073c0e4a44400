/** The learning rate over a training: a linear rise, then a fall. */
import { unreachable } from '../../errors.ts';

export const SCHEDULES = ['linear', 'cosine', 'constant'] as const;
export type ScheduleKind = (typeof SCHEDULES)[number];

export interface Schedule {
  readonly kind: ScheduleKind;
  /** Highest rate. */
  readonly peak: number;
  /** Share of the steps in which the rate rises to it. */
  readonly warmup: number;
}

/** Share of the steps in which the rate rises. [ours] */
export const USUAL_WARMUP = 0.1;

/** @param step from 0 @param total steps of the whole training */
export function rateAt({ kind, peak, warmup }: Schedule, step: number, total: number): number {
  const rising = Math.ceil(warmup * total);
  if (step < rising) return (peak * (step + 1)) / rising;
  const left = (total - step) / Math.max(1, total - rising);
  switch (kind) {
    case 'constant':
      return peak;
    case 'linear':
      return peak * left;
    case 'cosine':
      return (peak * (1 - Math.cos(Math.PI * left))) / 2;
    default:
      return unreachable(kind);
  }
}
