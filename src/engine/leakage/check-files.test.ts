/** Files one after the other: what the command line adds its words to. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseTaxonomy } from '../../core/corpus/taxonomy.ts';
import { quietTask } from '../task.ts';
import { temporaryFolder, type Files } from '../testing/folder.ts';
import { SAMPLE_PATENTS } from '../testing/repository.ts';
import { checkFiles, type CheckedSource, type CheckOutcome } from './check-files.ts';
import { corpus, LEAKY, record, TAXONOMY } from './testing/records.ts';

async function check(files: Files, sources: readonly CheckedSource[]): Promise<CheckOutcome[]> {
  const folder = await temporaryFolder(files);
  const request = {
    taxonomy: parseTaxonomy(TAXONOMY, 'taxonomy.json'),
    sources: sources.map((source) => ({ ...source, path: path.join(folder, source.path) })),
    compare: 'each-other',
  } as const;
  const outcomes: CheckOutcome[] = [];
  for await (const outcome of checkFiles(request, quietTask)) outcomes.push(outcome);
  return outcomes;
}

const findingKinds = (outcome: CheckOutcome | undefined): string[] =>
  outcome && 'findings' in outcome ? outcome.findings.map(({ kind }) => kind) : [];

describe('a file of one document', () => {
  it('is looked through between its passages too', async () => {
    const xml = await readFile(path.join(SAMPLE_PATENTS, 'US99000001B2.xml'), 'utf8');
    // In the front page, which no passage is made of.
    const hidden = xml.replace('<last-name>', '<last-name>\u202e');
    expect(hidden).not.toBe(xml);
    const [outcome] = await check({ 'a.xml': hidden }, [{ path: 'a.xml' }]);
    if (outcome?.kind !== 'document') throw new Error('it is read');
    const found = outcome.findings.filter(({ kind }) => kind === 'hidden-text');
    expect(found.map(({ span }) => span.start)).toEqual([hidden.indexOf('\u202e')]);
  });
});

describe('many files', () => {
  it('of a folder are checked in order, and each with the others', async () => {
    const [named, hidden, original, double] = LEAKY;
    if (!named || !hidden || !original || !double) throw new Error('there are records');
    const files = { 'in/a.jsonl': corpus(named, original), 'in/b.jsonl': corpus(hidden, double) };
    const outcomes = await check(files, [{ path: 'in' }]);
    expect(outcomes.map((outcome) => [outcome.kind, 'id' in outcome ? outcome.id : ''])).toEqual([
      ['document', 'named'],
      ['document', 'original'],
      ['document', 'hidden'],
      ['document', 'double'],
      ['relations', 'double'],
    ]);
    expect(findingKinds(outcomes.at(-1))).toEqual(['contamination']);
  });

  it('of one side are not compared, nor are seeds checked', async () => {
    const files = {
      'a.jsonl': corpus(...LEAKY.filter(({ id }) => id !== 'made')),
      'b.jsonl': corpus(...LEAKY),
    };
    const outcomes = await check(files, [
      { path: 'a.jsonl', side: 'train' },
      { path: 'b.jsonl', isSeed: true },
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array.from({ length: 6 }, () => 'document'));
  });

  it('that are not there, are empty or are no patents cost only themselves', async () => {
    const files = { 'a.jsonl': corpus(record('a')), 'empty.jsonl': '', 'no.xml': '<a><b></a>' };
    const outcomes = await check(files, [
      { path: 'none.jsonl' },
      { path: 'empty.jsonl' },
      { path: 'no.xml' },
      { path: 'a.jsonl' },
    ]);
    expect(outcomes.at(-1)).toMatchObject({ kind: 'document', id: 'a', findings: [], unknownLabels: [] });
    for (const outcome of outcomes.slice(0, -1)) expect(outcome.kind).toBe('failure');
    expect(outcomes.length).toBeGreaterThanOrEqual(3);
  });
});
