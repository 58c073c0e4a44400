/** A probability before and after a change, on one scale with the threshold: hollow before, filled after. */
import './leakage-change-bar.css';
import type { Verdict } from './leakage-model.ts';

interface ChangeBarProps {
  readonly from: number;
  readonly to: number;
  readonly threshold: number;
  readonly tone: Verdict;
}

/** Hidden from screen readers: the row that holds it says the numbers. */
export function ChangeBar({ from, to, threshold, tone }: ChangeBarProps) {
  return (
    <span
      class={`change-bar ${tone}`}
      aria-hidden="true"
      style={{
        '--from': from,
        '--to': to,
        '--low': Math.min(from, to),
        '--high': Math.max(from, to),
        '--tick': threshold,
      }}
    >
      <span class="change-line" />
      <span class="change-tick" />
      <span class="change-dot before" />
      <span class="change-dot after" />
    </span>
  );
}
