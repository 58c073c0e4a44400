/** One document against its workspace: who is on which side decides what a double means. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DocumentFindings } from '../../protocol/leakage.ts';
import type { DocumentTarget } from '../../protocol/engine.ts';
import { isCancelled, makeTask, quietTask } from '../task.ts';
import { temporaryFolder, writeFiles } from '../testing/folder.ts';
import { relations } from './relations.ts';
import { corpus, LEAKY, LONG_TEXT, otherText, record, TAXONOMY } from './testing/records.ts';
import { WorkspaceIndexes } from './workspace-index.ts';

const indexes = new WorkspaceIndexes();
const DOUBLE = `Fictitious ramp\n\nABSTRACT\n\n${LONG_TEXT}\n`;

const workspace = (records = LEAKY, more: Record<string, string> = {}): Promise<string> =>
  temporaryFolder({ 'taxonomy.json': TAXONOMY, 'corpus/a.jsonl': corpus(...records), ...more });

async function related(
  root: string,
  target: Partial<DocumentTarget> = {},
): Promise<readonly DocumentFindings[]> {
  const file = path.join(root, 'corpus', 'a.jsonl');
  return (await relations({ root, target: { path: file, ...target } }, indexes, quietTask)).documents;
}

const kinds = ({ findings }: DocumentFindings): string[] =>
  findings.map(({ kind, severity, related: other }) => `${kind} ${severity} ${other?.id ?? ''}`.trim());

describe('documents of the workspace', () => {
  it('leak only across the split, from both ends, and never to themselves', async () => {
    const root = await workspace();
    const documents = await related(root);
    expect(Object.fromEntries(documents.map((document) => [document.id, kinds(document)]))).toEqual({
      named: [],
      hidden: [],
      original: ['contamination warning double'],
      double: ['contamination warning original'],
      'sister-a': ['contamination warning sister-b'],
      'sister-b': ['contamination warning sister-a'],
      made: ['instruction-leak warning', 'copying warning original'],
    });
    expect(documents.map(({ labels }) => labels)).toEqual(LEAKY.map(({ labels }) => labels));
  });

  it('are explained by the passage they share, where it stands in both files', async () => {
    const root = await workspace();
    const text = corpus(...LEAKY);
    const [{ findings: [finding] } = { findings: [] }] = await related(root, { id: 'double' });
    expect(finding?.reason).toMatch(
      /^original, on the other side .* near-duplicate \(similarity 0\.8\d, \d+ words/,
    );
    const { span, related: other } = finding ?? {};
    expect(text.slice(span?.start, span?.end)).toBe(text.slice(other?.span.start, other?.span.end));
    expect(LONG_TEXT).toContain(text.slice(span?.start, span?.end));
    expect(finding?.text).not.toBe('');
  });

  it('that copy from no seed but a real document are told, without a warning', async () => {
    const made = { ...record('made', { abstract: `It is said: ${LONG_TEXT}` }), provenance: 'synthetic' };
    const root = await workspace([record('original', { abstract: LONG_TEXT }), made]);
    const [document] = await related(root, { id: 'made' });
    expect(document && kinds(document)).toEqual(['copying information original']);
  });

  it('are read as they stand in the editor', async () => {
    const root = await workspace();
    const text = corpus(...LEAKY.map((one) => (one.id === 'double' ? { ...one, split: 'train' } : one)));
    const [document] = await related(root, { id: 'double', text });
    expect(document && kinds(document)).toEqual([]);
  });

  it('have the labels of the last decision', async () => {
    const at = '2026-01-01T00:00:00.000Z';
    const decision = { id: 'named', labels: ['hearing'], path: 'corpus/a.jsonl', at };
    const root = await workspace(LEAKY, { 'labels.jsonl': `${JSON.stringify(decision)}\n` });
    const [document] = await related(root, { id: 'named' });
    expect(document?.labels).toEqual(['hearing']);
  });
});

describe('a document that the workspace does not have', () => {
  it('is on no side: its doubles are information', async () => {
    const root = await workspace(LEAKY, { 'open.txt': DOUBLE });
    const [document] = await related(root, { path: path.join(root, 'open.txt') });
    expect(document?.labels).toBeUndefined();
    expect(document && kinds(document)).toEqual([
      'contamination information original',
      'contamination information double',
    ]);
    expect(document?.findings[1]?.reason).toMatch(/^The test document double of the workspace is a near-dup/);
  });

  it('has nothing to do with others', async () => {
    const root = await workspace(LEAKY);
    const [document] = await related(root, {
      path: path.join(root, 'new.txt'),
      text: `Fictitious chair\n\nABSTRACT\n\n${otherText(99)}\n`,
    });
    expect(document?.findings).toEqual([]);
  });
});

describe('the index', () => {
  it('follows the files', async () => {
    const root = await workspace();
    await related(root, { id: 'double' });
    const changed = LEAKY.filter(({ id }) => id !== 'original');
    await writeFiles(root, { 'corpus/a.jsonl': corpus(...changed) });
    const [document] = await related(root, { id: 'double' });
    expect(document && kinds(document)).toEqual([]);
  });

  it('does without taxonomy and documents', async () => {
    const root = await temporaryFolder({ 'open.txt': DOUBLE });
    const [document] = await related(root, { path: path.join(root, 'open.txt') });
    expect(document?.findings).toEqual([]);
  });

  it('is built to its end although who asked first was cancelled', async () => {
    const root = await workspace();
    const target = { path: path.join(root, 'corpus', 'a.jsonl'), id: 'double' };
    const fresh = new WorkspaceIndexes();
    const stopped = makeTask(
      () => undefined,
      () => true,
    );
    const first = relations({ root, target }, fresh, stopped);
    await expect(first).rejects.toSatisfy(isCancelled);
    const { documents } = await relations({ root, target }, fresh, quietTask);
    expect(documents.flatMap(kinds)).toEqual(['contamination warning original']);
  });
});
