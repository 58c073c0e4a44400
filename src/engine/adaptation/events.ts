/** What an adaptation tells while it learns. */
import type { Epoch, Position } from '../finetune/epochs.ts';
import type { HeldOutScores } from './held-out.ts';

export type LearningEvent =
  /** @param step from 1 */
  | { readonly kind: 'step'; readonly step: number; readonly loss: number }
  | { readonly kind: 'epoch'; readonly scores: Epoch<HeldOutScores>; readonly kept: boolean };

/** Tells of each epoch once, as a position comes to hold it; a training that goes on begins with those it had. */
export function epochsTo(
  onEvent: (event: LearningEvent) => void = () => undefined,
): (position: Pick<Position<HeldOutScores>, 'history' | 'bestEpoch'>) => void {
  let told = 0;
  return ({ history, bestEpoch }) => {
    for (const scores of history.slice(told))
      onEvent({ kind: 'epoch', scores, kept: scores.epoch === bestEpoch });
    told = history.length;
  };
}
