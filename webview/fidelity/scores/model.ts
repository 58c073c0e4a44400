/**
 * A score as a row of a table, with its yardstick beside it: no score is good or bad by itself (METHODS 3).
 */
import type { Baseline, Interval } from '../../../src/protocol/fidelity-view.ts';
import { integer } from '../../ui/format.ts';
import { t } from '../../ui/strings.ts';
import type { Strip } from '../../ui/strip.tsx';
import { figure, range } from '../wording.ts';

export interface ScoreRow {
  readonly id: string;
  readonly name: string;
  /** What it is and how to read it. */
  readonly help: string;
  readonly value: string;
  /** Under the value: its interval. */
  readonly detail?: string;
  /** What it is read by; its first part says what that is. */
  readonly yardstick: string;
  readonly yardstickDetail?: string;
  readonly strip?: Strip;
}

export interface ScoreGroup {
  readonly id: string;
  readonly title: string;
  readonly content:
    | { readonly kind: 'rows'; readonly rows: readonly ScoreRow[] }
    | { readonly kind: 'too-few'; readonly reason: string };
}

export function baselineText(baseline: Baseline | null): Pick<ScoreRow, 'yardstick' | 'yardstickDetail'> {
  if (!baseline) return { yardstick: t('too few real documents to halve') };
  return {
    yardstick: t('real against real {0}', figure(baseline.median)),
    yardstickDetail: t(
      '{0} in {1} splits of {2}',
      range(baseline),
      integer(baseline.splits),
      integer(baseline.size),
    ),
  };
}

/** Under a value that was measured on more documents than its yardstick: the same figure on as many. */
export const atSizeOfHalves = (value: number | undefined): Pick<ScoreRow, 'detail'> =>
  value === undefined ? {} : { detail: t('{0} at the size of the halves', figure(value)) };

export function intervalYardstick(
  real: Interval | null,
  format: (value: number) => string,
): Pick<ScoreRow, 'yardstick' | 'yardstickDetail'> {
  if (!real) return { yardstick: t('too few real documents to say') };
  return {
    yardstick: t('{0} among real ones', format(real.value)),
    yardstickDetail: t('{0} to {1}', format(real.low), format(real.high)),
  };
}

export const reference = (real: Interval | null): Pick<Strip, 'reference'> =>
  real ? { reference: { median: real.value, low: real.low, high: real.high } } : {};

export function stripOf(
  value: number,
  baseline: Baseline | null,
  domain?: readonly [number, number],
): Pick<ScoreRow, 'strip'> {
  return baseline ? { strip: scaled({ value, reference: baseline }, domain) } : {};
}

/** The strip on a given scale, or on one that holds all of it. */
export function scaled(
  strip: Omit<Strip, 'from' | 'to'> & { readonly from?: number },
  domain?: readonly [number, number],
): Strip {
  if (domain) return { ...strip, from: domain[0], to: domain[1] };
  const { value, interval, reference: real } = strip;
  const all = [
    value,
    ...(interval ? [interval.low, interval.high] : []),
    ...(real ? [real.low, real.high] : []),
  ];
  const from = Math.min(strip.from ?? 0, ...all);
  const to = Math.max(...all);
  const room = (to - from || 1) * 0.08;
  return { ...strip, from: from === 0 ? 0 : from - room, to: to + room };
}
