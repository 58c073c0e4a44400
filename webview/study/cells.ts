/** The cells of a study (regime, schedule, thresholds, family): which there are, and what a report says of one. */
import type { StudyCell, StudyReport, Verdict } from '../../src/protocol/study-view.ts';

export const keyOf = ({ regime, schedule, thresholds, family }: StudyCell): string =>
  [regime, schedule, thresholds, family].join('|');

/** Whether two things are of the same cell; what has no thresholds is of both. */
export function isOf(
  { regime, schedule, thresholds, family }: StudyCell,
  other: Omit<StudyCell, 'thresholds'> & Partial<Pick<StudyCell, 'thresholds'>>,
): boolean {
  return (
    regime === other.regime &&
    schedule === other.schedule &&
    family === other.family &&
    (other.thresholds === undefined || thresholds === other.thresholds)
  );
}

/** The cell of each regime that speaks for it. */
export const leadingOf = ({ verdicts }: Pick<StudyReport, 'verdicts'>): readonly Verdict[] =>
  verdicts.filter(({ leading }) => leading);

/** The cell with the key, else the first one that speaks for its regime. */
export function shownCell(report: Pick<StudyReport, 'verdicts'>, key: string): Verdict | undefined {
  const { verdicts } = report;
  return verdicts.find((verdict) => keyOf(verdict) === key) ?? leadingOf(report)[0] ?? verdicts[0];
}

/** Different values in their order. */
export const distinct = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)];

/** The axes of the verdicts: a row for each regime, a column for each schedule with each threshold policy. */
export interface Matrix {
  readonly regimes: readonly string[];
  readonly columns: readonly Pick<StudyCell, 'schedule' | 'thresholds'>[];
  readonly families: readonly StudyCell['family'][];
}

export function matrixOf({ verdicts }: Pick<StudyReport, 'verdicts'>): Matrix {
  const schedules = distinct(verdicts.map(({ schedule }) => schedule));
  const thresholds = distinct(verdicts.map((verdict) => verdict.thresholds));
  return {
    regimes: distinct(verdicts.map(({ regime }) => regime)),
    columns: schedules.flatMap((schedule) => thresholds.map((policy) => ({ schedule, thresholds: policy }))),
    families: distinct(verdicts.map(({ family }) => family)),
  };
}

export type Overall = NonNullable<Verdict['verdict']> | 'mixed' | 'unknown';

/** What the verdicts have in common. */
export function overallOf(verdicts: readonly Pick<Verdict, 'verdict'>[]): Overall {
  const known = distinct(verdicts.flatMap(({ verdict }) => (verdict === null ? [] : [verdict])));
  if (known.length === 0) return 'unknown';
  return known.length === 1 ? (known[0] ?? 'unknown') : 'mixed';
}
