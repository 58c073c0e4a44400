/** The curves of a training as its events tell them. */
import { unreachable } from '../../core/errors.ts';
import type { FinetuneEvent } from '../../protocol/finetune.ts';
import type { TrainingCurves } from '../../protocol/training-view.ts';

export const NO_CURVES: TrainingCurves = { losses: [], steps: 0, history: [], bestEpoch: 0 };

/** The loss while all documents are fitted is left out: it is no continuation of the one before. */
export function withEvent(curves: TrainingCurves, event: FinetuneEvent): TrainingCurves {
  switch (event.kind) {
    case 'step': {
      if (event.stage === 'fitting') return curves;
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
