/** A value on the scale of its yardstick: the band is what real documents come to, the diamond is the synthetic ones. */
import './chart.css';
import './strip.css';

/** A value on the scale of its yardstick. */
export interface Strip {
  readonly value: number;
  /** Interval of the value. */
  readonly interval?: { readonly low: number; readonly high: number };
  /** The same figure without any difference; its range where it has one. */
  readonly reference?: { readonly median: number; readonly low: number; readonly high: number };
  readonly from: number;
  readonly to: number;
}

const HEIGHT = 20;
const MIDDLE = HEIGHT / 2;
const SIDE = 5;

/** Hidden from screen readers: the cells beside it say the numbers. */
export function StripChart({ strip, width }: { readonly strip: Strip; readonly width: number }) {
  const { value, interval, reference, from, to } = strip;
  const at = (figure: number): number => SIDE + ((figure - from) / (to - from || 1)) * (width - 2 * SIDE);
  const diamond = (x: number): string => `M${x - 4.5} ${MIDDLE}l4.5 -4.5l4.5 4.5l-4.5 4.5z`;
  return (
    <svg class="strip" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      <line class="strip-line" x1={SIDE} x2={width - SIDE} y1={MIDDLE} y2={MIDDLE} />
      {reference && (
        <>
          <rect
            class="strip-range"
            x={at(reference.low)}
            y={3}
            width={Math.max(0, at(reference.high) - at(reference.low))}
            height={HEIGHT - 6}
            rx={2}
          />
          <line
            class="strip-median"
            x1={at(reference.median)}
            x2={at(reference.median)}
            y1={2}
            y2={HEIGHT - 2}
          />
        </>
      )}
      {interval && (
        <line class="strip-interval" x1={at(interval.low)} x2={at(interval.high)} y1={MIDDLE} y2={MIDDLE} />
      )}
      <path class="strip-value" d={diamond(at(value))} />
    </svg>
  );
}
