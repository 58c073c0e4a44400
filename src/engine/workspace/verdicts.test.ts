import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseReviews } from '../../core/corpus/synthetic-review.ts';
import { VerdictWriter } from './verdicts.ts';

const made = (id: string): string =>
  `${JSON.stringify({ id, title: `Cane ${id} (fictitious)`, labels: ['cane'], provenance: 'synthetic' })}\n`;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'patent-lab-verdicts-'));
  await writeFile(
    path.join(root, 'taxonomy.json'),
    '{"name": "Canes (fictitious)", "labels": [{"id": "cane", "name": "Canes"}]}',
  );
  for (const folder of ['made', 'synthetic']) {
    await mkdir(path.join(root, folder));
    await writeFile(path.join(root, folder, 'run.jsonl'), made('a') + made('b'));
  }
});
afterEach(() => rm(root, { recursive: true, force: true }));

it('appends to the review file of the configured folder, the last verdict winning', async () => {
  await writeFile(path.join(root, 'patent-lab.json'), '{"synthetic": "made"}');
  const writer = new VerdictWriter();
  const [{ file }] = await Promise.all([
    writer.record({
      root,
      verdicts: [
        { id: 'a', verdict: 'rejected' },
        { id: 'b', verdict: 'accepted' },
      ],
    }),
    writer.record({ root, verdicts: [{ id: 'a', verdict: null }] }),
  ]);
  expect(path.relative(root, file)).toBe(path.join('made', 'review.jsonl'));
  const { verdicts, problems } = parseReviews(await readFile(file, 'utf8'), file);
  expect([[...verdicts], problems]).toEqual([[['b', 'accepted']], []]);
});

it('goes on after a write that failed', async () => {
  await writeFile(path.join(root, 'patent-lab.json'), 'no json');
  const writer = new VerdictWriter();
  await expect(writer.record({ root, verdicts: [{ id: 'a', verdict: 'rejected' }] })).rejects.toMatchObject({
    code: 'settings-invalid',
  });
  await rm(path.join(root, 'patent-lab.json'));
  const { file } = await writer.record({ root, verdicts: [{ id: 'a', verdict: 'rejected' }] });
  expect(parseReviews(await readFile(file, 'utf8'), file).verdicts.get('a')).toBe('rejected');
});

it('records nothing where one of the documents is unknown', async () => {
  const writer = new VerdictWriter();
  const verdicts = ['a', 'nobody'].map((id) => ({ id, verdict: 'accepted' as const }));
  await expect(writer.record({ root, verdicts })).rejects.toMatchObject({
    code: 'generation-document-missing',
  });
  await expect(readFile(path.join(root, 'synthetic', 'review.jsonl'))).rejects.toThrow('ENOENT');
});
