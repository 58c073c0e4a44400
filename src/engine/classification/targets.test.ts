/** What a request names: files, folders, unsaved text, a record of a corpus, or a selection. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ReadingOptions } from '../../core/patent/formats.ts';
import type { DocumentTarget } from '../../protocol/engine.ts';
import { makeZip } from '../files/testing/zip-writer.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { SAMPLE_PATENTS } from '../testing/repository.ts';
import { jsonLines } from '../testing/samples.ts';
import { expandTargets, readTarget, type TargetOutcome } from './targets.ts';

async function read(target: DocumentTarget, options?: ReadingOptions): Promise<TargetOutcome[]> {
  const outcomes: TargetOutcome[] = [];
  for await (const outcome of readTarget(target, options)) outcomes.push(outcome);
  return outcomes;
}

const describeOutcome = (outcome: TargetOutcome): string =>
  outcome.kind === 'patent' ? outcome.patent.id : outcome.error.code;

const abstractOf = ([outcome]: readonly TargetOutcome[]): string | undefined =>
  outcome?.kind === 'patent' ? outcome.patent.abstract?.text : undefined;

const CORPUS = jsonLines(
  ['A', 'B', 'C'].map((id) => ({ id, title: `Title of ${id}`, abstract: `Abstract of ${id}.` })),
);

describe('expanding', () => {
  it('counts every file of a folder, keeps records and unsaved texts as they are, and names what is missing', async () => {
    const folder = await temporaryFolder({ 'a.xml': '', 'b/c.txt': '' });
    const unsaved = { path: '/nowhere/new.txt', text: 'x' };
    const record = { path: '/nowhere/corpus.jsonl', id: 'A' };
    const expanded = await expandTargets([{ path: folder }, unsaved, record, { path: '/nowhere/x.xml' }]);
    expect(expanded).toMatchObject([
      { path: path.join(folder, 'a.xml') },
      { path: path.join(folder, 'b', 'c.txt') },
      unsaved,
      record,
      { kind: 'failure', path: '/nowhere/x.xml', error: { code: 'file-not-found' } },
    ]);
  });
});

describe('a file', () => {
  it('gives all its documents, the broken ones as failures with their place among them', async () => {
    const folder = await temporaryFolder({ 'corpus.jsonl': CORPUS.replace('"B"', '"B') });
    const outcomes = await read({ path: path.join(folder, 'corpus.jsonl') });
    expect(outcomes.map(describeOutcome)).toEqual(['A', 'record-malformed', 'C']);
    expect(outcomes[1]).toMatchObject({ index: 1, path: path.join(folder, 'corpus.jsonl') });
  });

  it('that is not saved is read from the editor’s text', async () => {
    const folder = await temporaryFolder({ 'corpus.jsonl': CORPUS });
    const edited = CORPUS.replace('Abstract of A', 'Edited text of A');
    const outcomes = await read({ path: path.join(folder, 'corpus.jsonl'), text: edited });
    expect(abstractOf(outcomes)).toBe('Edited text of A.');
  });
});

describe('an archive', () => {
  it('gives each document with the member it stands in, failures too', async () => {
    const archive = makeZip([
      { name: 'x/a.jsonl', content: CORPUS },
      { name: 'b.jsonl', content: CORPUS.replace('"B"', '"B') },
      { name: 'c.xml', content: '<us-patent-grant><a></b>' },
      { name: '../d.xml', content: CORPUS },
    ]);
    const folder = await temporaryFolder({ 'a.zip': archive, 'c.jsonl.gz': gzipSync(CORPUS) });
    const inside = (outcomes: readonly TargetOutcome[]): string[] =>
      outcomes.map((outcome) => `${describeOutcome(outcome)} ${path.relative(folder, outcome.path)}`);
    expect(inside(await read({ path: path.join(folder, 'a.zip') }))).toEqual([
      ...['A', 'B', 'C'].map((id) => `${id} a.zip/x/a.jsonl`),
      ...['A', 'record-malformed', 'C'].map((id) => `${id} a.zip/b.jsonl`),
      'xml-malformed a.zip/c.xml',
      'file-unreadable a.zip',
    ]);
    const gzip = await read({ path: path.join(folder, 'c.jsonl.gz') });
    expect(inside(gzip)).toEqual(['A', 'B', 'C'].map((id) => `${id} c.jsonl.gz/c.jsonl`));
    // As a row of a table asks for it again.
    const [again] = gzip;
    expect(inside(await read({ path: again?.path ?? '', id: 'B' }))).toEqual(['B c.jsonl.gz/c.jsonl']);
  });
});

describe('a table', () => {
  it('has the meaning that a person has confirmed, on disk and in the editor', async () => {
    const text = 'Ref;Was\nA;Eine Gehhilfe\nB;Ein Rollstuhl\n';
    const file = path.join(await temporaryFolder({ 'odd.csv': text }), 'odd.csv');
    const tables = [{ header: ['Ref', 'Was'], columns: { id: ['Ref'], title: ['Was'] } }];
    expect((await read({ path: file })).map(describeOutcome)).toEqual(['table-no-columns']);
    expect((await read({ path: file }, { tables })).map(describeOutcome)).toEqual(['A', 'B']);
    expect((await read({ path: file, text, id: 'B' }, { tables })).map(describeOutcome)).toEqual(['B']);
  });
});

describe('a record', () => {
  it('is found by its id, in the file or in the editor’s text', async () => {
    const folder = await temporaryFolder({ 'corpus.jsonl': CORPUS });
    const file = path.join(folder, 'corpus.jsonl');
    expect((await read({ path: file, id: 'B' })).map(describeOutcome)).toEqual(['B']);
    const text = CORPUS.replace('"C"', '"D"');
    expect((await read({ path: file, id: 'D', text })).map(describeOutcome)).toEqual(['D']);
  });

  it('is found behind a broken one', async () => {
    const folder = await temporaryFolder({ 'corpus.jsonl': `{\n${CORPUS}` });
    const outcomes = await read({ path: path.join(folder, 'corpus.jsonl'), id: 'C' });
    expect(outcomes.map(describeOutcome)).toEqual(['C']);
  });

  it('that is not there any more is said to be missing', async () => {
    const folder = await temporaryFolder({ 'corpus.jsonl': CORPUS });
    const [outcome, ...more] = await read({ path: path.join(folder, 'corpus.jsonl'), id: 'Z' });
    expect(more).toEqual([]);
    expect(outcome).toMatchObject({ kind: 'failure', error: { code: 'not-a-patent' } });
    expect(outcome?.kind === 'failure' && outcome.error.message).toContain('Z');
  });

  it('of a file that is not there any more says so', async () => {
    const outcomes = await read({ path: '/nowhere/corpus.jsonl', id: 'A' });
    expect(outcomes.map(describeOutcome)).toEqual(['file-not-found']);
  });
});

describe('a selection', () => {
  it('of an XML file is its words without the markup, each where it stands', async () => {
    const file = path.join(SAMPLE_PATENTS, 'US99000001B2.xml');
    const text = await readFile(file, 'utf8');
    const start = text.indexOf('<claim-text>');
    const end = text.indexOf('</claim>', start);
    const [outcome, ...more] = await read({ path: file, text, selection: { start, end } });
    expect(more).toEqual([]);
    if (outcome?.kind !== 'patent') throw new Error('expected a patent');
    const { patent, partial } = outcome;
    expect(partial).toBe(true);
    expect(patent.source.span).toEqual({ start, end });
    const words = patent.abstract?.text ?? '';
    expect(words).not.toMatch(/[<>]/);
    for (const match of words.matchAll(/[a-z]{4,}/g)) {
      const source = patent.abstract?.map.toSource({
        start: match.index,
        end: match.index + match[0].length,
      });
      expect(text.slice(source?.start, source?.end)).toBe(match[0]);
    }
  });

  it('of plain text keeps what only looks like markup', async () => {
    const text = 'Where the width a < b and the height c > d, the lid closes.';
    const outcomes = await read({ path: 'a.txt', text, selection: { start: 0, end: text.length } });
    expect(abstractOf(outcomes)).toBe(text);
  });

  it('of a saved file is read from the file', async () => {
    const folder = await temporaryFolder({ 'a.txt': '\ufeffThe lid closes. The bowl turns.' });
    const outcomes = await read({ path: path.join(folder, 'a.txt'), selection: { start: 16, end: 31 } });
    expect(abstractOf(outcomes)).toBe('The bowl turns.');
  });

  it('of a transcription is read from it', async () => {
    const content = 'The lid closes.\r\nThe bowl turns.\r\n';
    const folder = await temporaryFolder({ 'a.zip': makeZip([{ name: 'a.txt', content }]) });
    const member = path.join(folder, 'a.zip', 'a.txt');
    const outcomes = await read({ path: member, selection: { start: 16, end: 31 } });
    expect(abstractOf(outcomes)).toBe('The bowl turns.');
    expect(outcomes).toMatchObject([{ path: member, partial: true }]);
  });

  it.each([
    ['nothing but markup', 'a.xml', '<p>  </p>\n<b/>'],
    ['white space', 'a.txt', ' \n\t '],
    ['nothing', 'a.txt', ''],
  ])('of %s is refused', async (_what, file, text) => {
    const outcomes = await read({ path: file, text, selection: { start: 0, end: text.length } });
    expect(outcomes).toMatchObject([{ kind: 'failure', error: { code: 'file-empty', place: { file } } }]);
  });

  it('of a file that is gone says so', async () => {
    const outcomes = await read({ path: '/nowhere/a.txt', selection: { start: 0, end: 3 } });
    expect(outcomes.map(describeOutcome)).toEqual(['file-not-found']);
  });
});
