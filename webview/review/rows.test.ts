import { describe, expect, it } from 'vitest';
import type { ReviewRow } from '../../src/protocol/review-view.ts';
import { choices, countRows, keyAfter, mergeRows, NO_FILTER, reaches, selectRows } from './rows.ts';

const row = (key: string, more: Partial<ReviewRow> = {}): ReviewRow => ({
  key,
  title: `Title ${key}`,
  standing: 'new',
  labels: ['a'],
  model: 'tiny',
  strategy: 'conditioned',
  run: 'one',
  ...more,
});

const rows = [
  row('1'),
  row('2', { standing: 'accepted', labels: ['a', 'b'] }),
  row('3', { standing: 'rejected', model: 'large' }),
  row('4', {
    standing: 'invalid',
    reason: { code: 'too-short', name: 'too short', text: 'It is brief.' },
  }),
];
const keys = (selected: readonly ReviewRow[]): string => selected.map(({ key }) => key).join('');

describe('selectRows', () => {
  it.each([
    [{}, '1234'],
    [{ standing: 'invalid' as const }, '4'],
    [{ label: 'b' }, '2'],
    [{ model: 'large' }, '3'],
    [{ reason: 'too-short' }, '4'],
    [{ text: 'title 3' }, '3'],
    [{ text: 'Bravo' }, '2'],
    [{ text: 'short' }, '4'],
    [{ standing: 'accepted' as const, model: 'large' }, ''],
  ])('%j', (part, expected) => {
    const name = (id: string): string => (id === 'b' ? 'Bravo' : 'Alpha');
    expect(keys(selectRows(rows, { ...NO_FILTER, ...part }, name))).toBe(expected);
  });
});

it('counts standings and choices', () => {
  expect(countRows(rows)).toEqual({ new: 1, accepted: 1, rejected: 1, invalid: 1 });
  expect(choices(rows, ({ labels }) => labels)).toEqual([
    { value: 'a', count: 4 },
    { value: 'b', count: 1 },
  ]);
});

it.each([
  ['1', '2'],
  ['4', '3'],
  // What the checks refused takes no verdict.
  ['3', '2'],
])('after %s comes %s', (key, next) => {
  expect(keyAfter(rows, key)).toBe(next);
});

it('stays on the only output', () => {
  expect(keyAfter(rows.slice(0, 1), '1')).toBe('1');
});

describe('reaches', () => {
  const labels = [
    { id: 'a', name: 'Alpha', real: 3, target: 5 },
    { id: 'b', name: 'Bravo', real: 0, target: 5 },
    { id: 'c', name: 'Charlie', real: 0, target: 5 },
  ];
  it.each([
    ['accepted' as const, 'b 1+0, a 1+1'],
    ['all' as const, 'b 1+0, a 2+0'],
    ['none' as const, 'b 0+1, a 0+2'],
  ])('%s count', (use, expected) => {
    const text = reaches(labels, rows, use)
      .map(({ label, counting, waiting }) => `${label.id} ${counting}+${waiting}`)
      .join(', ');
    expect(text).toBe(expected);
  });
});

it('merges rows in place', () => {
  const merged = mergeRows(rows, [row('2', { title: 'Other' }), row('5')]);
  expect(keys(merged)).toBe('12345');
  expect(merged[1]?.title).toBe('Other');
});
