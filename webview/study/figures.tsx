/** A figure and its interval in two lines of a cell. */
import type { Estimate } from '../../src/protocol/study-view.ts';
import { change, changeRange, score, scoreRange, toneOf } from './wording.ts';

interface ScoreProps {
  readonly estimate: Estimate | undefined;
  /** Only the interval's place is kept: the number stands in another column. */
  readonly mute?: boolean;
}

export function Score({ estimate, mute }: ScoreProps) {
  if (!estimate) return <span class="muted">–</span>;
  return (
    <span class={mute ? 'two-lines only-narrow' : 'two-lines'}>
      <span>{score(estimate.mean)}</span>
      <span class="muted">{scoreRange(estimate)}</span>
    </span>
  );
}

export function Change({ estimate }: { readonly estimate: Estimate | undefined }) {
  if (!estimate) return <span class="muted">–</span>;
  return (
    <span class="two-lines">
      <span class={toneOf(estimate)}>{change(estimate.mean)}</span>
      <span class="muted">{changeRange(estimate)}</span>
    </span>
  );
}
