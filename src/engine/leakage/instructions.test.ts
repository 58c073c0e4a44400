/** Prompts that name the labels of what they ask for. */
import { describe, expect, it } from 'vitest';
import { readText } from '../../core/patent/formats.ts';
import type { Patent } from '../../core/patent/model.ts';
import { TermMatcher } from '../../core/leakage/terms/matcher.ts';
import { parseTaxonomy } from '../../core/corpus/taxonomy.ts';
import { comparedOf } from './compared.ts';
import { instructionFindings } from './instructions.ts';
import { corpus, record, TAXONOMY } from './testing/records.ts';

async function patentWith(provenance: unknown): Promise<Patent> {
  for await (const outcome of readText(corpus(record('a', { provenance })), 'a.jsonl')) {
    if (outcome.kind === 'patent') return outcome.patent;
  }
  throw new Error('not read');
}

const made = (fields: object): unknown => ({ kind: 'synthetic', ...fields });

describe('a prompt', () => {
  const matcher = new TermMatcher(parseTaxonomy(TAXONOMY, 'taxonomy.json'));
  const findings = async (fields: object): Promise<(string | undefined)[]> => {
    const document = comparedOf(await patentWith(made(fields)));
    return instructionFindings(document, matcher).map(
      ({ label, severity, term }) => `${label} ${severity} ${term}`,
    );
  };

  it.each([
    [
      'names the label of the document',
      { prompt: 'Write about a wheelchair.' },
      ['wheelchair warning Wheelchairs'],
    ],
    ['names another label', { prompt: 'Write about a hearing aid.' }, []],
    ['has a keyword of it', { prompt: 'Write about a caster.' }, []],
    [
      'was not kept, but what it named',
      { namedLabels: ['wheelchair', 'hearing'] },
      ['wheelchair warning Wheelchairs'],
    ],
    ['is not known', {}, []],
  ])('that %s', async (_what, fields, expected) => {
    expect(await findings(fields)).toEqual(expected);
  });

  it('means nothing for a real document', async () => {
    const document = comparedOf(await patentWith({ kind: 'real', prompt: 'wheelchair' }));
    expect(instructionFindings(document, matcher)).toEqual([]);
  });
});
