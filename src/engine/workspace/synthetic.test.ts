/** Which synthetic documents of a folder count, what was said of them, and which real ones they belong with. */
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { withSynthetic } from './synthetic.ts';
import { openWorkspace } from './workspace.ts';

const lines = (...records: readonly object[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');
const real = (id: string, more: object = {}): object => ({
  id,
  title: `Fictitious aid ${id}`,
  labels: ['walker'],
  ...more,
});
const made = (id: string, more: object = {}): object =>
  real(id, { provenance: { kind: 'synthetic', run: 'trial', parents: [], ...more } });

const workspace = (files: Readonly<Record<string, string>>, config: object = {}): Promise<string> =>
  temporaryFolder({
    'taxonomy.json': JSON.stringify({ labels: [{ id: 'walker', name: 'Walkers' }] }),
    'patent-lab.json': JSON.stringify(config),
    'corpus/real.jsonl': lines(real('R1'), real('R2')),
    ...files,
  });

const FILES = {
  'synthetic/trial.jsonl': lines(made('S1'), made('S2'), made('S3')),
  'synthetic/review.jsonl': lines(
    { id: 'S1', verdict: 'accepted', at: '2026-01-01T00:00:00Z' },
    { id: 'S2', verdict: 'accepted', at: '2026-01-01T00:00:00Z' },
    { id: 'S2', verdict: 'rejected', at: '2026-01-02T00:00:00Z' },
  ),
};

describe('synthetic documents', () => {
  it.each([
    ['none', []],
    ['accepted', ['S1']],
    ['all', ['S1', 'S3']],
  ])('count by use: %s', async (syntheticUse, counted) => {
    const { documents, synthetic, problems } = await openWorkspace(await workspace(FILES, { syntheticUse }));
    expect(problems).toEqual([]);
    expect(documents.map(({ patent }) => patent.id)).toEqual(['R1', 'R2', ...counted]);
    expect(synthetic.map(({ patent, verdict }) => [patent.id, verdict])).toEqual([
      ['S1', 'accepted'],
      ['S2', 'rejected'],
      ['S3', undefined],
    ]);
  });

  it('that do not say so, or have no known label, are left out with a problem', async () => {
    const { synthetic, problems } = await openWorkspace(
      await workspace({
        'synthetic/trial.jsonl': `${lines(real('X'), made('S1'))}{"id": "torn`,
        'synthetic/review.jsonl': 'no verdict\n',
      }),
    );
    expect(synthetic.map(({ patent }) => patent.id)).toEqual(['S1']);
    expect(problems.map(({ code }) => code)).toEqual([
      'record-malformed',
      'record-malformed',
      'record-malformed',
    ]);
  });

  it('stand in the folder that the configuration names', async () => {
    const root = await workspace({ 'made/trial.jsonl': lines(made('S1')) }, { synthetic: 'made' });
    expect((await openWorkspace(root)).synthetic).toHaveLength(1);
  });

  it('with the id of a real one do not count, and it is told', async () => {
    const root = await workspace({ 'synthetic/trial.jsonl': lines(made('R1')) }, { syntheticUse: 'all' });
    const { documents, problems } = await openWorkspace(root);
    expect(documents.map(({ provenance }) => provenance)).toEqual(['real', 'real']);
    expect(problems.map(({ code }) => code)).toEqual(['record-duplicate']);
  });

  it('are in the groups of all they were made from', async () => {
    const root = await workspace(
      {
        'corpus/real.jsonl': lines(
          real('R1'),
          real('R2'),
          real('R3', { group: 'family' }),
          real('R4', { group: 'family' }),
        ),
        'synthetic/trial.jsonl': lines(
          made('S1', { parents: ['R1'] }),
          made('S2', { parents: ['S1', 'R3'] }),
          made('S3', { parents: ['nowhere'] }),
        ),
      },
      { syntheticUse: 'all' },
    );
    const { documents } = await openWorkspace(root);
    const groups = new Map(documents.map(({ patent, group }) => [patent.id, group]));
    const together = ['R1', 'R3', 'R4', 'S1', 'S2'].map((id) => groups.get(id));
    expect(new Set(together).size).toBe(1);
    expect(new Set([together[0], groups.get('R2'), groups.get('S3')]).size).toBe(3);
  });

  it('change nothing where there are none', () => {
    expect(withSynthetic([], [], [])).toEqual([]);
  });
});
