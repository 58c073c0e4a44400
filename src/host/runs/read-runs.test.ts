import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RUNS_FOLDER } from '../../core/corpus/workspace-files.ts';
import { RunReader } from './read-runs.ts';
import { conclusionOf } from './headline.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'patent-lab-runs-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function add(name: string, report?: string): void {
  const folder = path.join(root, RUNS_FOLDER, name);
  mkdirSync(folder, { recursive: true });
  if (report !== undefined) writeFileSync(path.join(folder, 'report.json'), report);
}

it('a workspace without runs has none', async () => {
  expect(await new RunReader(() => undefined).read(root)).toEqual([]);
});

it('tells runs that ended from those that did not, and sums them up once', async () => {
  add('leakage-2026-05-04T09-12-00-000Z', '{"conclusion": "Names stand in 40 % of the texts."}');
  add('study-2026-05-04T10-12-00-000Z');
  add('study-2026-05-04T11-12-00-000Z', '{"cut off');
  add('notes');
  writeFileSync(path.join(root, RUNS_FOLDER, 'stray.txt'), 'no run');
  let read = 0;
  const reader = new RunReader((_, report) => {
    read += 1;
    return conclusionOf(report);
  });
  const runs = await reader.read(root);
  await reader.read(root);
  expect(read).toBe(1);
  expect(runs.map(({ kind, state, headline }) => [kind, state, headline]).sort()).toEqual([
    ['leakage', 'done', 'Names stand in 40 % of the texts.'],
    ['notes', 'unfinished', undefined],
    ['study', 'unfinished', undefined],
    ['study', 'unreadable', undefined],
  ]);
});
