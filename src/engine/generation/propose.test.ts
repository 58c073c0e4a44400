/** First plans: what labels lack is what is proposed, and nothing of the test split. */
import { describe, expect, it } from 'vitest';
import { formatPlan, parsePlan } from '../../core/generation/plan.ts';
import type { ProposePlanParams } from '../../protocol/generation.ts';
import { TINYLLAMA } from '../models/catalog.ts';
import { proposePlan } from './propose.ts';
import { readMaterial } from './material.ts';
import { checkPlan } from './planned-slots.ts';
import { TAXONOMY, workspaceFolder } from './testing/documents.ts';

const MODEL = { client: 'endpoint', endpoint: 'here', model: 'm' } as const;
const propose = (root: string, changes: Partial<ProposePlanParams> = {}) =>
  proposePlan({ root, strategy: 'conditioned', model: MODEL, name: 'trial', targetCount: 5, ...changes });

/** R0 to R8 count: R0, R3, R6 have walker and lamp, R1, R4, R7 walker, R2, R5, R8 spoon; R9 is for testing. */
describe('a proposal of new documents', () => {
  it('fills up what labels lack, and is a plan that runs', async () => {
    const root = await workspaceFolder();
    const material = await readMaterial(root);
    const { plan, deficits, real, documents } = await propose(root, { labels: ['lamp', 'spoon'] });
    expect(real).toBe(9);
    expect(deficits.map(({ id, real: count, deficit }) => [id, count, deficit])).toEqual([
      ['walker', 6, 0],
      ['lamp', 3, 2],
      ['spoon', 3, 2],
      ['silent', 0, 5],
    ]);
    const planned = (id: string): number =>
      plan.labelSets.reduce((sum, { labels, count }) => sum + (labels.includes(id) ? count : 0), 0);
    expect([planned('lamp'), planned('spoon'), planned('silent')]).toEqual([2, 2, 0]);
    expect(documents).toBe(4);
    expect(plan.labelInstruction).toBe('described');
    expect(() => checkPlan(parsePlan(formatPlan(plan), 'plan'), material)).not.toThrow();
  });

  it('asks a small model in few words, and says so', async () => {
    const model = { client: 'built-in', model: TINYLLAMA.id } as const;
    const { plan, notes } = await propose(await workspaceFolder(), { labels: ['lamp'], model });
    expect(plan).toMatchObject({ prompts: 'short', attributes: { length: ['short'] } });
    expect(notes.join(' ')).toContain('The model is small');
    expect((await propose(await workspaceFolder(), { labels: ['lamp'] })).plan.prompts).toBe('full');
  });

  it('names labels where one has no description, and says which', async () => {
    const { plan, notes } = await propose(await workspaceFolder());
    expect(plan.labelInstruction).toBe('named');
    expect(notes.join(' ')).toContain('Whisper boxes');
  });

  it('ends at a number of documents, and says so; nothing is proposed where nothing lacks', async () => {
    const root = await workspaceFolder();
    const few = await propose(root, { documents: 3 });
    expect(few.documents).toBe(3);
    expect(few.notes.join(' ')).toContain('ends at 3 documents');
    const none = await propose(root, { targetCount: 1, labels: ['spoon'] });
    expect([none.plan.labelSets, none.documents]).toEqual([[], 0]);
    expect(none.notes).toContain('No label lacks documents at this target.');
  });
});

describe('a proposal of paraphrases', () => {
  it('takes seeds of the labels that lack, never of the test split, as often as asked', async () => {
    const root = await workspaceFolder();
    const { plan, documents, deficits } = await propose(root, {
      strategy: 'paraphrase',
      labels: ['lamp'],
      times: 5,
    });
    expect(plan).toMatchObject({
      strategy: 'paraphrase',
      times: 5,
      seeds: ['R0', 'R3', 'R6'],
      labelSets: [],
    });
    expect(documents).toBe(15);
    // A paraphrase has all labels of its seed.
    expect(deficits.map(({ planned }) => planned)).toEqual([15, 15, 0, 0]);
    const all = await propose(root, { strategy: 'paraphrase', targetCount: 50 });
    expect(all.plan.seeds).not.toContain('R9');
    expect(all.plan.seeds).toHaveLength(9);
  });

  it('takes the seeds that are needed most where there may be few', async () => {
    const root = await workspaceFolder({ taxonomy: { ...TAXONOMY, labels: TAXONOMY.labels.slice(0, 3) } });
    const { plan, notes } = await propose(root, {
      strategy: 'paraphrase',
      targetCount: 7,
      times: 5,
      documents: 10,
    });
    expect(plan.seeds).toEqual(['R0', 'R2']);
    expect(notes.join(' ')).toContain('Paraphrases of few documents stop helping');
  });
});
