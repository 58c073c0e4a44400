/** Where the steps of a training are made, where an accelerator was asked for. */
import type { LearningCurves } from '../../src/protocol/learning-curves.ts';

export const ProviderNote = ({ decision }: Pick<LearningCurves<unknown>, 'decision'>) =>
  decision ? <p class="learning-note">{decision.reason}</p> : null;
