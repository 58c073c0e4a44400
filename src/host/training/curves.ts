/** The curves of a fine-tuning. */
import type { FinetuneEvent } from '../../protocol/finetune.ts';
import type { TrainingCurves } from '../../protocol/training-view.ts';
import { withEvent } from '../reports/curves.ts';

/** The loss while all documents are fitted is left out: it is no continuation of the one before. */
export const withFinetuneEvent = (curves: TrainingCurves, event: FinetuneEvent): TrainingCurves =>
  event.kind === 'step' && event.stage === 'fitting' ? curves : withEvent(curves, event);
