import { describe, expect, it } from 'vitest';
import type { TableRow } from '../../src/protocol/table-view.ts';
import { tableRows } from '../dev/fixtures/table-states.ts';
import { countRows, DEFAULT_SORT, selectRows, sortBy, sortRows } from './rows.ts';

const base: TableRow = {
  key: 'k',
  id: 'US1',
  title: 'Chair',
  path: '/w/p/us1.xml',
  name: 'p/us1.xml',
  uncertainty: 0.5,
  labels: [{ id: 'm', name: 'Mobilität', probability: 0.9, status: 'assigned' }],
  cut: false,
};
const error = { code: 'xml-malformed', message: 'm', remedy: 'r' } as const;
const rows: readonly TableRow[] = [
  base,
  { ...base, key: 'b', id: 'US2', title: 'bed', uncertainty: 0.9, labels: [], cut: true },
  { ...base, key: 'e', id: 'US10', title: '', name: 'p/us10.xml', uncertainty: 0, labels: [], error },
  {
    ...base,
    key: 'd',
    id: 'US3',
    title: 'Aid',
    uncertainty: 0.1,
    labels: [{ id: 'v', name: 'Vision', probability: 0.4, status: 'borderline' }],
  },
];
const keys = (list: readonly TableRow[]): string => list.map((row) => row.key).join('');

describe('sortRows', () => {
  it('starts with the most uncertain and ends with what failed', () => {
    expect(keys(sortRows(rows, DEFAULT_SORT))).toBe('bkde');
    expect(keys(sortRows(rows, { column: 'uncertainty', direction: 'ascending' }))).toBe('dkbe');
  });

  it('sorts texts as a person does', () => {
    expect(keys(sortRows(rows, { column: 'patent', direction: 'ascending' }))).toBe('dbke');
    const files = ['us10.xml', 'us9.xml', 'us1.xml'].map((name) => ({ ...base, key: name, name }));
    expect(sortRows(files, { column: 'file', direction: 'ascending' }).map((row) => row.name)).toEqual([
      'us1.xml',
      'us9.xml',
      'us10.xml',
    ]);
  });

  it('keeps the order of equal rows and never changes its input', () => {
    const equal = ['1', '2', '3'].map((key) => ({ ...base, key }));
    expect(keys(sortRows(equal, DEFAULT_SORT))).toBe('123');
    expect(keys(rows)).toBe('kbed');
  });

  it('turns round on the second click', () => {
    expect(sortBy(DEFAULT_SORT, 'patent')).toEqual({ column: 'patent', direction: 'ascending' });
    expect(sortBy({ column: 'patent', direction: 'ascending' }, 'patent').direction).toBe('descending');
    expect(sortBy({ column: 'patent', direction: 'ascending' }, 'uncertainty')).toEqual(DEFAULT_SORT);
  });
});

describe('selectRows', () => {
  it('filters by title, id, file and label', () => {
    const find = (filter: string): string => keys(selectRows(rows, { filter, show: 'all' }));
    expect(find('mobilitat')).toBe('k');
    expect(find('US10')).toBe('e');
    expect(find('aid vision')).toBe('d');
    expect(find('nothing')).toBe('');
  });

  it('shows one kind', () => {
    expect(keys(selectRows(rows, { filter: '', show: 'borderline' }))).toBe('d');
    expect(keys(selectRows(rows, { filter: '', show: 'unlabelled' }))).toBe('bd');
    expect(keys(selectRows(rows, { filter: '', show: 'cut' }))).toBe('b');
    expect(keys(selectRows(rows, { filter: '', show: 'failed' }))).toBe('e');
  });
});

it('counts what the summary says', () => {
  expect(countRows(rows)).toEqual({ rows: 4, labelled: 1, borderline: 1, cut: 1, failed: 1 });
});

it('sorts and filters thousands of rows without a pause', () => {
  const many = tableRows(20_000);
  const start = performance.now();
  sortRows(selectRows(many, { filter: 'braille', show: 'all' }), DEFAULT_SORT);
  sortRows(many, { column: 'patent', direction: 'ascending' });
  expect(performance.now() - start).toBeLessThan(3000);
});
