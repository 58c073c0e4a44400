/** The curves of a training of an encoder, as its events tell them, and when a panel is told of them. */
import { unreachable } from '../../core/errors.ts';
import type { LearningCurves, LearningCurvesEvent } from '../../protocol/learning-curves.ts';

export const NO_CURVES: LearningCurves<never> = { losses: [], steps: 0, history: [], bestEpoch: 0 };

/** What an event makes of the curves. */
export function withEvent<S extends { readonly epoch: number }>(
  curves: LearningCurves<S>,
  event: LearningCurvesEvent<S>,
): LearningCurves<S> {
  switch (event.kind) {
    case 'step': {
      const { step, steps, loss } = event;
      return { ...curves, steps, losses: [...curves.losses, { step, loss }] };
    }
    case 'epoch': {
      const { scores, kept } = event;
      const before = curves.history.filter(({ epoch }) => epoch !== scores.epoch);
      return {
        ...curves,
        history: [...before, scores],
        bestEpoch: kept ? scores.epoch : curves.bestEpoch,
      };
    }
    case 'provider':
      return { ...curves, decision: event.decision };
    default:
      return unreachable(event);
  }
}

/** Least time between two pictures of the curves, in milliseconds. [ours] */
const DRAWING_MS = 200;

/** Sends the curves, not more often than a person can see. */
export class Drawing {
  readonly #send: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(send: () => void) {
    this.#send = send;
  }

  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#send();
    }, DRAWING_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
