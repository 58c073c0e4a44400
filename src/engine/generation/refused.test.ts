import { expect, it } from 'vitest';
import { planSchema } from '../../core/generation/plan.ts';
import { refusedOf } from './refused.ts';
import type { JournalEntry } from './storage/journal.ts';
import type { StoredRun } from './storage/run-folder.ts';

const plan = planSchema.parse({
  name: 'one',
  model: { client: 'built-in', model: 'tiny' },
  strategy: 'conditioned',
  labelSets: [{ labels: ['a'], count: 2 }],
});

const slot = (number: number): StoredRun['slots'][number] => ({
  number,
  strategy: 'conditioned',
  labels: ['a'],
  exemplars: [],
  genre: 'standard',
  attributes: { claimType: '', field: '', problem: '', embodiment: '', length: 'short', jurisdiction: '' },
  seed: 1,
  promptHash: '',
});

const answer = (number: number, attempt: number, text: string): JournalEntry => ({
  kind: 'answer',
  slot: number,
  attempt,
  at: '2026-05-04T09:12:00Z',
  milliseconds: 1,
  promptHash: '',
  text,
  finish: 'stop',
  model: 'tiny',
});

const judged = (number: number, attempt: number, reason?: 'truncated' | 'empty'): JournalEntry => ({
  kind: 'judgement',
  slot: number,
  attempt,
  ...(reason === undefined ? { accepted: 'x' } : { reason, detail: 'Why.' }),
});

it('lists what was refused, by its last judgement', () => {
  const entries = [
    answer(1, 1, 'One'),
    judged(1, 1, 'truncated'),
    answer(1, 2, 'Two'),
    judged(1, 2),
    answer(2, 1, 'Three'),
    judged(2, 1, 'empty'),
    judged(2, 1),
    // Its answer was lost with a torn tail.
    judged(2, 2, 'empty'),
  ];
  expect(refusedOf({ plan, slots: [slot(1), slot(2)] }, entries)).toEqual([
    {
      id: 'one/1/1',
      run: 'one',
      slot: 1,
      attempt: 1,
      at: '2026-05-04T09:12:00Z',
      reason: 'truncated',
      detail: 'Why.',
      text: 'One',
      title: 'One',
      labels: ['a'],
      model: 'tiny',
      strategy: 'conditioned',
    },
  ]);
});

it.each([
  ['{"title": "A \\u2013 cane", "abstract": "…', 'A – cane'],
  ['Sure! Here it is:\n\n**Title:** A cane\n', 'A cane'],
  ['\n---\nI cannot help with that.', 'I cannot help with that.'],
  ['', ''],
  ['x'.repeat(400), `${'x'.repeat(119)}…`],
])('the title of %j', (text, title) => {
  const entries = [answer(1, 1, text), judged(1, 1, 'empty')];
  expect(refusedOf({ plan, slots: [] }, entries)[0]?.title).toBe(title);
});
