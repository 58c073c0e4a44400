/** Tables: what is proposed, what a person writes instead, and what is read then. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { quietTask } from '../task.ts';
import { failureOf } from '../testing/failure.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { handleImport, handlePreviewImport, handleProposeMapping } from './handlers.ts';
import { bindMapping, parseMapping } from './tables.ts';

/** A table of fictitious patents whose second title is what a person wants. */
const TABLE =
  'Nr;Title;Our name;Tag\nUS 9900001 B2;Walker;Better walker;a|b\nUS 9900002 B2;Cane;Better cane;c\n';
const HEADER = ['Nr', 'Title', 'Our name', 'Tag'];
const MINE = { columns: { id: ['Nr'], title: ['Our name'], labels: ['Tag'] } };

describe('a table', () => {
  it('has a proposal, which a remembered mapping overrules', async () => {
    const root = await temporaryFolder({ 't.csv': TABLE });
    const file = path.join(root, 't.csv');
    const facts = await handleProposeMapping({ root, path: file });
    expect(facts).toMatchObject({ header: HEADER, delimiter: ';', rows: 2, remembered: false });
    expect(facts.mapping.columns.title).toEqual(['Title']);
    const remembering = await temporaryFolder({
      't.csv': TABLE,
      'patent-lab.json': JSON.stringify({ tables: [{ ...MINE, header: HEADER }] }),
    });
    const known = await handleProposeMapping({ root: remembering, path: path.join(remembering, 't.csv') });
    expect(known).toMatchObject({ remembered: true, mapping: MINE });
  });

  it('previews the mapping that is tried, and no more records than asked', async () => {
    const root = await temporaryFolder({ 't.csv': TABLE });
    const params = { path: path.join(root, 't.csv'), header: HEADER, mapping: MINE, records: 1 };
    const { records } = await handlePreviewImport(params);
    expect(records).toMatchObject([
      {
        kind: 'patent',
        patent: { id: 'US9900001B2', title: 'Better walker', record: { labels: ['a', 'b'] } },
      },
    ]);
  });

  it('is imported by the mapping that is given, else by the remembered one', async () => {
    const root = await temporaryFolder({
      't.csv': TABLE,
      'patent-lab.json': JSON.stringify({ tables: [{ ...MINE, header: HEADER }] }),
    });
    const other = { header: HEADER, columns: { id: ['Nr'], title: ['Tag'] } };
    const titles = async (tables: (typeof other)[]): Promise<unknown[]> => {
      const params = { root, sources: ['t.csv'], out: 'c.jsonl', format: 'jsonl', tables } as const;
      await handleImport({ ...params, existing: 'overwrite', restart: false }, quietTask);
      const lines = (await readFile(path.join(root, 'c.jsonl'), 'utf8')).trimEnd().split('\n');
      return lines.map((line) => (JSON.parse(line) as { title: unknown }).title);
    };
    expect(await titles([])).toEqual(['Better walker', 'Better cane']);
    expect(await titles([other])).toEqual(['a|b', 'c']);
  });

  it('is no table when it is none', async () => {
    const root = await temporaryFolder({ 'a.xml': '<a/>' });
    const failure = await failureOf(handleProposeMapping({ root, path: path.join(root, 'a.xml') }));
    expect(failure).toMatchObject({ code: 'usage' });
  });
});

describe('a mapping', () => {
  it.each([
    ['title=Our name; id = Nr ;labels=Tag', MINE.columns],
    ['abstract=A;abstract=B', { abstract: ['A', 'B'] }],
    [JSON.stringify(MINE), MINE.columns],
    [JSON.stringify({ vendor: 'Lens', columns: [], mapping: MINE }), MINE.columns],
    ['title=a=b', { title: ['a=b'] }],
  ])('may be written as %s', (text, columns) => {
    expect(parseMapping(text).columns).toEqual(columns);
  });

  it.each([
    ['headline=Title', '"headline" is no field'],
    ['title', 'no FIELD=COLUMN'],
    ['title=', 'no FIELD=COLUMN'],
    [';', 'names no column'],
    ['{"columns":{"title":"Title"}}', 'cannot be used'],
    ['{', 'cannot be used'],
  ])('may not be %s', async (text, message) => {
    const failure = await failureOf(Promise.resolve().then(() => parseMapping(text)));
    expect(failure.code).toBe('usage');
    expect(failure.message).toContain(message);
  });

  it('is tied to the tables it is for, and names a column that one lacks', async () => {
    const root = await temporaryFolder({
      't.csv': TABLE,
      'u.csv': TABLE,
      'a.xml': '<a/>',
      'v.csv': 'Nr,Title\n1,2\n',
    });
    const files = ['t.csv', 'u.csv', 'a.xml'].map((name) => path.join(root, name));
    expect(await bindMapping(MINE, files)).toEqual([{ ...MINE, header: HEADER }]);
    const failure = await failureOf(bindMapping(MINE, [path.join(root, 'v.csv')]));
    expect(failure.message).toContain('no column "Our name", "Tag"');
  });
});
