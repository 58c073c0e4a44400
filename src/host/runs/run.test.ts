import { expect, it } from 'vitest';
import { groupRuns, parseRunName, type Run } from './run.ts';

it.each([
  ['leakage-2026-05-04T09-12-00-000Z', 'leakage', '2026-05-04T09:12:00.000Z'],
  ['study-2026-05-04T09-12-00-123Z', 'study', '2026-05-04T09:12:00.123Z'],
  ['fine-tuning-2026-05-04T09-12-00Z', 'fine-tuning', '2026-05-04T09:12:00.000Z'],
  ['study-2026-05-04T09-12-00-000Z-2', 'study', '2026-05-04T09:12:00.000Z'],
])('%s is a run of %s', (name, kind, at) => {
  expect(parseRunName(name)).toEqual({ kind, at: new Date(at) });
});

it.each(['something', 'study-of-mine', 'study-2026-99-99T09-12-00Z'])('%s holds no time', (name) => {
  expect(parseRunName(name).at).toBeUndefined();
});

const run = (kind: string, minute: number): Run => ({
  name: `${kind}-${minute}`,
  folder: '',
  kind,
  at: new Date(2026, 4, 4, 9, minute),
  state: 'done',
});

it('groups by kind, the newest first in and among the groups', () => {
  const groups = groupRuns([run('leakage', 1), run('study', 3), run('leakage', 2), run('study', 0)]);
  expect(groups.map(({ kind, runs }) => [kind, runs.map(({ name }) => name)])).toEqual([
    ['study', ['study-3', 'study-0']],
    ['leakage', ['leakage-2', 'leakage-1']],
  ]);
  expect(groupRuns([])).toEqual([]);
});
