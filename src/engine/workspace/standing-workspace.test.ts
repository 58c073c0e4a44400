/** When an open workspace is read again, and when it is not. */
import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { findSynthetic, standingWorkspace } from './standing-workspace.ts';
import { VerdictWriter } from './verdicts.ts';

const line = (record: object): string => `${JSON.stringify(record)}\n`;
const made = (id: string): string =>
  line({
    id,
    title: `Cane ${id} (fictitious)`,
    labels: ['cane'],
    provenance: { kind: 'synthetic', parents: [] },
  });

const workspace = (): Promise<string> =>
  temporaryFolder({
    'taxonomy.json': '{"labels": [{"id": "cane", "name": "Canes"}]}',
    'corpus/real.jsonl': line({ id: 'R1', title: 'Cane (fictitious)', labels: ['cane'] }),
    'synthetic/run.jsonl': made('S1') + made('S2'),
  });

it('stays open through verdicts', async () => {
  const root = await workspace();
  const before = await standingWorkspace(root);
  expect([...before.synthetic.keys(), ...before.real.keys()]).toEqual(['S1', 'S2', 'R1']);
  await new VerdictWriter().record({ root, verdicts: [{ id: 'S1', verdict: 'accepted' }] });
  expect(await standingWorkspace(root)).toBe(before);
});

it.each([
  ['another output', 'synthetic/run.jsonl', made('S3'), 'S3'],
  ['another run', 'synthetic/later.jsonl', made('S4'), 'S4'],
  [
    'a decision on a real one',
    'labels.jsonl',
    line({ id: 'R1', labels: ['cane'], at: '2026-01-01T00:00:00Z' }),
    'S1',
  ],
])('is read again after %s', async (_, file, text, id) => {
  const root = await workspace();
  const before = await standingWorkspace(root);
  await appendFile(path.join(root, file), text);
  const after = await standingWorkspace(root);
  expect(after).not.toBe(before);
  expect(findSynthetic(after, id).patent.id).toBe(id);
});

it('is tried again where it could not be opened', async () => {
  const root = await workspace();
  await writeFile(path.join(root, 'taxonomy.json'), '{');
  await expect(standingWorkspace(root)).rejects.toMatchObject({ code: 'taxonomy-invalid' });
  await expect(standingWorkspace(root)).rejects.toMatchObject({ code: 'taxonomy-invalid' });
  await writeFile(path.join(root, 'taxonomy.json'), '{"labels": [{"id": "cane", "name": "Canes"}]}');
  expect((await standingWorkspace(root)).synthetic.size).toBe(2);
});
