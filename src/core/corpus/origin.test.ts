import { describe, expect, it } from 'vitest';
import { readText } from '../patent/formats.ts';
import type { Patent } from '../patent/model.ts';
import { originOf } from './origin.ts';

async function patentWith(provenance: unknown): Promise<Patent> {
  const record = { id: 'a', title: 'A fictitious aid', provenance };
  for await (const outcome of readText(`${JSON.stringify(record)}\n`, 'a.jsonl')) {
    if (outcome.kind === 'patent') return outcome.patent;
  }
  throw new Error('not read');
}

const made = (fields: object): unknown => ({ kind: 'synthetic', ...fields });

describe('how a document came about', () => {
  it.each([
    ['synthetic', { parents: [] }],
    [made({ parents: ['p', 'q'], seed: 3 }), { parents: ['p', 'q'] }],
    [made({ parents: 'p' }), { parents: ['p'] }],
    [made({ parents: 7, prompt: 'Write.' }), { parents: [], prompt: 'Write.' }],
    [
      made({
        prompt: [
          { role: 'system', content: 'You write.' },
          { role: 'user', content: 'Write.' },
        ],
      }),
      { parents: [], prompt: 'You write.\nWrite.' },
    ],
    [made({ prompt: { sha256: 'x' }, namedLabels: ['a'] }), { parents: [], namedLabels: ['a'] }],
  ])('is read from %j', async (provenance, origin) => {
    expect(originOf(await patentWith(provenance))).toEqual(origin);
  });
});
