import { describe, expect, it } from 'vitest';
import { workspaceConfigSchema } from './workspace-config.ts';

const DEFAULTS = {
  taxonomy: 'taxonomy.json',
  documents: ['**/*.{xml,txt,md}'],
  corpora: ['corpus/**/*.{jsonl,csv}'],
  synthetic: 'synthetic',
  syntheticUse: 'accepted',
  classifier: 'default',
  training: { family: 'frozen' },
  adaptation: {},
  tables: [],
};

describe('the configuration of a workspace', () => {
  it('has a default for every field', () => {
    expect(workspaceConfigSchema.parse({})).toEqual(DEFAULTS);
  });

  it.each([
    { taxonomy: 'labels/mine.json' },
    { documents: ['patents/*.xml', '!drafts/**'] },
    { documents: [] },
    { corpora: [] },
    { synthetic: 'made' },
    { classifier: 'second' },
    { training: { family: 'last-k', base: 'encoder', layers: 3, patience: 5 } },
    { training: { family: 'lora', base: 'encoder', rate: 5e-4, rank: 4, alpha: 4, targets: ['query'] } },
    { adaptation: { epochs: 5, batch: 16, rate: 1e-4 } },
    { tables: [{ header: ['PN', 'TI'], columns: { id: ['PN'], title: ['TI'] }, separator: ' | ' }] },
  ])('keeps the other defaults beside %o', (given) => {
    expect(workspaceConfigSchema.parse(given)).toEqual({ ...DEFAULTS, ...given });
  });

  it('gives each workspace defaults of its own', () => {
    expect(workspaceConfigSchema.parse({}).documents).not.toBe(workspaceConfigSchema.parse({}).documents);
  });

  it('may name its schema and hold what later versions add', () => {
    const given = { $schema: './patent-lab.schema.json', future: true };
    expect(workspaceConfigSchema.parse(given)).toEqual({ ...DEFAULTS, $schema: given.$schema });
  });

  it.each([
    { taxonomy: 3 },
    { training: { rate: 0 } },
    { training: { rank: 0 } },
    { training: { rank: 2.5 } },
    { training: { alpha: 0.5 } },
    { training: { targets: 'query' } },
    { training: { targets: [] } },
    { taxonomy: null },
    { documents: '**/*.xml' },
    { documents: [1] },
    { corpora: {} },
    { classifier: ['default'] },
    { tables: {} },
    { tables: [{ header: ['PN'], columns: { number: ['PN'] } }] },
    { tables: [{ columns: { title: ['TI'] } }] },
  ])('refuses %o, naming the field', (given) => {
    const { error } = workspaceConfigSchema.safeParse(given);
    expect(error?.issues[0]?.path[0]).toBe(Object.keys(given)[0]);
  });
});
