import { describe, expect, it } from 'vitest';
import type { AuditFigures, Interval, LabelOverlap } from '../../src/protocol/audit-view.ts';
import { AUDIT_REPORT } from '../dev/fixtures/audit-states.ts';
import {
  type LabelRow,
  labelRows,
  overlapGap,
  selectRows,
  sortFigures,
  sortOverlap,
  verdictOf,
} from './rows.ts';
import { duration } from '../report/wording.ts';
import { differenceText, figureText, gapText, overlapText } from './wording.ts';
import { sortBy } from '../report/sort.ts';

const at = (value: number, low: number, high: number): Interval => ({ value, low, high });
const overlap = (shareHaving: number | null, shareNotHaving: number | null): LabelOverlap => ({
  having: 4,
  notHaving: 6,
  shareHaving,
  shareNotHaving,
});
const NONE: AuditFigures = {
  unmasked: null,
  masked: null,
  masking: null,
  survival: null,
  maskedAll: null,
  maskingAll: null,
  survivalAll: null,
  withWords: null,
  withoutWords: null,
  words: null,
};
const rows: readonly LabelRow[] = [
  { id: 'a', name: 'Alpha', real: overlap(0.5, 0.4), figures: { ...NONE, masking: at(-0.2, -0.3, -0.1) } },
  { id: 'b', name: 'Beta', real: overlap(null, 0.9), figures: NONE },
  { id: 'c', name: 'Gamma', real: overlap(0.9, 0.1), figures: { ...NONE, masking: at(-0.3, -0.7, 0.1) } },
  { id: 'd', name: 'Delta', real: overlap(0.2, 0.3), figures: { ...NONE, masking: at(0.1, 0.05, 0.2) } },
];
const ids = (found: readonly LabelRow[]): string => found.map(({ id }) => id).join('');

describe('rows of labels', () => {
  it('hold every label of the report with its figures', () => {
    const all = labelRows(AUDIT_REPORT, 'names');
    expect(all.map(({ id }) => id)).toEqual(AUDIT_REPORT.audit.labels.map(({ id }) => id));
    expect(all.every(({ figures, synthetic }) => figures && synthetic)).toBe(true);
  });

  it('sort by a value, those without one last in both directions', () => {
    expect(ids(sortOverlap(rows, { column: 'gap', direction: 'descending' }))).toBe('cadb');
    expect(ids(sortOverlap(rows, { column: 'gap', direction: 'ascending' }))).toBe('dacb');
    expect(ids(sortOverlap(rows, { column: 'label', direction: 'ascending' }))).toBe('abdc');
    const columns = { from: 'unmasked', to: 'masked', difference: 'masking', survival: 'survival' } as const;
    expect(ids(sortFigures(rows, { column: 'difference', direction: 'ascending' }, columns))).toBe('cadb');
    expect(ids(sortFigures(rows, { column: 'difference', direction: 'descending' }, columns))).toBe('dacb');
  });

  it('are selected by name and by what the interval says', () => {
    expect(ids(selectRows(rows, '', 'all'))).toBe('abcd');
    expect(ids(selectRows(rows, 'ALPHA', 'all'))).toBe('a');
    expect(ids(selectRows(rows, '', 'loss'))).toBe('a');
    expect(ids(selectRows(rows, '', 'too-few'))).toBe('b');
  });

  it('turn their order round on the second click', () => {
    const first = sortBy({ column: 'gap', direction: 'descending' }, 'label', 'ascending');
    expect(first).toEqual({ column: 'label', direction: 'ascending' });
    expect(sortBy(first, 'label', 'ascending').direction).toBe('descending');
  });
});

it.each([
  [null, 'too-few'],
  [at(-0.1, -0.2, -0.01), 'loss'],
  [at(-0.1, -0.2, 0), 'open'],
  [at(0.1, 0.01, 0.2), 'gain'],
] as const)('claims a difference only where the interval excludes zero: %j is %s', (difference, verdict) => {
  expect(verdictOf(difference)).toBe(verdict);
});

it('says what is missing instead of a number', () => {
  expect(overlapGap(overlap(null, 0.2))).toBeUndefined();
  expect(gapText(undefined)).toBe('–');
  expect(gapText(0.254)).toBe('+25');
  expect(figureText(null)).toBe('too few to say');
  expect(figureText(at(0.8, 0.7, 0.9))).toBe('0.80 (0.70 to 0.90)');
  expect(differenceText(at(-0.1, -0.2, 0.05))).toBe('−0.10 (−0.20 to +0.05)');
  expect(overlapText(overlap(null, 0.5))).toBe(
    '– of 4 documents that have the label contain its words, 50\u202f% of 6 that do not',
  );
  expect(duration(59.6)).toBe('1 min 0 s');
});
