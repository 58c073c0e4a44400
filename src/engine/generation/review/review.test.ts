/** A review of a run's documents: what is shown, verdicts, and edits that touch one record. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { quietTask } from '../../task.ts';
import { VerdictWriter } from '../../workspace/verdicts.ts';
import { openWorkspace } from '../../workspace/workspace.ts';
import { runGeneration } from '../session.ts';
import { RunLock } from '../storage/lock.ts';
import { madeDocument, planOf, workspaceFolder } from '../testing/documents.ts';
import { FastClock, ScriptedClient } from '../testing/scripted-client.ts';
import { editDocument } from './edit.ts';
import { reviewDocument } from './document.ts';
import { reviewList } from './list.ts';

async function reviewed(): Promise<{ readonly root: string; readonly ids: readonly string[] }> {
  const root = await workspaceFolder();
  const client = new ScriptedClient(({ seed = 0 }) => ({
    text: `Sure!\n${JSON.stringify({ ...madeDocument(seed), title: 'A frame beside a rollator' })}`,
  }));
  const plan = planOf({ labelSets: [{ labels: ['spoon'], count: 3 }] });
  const context = { access: { endpoints: [], localOnly: false }, warn: () => undefined };
  await runGeneration(
    { root, plan, existing: 'never' },
    { openClient: client.open, context, tell: () => undefined, clock: new FastClock() },
    quietTask,
  );
  const { items } = await reviewList({ root });
  return { root, ids: items.map(({ id }) => id) };
}

describe('a review', () => {
  it('lists documents, and shows one beside what it was made with', async () => {
    const { root, ids } = await reviewed();
    expect(ids).toHaveLength(3);
    const { items } = await reviewList({ root, run: 'trial' });
    expect(items[0]).toMatchObject({
      title: 'A frame beside a rollator',
      labels: [{ id: 'spoon', name: 'Steady spoons' }],
      edited: false,
      strategy: 'conditioned',
      notes: [{ kind: 'preamble-removed' }],
    });
    expect((await reviewList({ root, run: 'another' })).items).toEqual([]);
    const shown = await reviewDocument({ root, id: ids[0] ?? '' });
    expect(shown.answer).toMatch(/^Sure!\n\{"title"/);
    expect(shown.prompt).toContain('Cutlery that stays level');
    expect(shown.related.map(({ role }) => role)).toEqual(['exemplar', 'exemplar']);
    const [highlight] = shown.highlights;
    expect(highlight).toMatchObject({ part: 'title', severity: 'information' });
    expect(shown.text.title.slice(highlight?.start, highlight?.end)).toBe('rollator');
    expect(shown.facts).toContainEqual({ name: 'completion tokens', value: '50' });
    await expect(reviewDocument({ root, id: 'nobody' })).rejects.toMatchObject({
      code: 'generation-document-missing',
    });
  });

  it('records verdicts, and takes them back', async () => {
    const { root, ids } = await reviewed();
    const [first = '', second = ''] = ids;
    const writer = new VerdictWriter();
    await Promise.all([
      writer.record({ root, verdicts: ids.map((id) => ({ id, verdict: 'accepted' })) }),
      writer.record({ root, verdicts: [{ id: first, verdict: 'rejected' }] }),
    ]);
    await writer.record({ root, verdicts: [{ id: second, verdict: null }] });
    const { synthetic, documents } = await openWorkspace(root);
    expect(synthetic.map(({ verdict }) => verdict)).toEqual(['rejected', undefined, 'accepted']);
    expect(documents.filter(({ provenance }) => provenance === 'synthetic')).toHaveLength(1);
  });

  it('edits one record and leaves the others and the answer as they are', async () => {
    const { root, ids } = await reviewed();
    const file = path.join(root, 'synthetic', 'trial.jsonl');
    const before = (await readFile(file, 'utf8')).split('\n');
    const [, id = ''] = ids;
    const { text, answer } = await reviewDocument({ root, id });
    const edited = await editDocument({
      root,
      id,
      text: { ...text, title: 'A spoon ', description: 'One.\nTwo.' },
    });
    expect(edited).toMatchObject({
      item: { id, edited: true },
      text: { title: 'A spoon', description: 'One.\nTwo.' },
      answer,
    });
    const after = (await readFile(file, 'utf8')).split('\n');
    expect([after[0], after[2], after[3]]).toEqual([before[0], before[2], before[3]]);
    expect(JSON.parse(after[1] ?? '')).toMatchObject({
      labels: ['spoon'],
      provenance: { run: 'trial', kind: 'synthetic' },
    });
    const broken = editDocument({
      root,
      id,
      text: { ...text, claims: ['The frame of claim 3, wherein it is red.'] },
    });
    await expect(broken).rejects.toMatchObject({ code: 'record-malformed' });
    const lock = await RunLock.take(root, 'trial');
    await expect(editDocument({ root, id, text })).rejects.toMatchObject({ code: 'generation-running' });
    await lock.release();
    expect((await readFile(file, 'utf8')).split('\n')).toEqual(after);
  });
});
