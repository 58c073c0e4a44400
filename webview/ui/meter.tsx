/** Slim bars: a probability with its threshold, a signed contribution around zero, and a plain amount. */
import './meter.css';

interface ProbabilityBarProps {
  readonly probability: number;
  readonly threshold: number;
  readonly tone: 'assigned' | 'borderline' | 'rest';
}

/** Hidden from screen readers: the row that holds it says the numbers. */
export function ProbabilityBar({ probability, threshold, tone }: ProbabilityBarProps) {
  return (
    <span class={`bar ${tone}`} aria-hidden="true" style={{ '--value': probability, '--tick': threshold }}>
      <span class="bar-fill" />
      <span class="bar-tick" />
    </span>
  );
}

interface SignedBarProps {
  readonly value: number;
  /** The absolute value that fills half the bar. */
  readonly scale: number;
}

export function SignedBar({ value, scale }: SignedBarProps) {
  const share = scale === 0 ? 0 : Math.min(1, Math.abs(value) / scale);
  return (
    <span
      class={`signed-bar ${value < 0 ? 'against' : 'for'}`}
      aria-hidden="true"
      style={{ '--value': share }}
    >
      <span class="signed-fill" />
    </span>
  );
}

/** An amount in [0, 1]. */
export function AmountBar({ value }: { readonly value: number }) {
  return (
    <span class="bar amount" aria-hidden="true" style={{ '--value': value }}>
      <span class="bar-fill" />
    </span>
  );
}
