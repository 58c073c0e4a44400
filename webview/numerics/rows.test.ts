import { expect, it } from 'vitest';
import type { LabelFlips, NumericsReport } from '../../src/protocol/numerics-view.ts';
import { BY_CHANGES, flipRows, sortFlips } from './rows.ts';
import { cosineText, distanceText } from './wording.ts';

const label = (reference: number, gained: number, lost: number): LabelFlips => ({
  reference,
  candidate: reference + gained - lost,
  gained,
  lost,
  maxLogit: lost === 0 ? null : lost / 10,
});

const report = {
  labels: [
    { id: 'hoist', name: 'Patient hoist' },
    { id: 'cane', name: 'White cane' },
    { id: 'braille', name: 'Braille display' },
  ],
  comparison: { flips: { perLabel: [label(9, 1, 1), label(4, 0, 3), label(7, 0, 0)] } },
} as unknown as NumericsReport;

const names = (filter: string, sort = BY_CHANGES): readonly string[] =>
  sortFlips(flipRows(report, filter), sort).map(({ id }) => id);

it('the labels with the most changes stand first', () => {
  expect(names('')).toEqual(['cane', 'hoist', 'braille']);
});

it('sorts by other columns, and labels without a value last', () => {
  expect(names('', { column: 'reference', direction: 'descending' })).toEqual(['hoist', 'braille', 'cane']);
  expect(names('', { column: 'logit', direction: 'ascending' })).toEqual(['hoist', 'cane', 'braille']);
  expect(names('', { column: 'label', direction: 'ascending' })).toEqual(['braille', 'hoist', 'cane']);
});

it('filters by name', () => {
  expect(names('CANE')).toEqual(['cane']);
});

it('without a classifier there is no row', () => {
  const bare = { ...report, labels: [], comparison: { flips: null } } as unknown as NumericsReport;
  expect(flipRows(bare, '')).toEqual([]);
});

it('numbers keep the digits that matter', () => {
  expect([cosineText(0.9912), cosineText(0.9999994), cosineText(1)]).toEqual(['0.9912', '0.99999940', '1']);
  expect([distanceText(0.0123), distanceText(6e-7), distanceText(0)]).toEqual(['0.012', '6.0e-7', '0']);
});
