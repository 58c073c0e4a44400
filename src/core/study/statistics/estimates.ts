/** Figures from resampled values: percentile intervals, two-sided p-values, Holm's correction. */
import { LEVEL, quantile } from '../../metrics/bootstrap.ts';
import type { Effect, Estimate } from '../report.ts';

/** A figure on all documents and seeds, and what each resample made of it. */
export interface Distribution {
  readonly value: number;
  readonly draws: Float64Array;
}

export function estimate({ value, draws }: Distribution, level = LEVEL): Estimate {
  const sorted = draws.slice().sort();
  const tail = (1 - level) / 2;
  return { mean: value, low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) };
}

export const minus = (a: Distribution, b: Distribution): Distribution => ({
  value: a.value - b.value,
  draws: a.draws.map((draw, at) => draw - (b.draws[at] ?? 0)),
});

/** Twice the share of resamples on the smaller side of 0, never less than what so many resamples can tell. */
export function pValue({ draws }: Distribution): number {
  let [below, above] = [0, 0];
  for (const draw of draws) {
    if (draw <= 0) below++;
    if (draw >= 0) above++;
  }
  return Math.min(1, (2 * (Math.min(below, above) + 1)) / (draws.length + 1));
}

/** p-values corrected for being so many (Holm 1979), in the given order. */
export function holm(ps: readonly number[]): readonly number[] {
  const order = ps.map((p, at) => ({ p, at })).sort((a, b) => a.p - b.p);
  const corrected = new Array<number>(ps.length).fill(1);
  let largest = 0;
  order.forEach(({ p, at }, rank) => {
    largest = Math.max(largest, Math.min(1, p * (ps.length - rank)));
    corrected[at] = largest;
  });
  return corrected;
}

/** Effects that are tested together. */
export function effects(distributions: readonly Distribution[]): readonly Effect[] {
  const ps = distributions.map(pValue);
  const corrected = holm(ps);
  return distributions.map((one, at) => ({ ...estimate(one), p: ps[at] ?? 1, pHolm: corrected[at] ?? 1 }));
}

/** An effect that is tested alone. */
export const effect = (one: Distribution): Effect => {
  const p = pValue(one);
  return { ...estimate(one), p, pHolm: p };
};

/** Standard error from the resamples. */
export function standardError({ draws }: Distribution): number {
  let [total, squares] = [0, 0];
  for (const draw of draws) total += draw;
  const mean = total / draws.length;
  for (const draw of draws) squares += (draw - mean) ** 2;
  return Math.sqrt(squares / Math.max(1, draws.length - 1));
}
