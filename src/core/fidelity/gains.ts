/**
 * Whether a score goes with measured gains (METHODS 3): in each regime the correlation over its cells, and whether
 * regimes differ. Only here may a score be said to mean something, and only as far as the interval lets it.
 */
import {
  compareCorrelations,
  correlation,
  FEWEST_PAIRS,
  type Correlation,
  type CorrelationDifference,
} from '../metrics/correlation.ts';

/** One generator and strategy: its score, and what adding its documents gained. */
export interface GainCell {
  readonly fidelity: number;
  readonly gain: number;
  /** How many real documents there were, as the study names it. */
  readonly regime: string;
}

export interface RegimeCorrelation {
  readonly regime: string;
  readonly cells: number;
  /** Undefined for too few cells, or where one of the two never varies. */
  readonly correlation?: Correlation;
}

export interface RegimeDifference {
  readonly first: string;
  readonly second: string;
  readonly difference: CorrelationDifference;
}

export interface GainCorrelations {
  readonly regimes: readonly RegimeCorrelation[];
  readonly differences: readonly RegimeDifference[];
}

export function gainCorrelations(cells: readonly GainCell[]): GainCorrelations {
  const regimes = [...new Set(cells.map(({ regime }) => regime))].map((regime): RegimeCorrelation => {
    const own = cells.filter((cell) => cell.regime === regime);
    const found = correlation(
      own.map(({ fidelity }) => fidelity),
      own.map(({ gain }) => gain),
    );
    return { regime, cells: own.length, ...(found ? { correlation: found } : {}) };
  });
  const differences = regimes.flatMap((one, at) =>
    regimes.slice(at + 1).flatMap((other): RegimeDifference[] => {
      if (!one.correlation || !other.correlation) return [];
      const difference = compareCorrelations(one.correlation, other.correlation);
      return [{ first: one.regime, second: other.regime, difference }];
    }),
  );
  return { regimes, differences };
}

/** @param score what was correlated, as a person calls it. */
export function gainSentences({ regimes, differences }: GainCorrelations, score: string): readonly string[] {
  return [
    ...regimes.map(({ regime, cells, correlation: found }) => {
      if (!found) {
        return `${regime}: ${cells} cells with measured gains; ${FEWEST_PAIRS} that vary are needed to say how ${score} goes with them.`;
      }
      const { r, low, high } = found;
      return `${regime}: ${score} and gain correlate with r = ${r.toFixed(2)} (n = ${cells}, 95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}): ${direction(found)}.`;
    }),
    ...differences.map(
      ({ first, second, difference: { z, p } }) =>
        `${first} and ${second} ${p < 0.05 ? 'differ' : 'do not measurably differ'} in this (Fisher z = ${z.toFixed(2)}, p = ${p.toFixed(3)}).`,
    ),
  ];
}

function direction({ low, high }: Correlation): string {
  if (low > 0) return 'larger values went with larger gains';
  if (high < 0) return 'larger values went with smaller gains';
  return 'no direction is measurable';
}
