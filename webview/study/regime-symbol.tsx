/** The shape that stands for a regime in a chart, as in its legend. */
import { REGIME_LOOKS } from './free-charts.ts';

const PATHS = {
  circle: 'M8 3.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9z',
  diamond: 'M8 2.2L12.4 8 8 13.8 3.6 8z',
  square: 'M4 4h8v8H4z',
  triangle: 'M8 3l5.2 9H2.8z',
} as const;

export function RegimeSymbol({ at }: { readonly at: number }) {
  const look = REGIME_LOOKS[at % REGIME_LOOKS.length] ?? REGIME_LOOKS[0];
  return (
    <svg
      class={`regime-symbol symbol-${look.colour}`}
      viewBox="0 0 16 16"
      width="12"
      height="12"
      aria-hidden="true"
    >
      <path d={PATHS[look.symbol]} fill="currentColor" />
    </svg>
  );
}
