/** Exports: what a spreadsheet and a script read is what was predicted, and nothing in it runs. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readText } from '../../core/patent/formats.ts';
import { madeUpCoverage, madeUpFailure, madeUpLabel, madeUpOutcome } from '../testing/outcomes.ts';
import type { ClassifyOutcome } from '../../protocol/engine.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { failureOf } from '../testing/failure.ts';
import { csvHeader, csvLines, jsonLines, outcomeRecord } from './export.ts';
import { ExportFiles } from './export-files.ts';

/** A whole table, with a column for each label that any document has. */
function toCsv(outcomes: readonly ClassifyOutcome[]): string {
  const ids = outcomes.flatMap((outcome) =>
    outcome.kind === 'classified' ? outcome.prediction.labels.map(({ id }) => id) : [],
  );
  const labels = [...new Set(ids)].sort();
  return csvHeader(labels) + csvLines(outcomes, labels);
}

/** A plain RFC 4180 parser: the other side's view. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  let row: string[] = [];
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (!match) throw new Error(`not RFC 4180 at ${at}: ${text.slice(at, at + 40)}`);
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

const titled = (title: string): string => {
  const [, row] = parseCsv(toCsv([madeUpOutcome({ document: { title } })]));
  return row?.[2] ?? '';
};

describe('CSV', () => {
  it('has a row a document and a column a label, sorted', () => {
    const more = madeUpOutcome({
      document: { id: 'B' },
      labels: [madeUpLabel('zebra', 0.9), madeUpLabel('hearing', 0.6)],
    });
    expect(parseCsv(toCsv([madeUpOutcome(), more]))).toEqual([
      ['id', 'path', 'title', 'labels', 'uncertainty', 'cut', 'error', 'hearing', 'walker', 'zebra'],
      ['A1', '/patents/a.xml', 'A wheelchair', 'walker', '0.5000', '', '', '0.250000', '0.750000', ''],
      ['B', '/patents/a.xml', 'A wheelchair', 'zebra; hearing', '0.5000', '', '', '0.600000', '', '0.900000'],
    ]);
  });

  it('ends every row as the standard wants', () => {
    expect(toCsv([madeUpOutcome()]).split('\r\n')).toHaveLength(3);
    expect(toCsv([])).toBe('id,path,title,labels,uncertainty,cut,error\r\n');
  });

  it('keeps a row for a document that failed, with the reason', () => {
    const [header, , failed] = parseCsv(toCsv([madeUpOutcome(), madeUpFailure]));
    expect(failed).toHaveLength(header?.length ?? 0);
    expect(failed?.slice(0, 7)).toEqual([
      '',
      '/patents/broken.xml',
      '',
      '',
      '',
      '',
      'broken.xml, line 3, column 7: "x", no.',
    ]);
  });

  it('says what was cut off', () => {
    const cut = [{ section: 'claims', characters: 12, reason: 'too long' }] as const;
    const coverage = { ...madeUpCoverage, cut };
    expect(parseCsv(toCsv([madeUpOutcome({ coverage })]))[1]?.[5]).toBe('claims: 12 characters');
  });

  it.each([
    'plain',
    'a, b',
    'say "no"',
    '"',
    'two\nlines',
    'two\r\nlines',
    'a;b',
    ' blanks ',
    '',
    'Ünïcödé ♿',
  ])('gives %j back unchanged', (title) => {
    expect(titled(title)).toBe(title);
  });

  it.each([
    '=HYPERLINK("http://x","y")',
    '+cmd|calc',
    '-2+3+cmd|calc',
    '@SUM(A1)',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    '＝1+1',
  ])('disarms %j, which a spreadsheet would run', (title) => {
    expect(titled(title)).toBe(`'${title}`);
  });

  it.each(['-5', '+7', '-1.5e3', '1=1', 'a-b'])('leaves %j, which is harmless', (title) => {
    expect(titled(title)).toBe(title);
  });

  it('disarms ids and labels too', () => {
    const csv = toCsv([madeUpOutcome({ document: { id: '=1+1' }, labels: [madeUpLabel('=2+2', 0.9)] })]);
    const [header, row] = parseCsv(csv);
    expect(header?.at(-1)).toBe(`'=2+2`);
    expect(row?.[0]).toBe(`'=1+1`);
    expect(row?.[3]).toBe(`'=2+2`);
  });

  it('is a corpus that can be read again', () => {
    const [outcome] = readText(
      toCsv([madeUpOutcome({ document: { title: 'A "climbing", chair' } })]),
      'export.csv',
    );
    if (outcome?.kind !== 'patent') throw new Error('expected a patent');
    expect(outcome.patent).toMatchObject({ id: 'A1', title: { text: 'A "climbing", chair' } });
    expect(outcome.patent.record?.labels).toEqual(['walker']);
  });
});

describe('JSONL', () => {
  it('has an object a document, with every label’s probability and whether it is assigned', () => {
    const [line, ...rest] = jsonLines([madeUpOutcome()]).split('\n');
    expect(rest).toEqual(['']);
    expect(JSON.parse(line ?? '')).toEqual({
      id: 'A1',
      path: '/patents/a.xml',
      title: 'A wheelchair',
      labels: [
        { id: 'walker', probability: 0.75, assigned: true, threshold: 0.5, basis: 'trained' },
        { id: 'hearing', probability: 0.25, assigned: false, threshold: 0.5, basis: 'trained' },
      ],
      uncertainty: 0.5,
      view: 'TAC',
      missing: [],
      cut: [],
      gaps: [],
    });
  });

  it('has an object for a document that failed', () => {
    expect(outcomeRecord(madeUpFailure)).toEqual({
      path: '/patents/broken.xml',
      index: 2,
      error: expect.objectContaining({
        code: 'xml-malformed',
        place: expect.objectContaining({ line: 3, column: 7 }),
      }),
    });
  });

  it('keeps a record on its line, whatever its title holds', () => {
    const lines = jsonLines([madeUpOutcome({ document: { title: 'a\nb\u2028c' } }), madeUpFailure]).split(
      '\n',
    );
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ title: 'a\nb\u2028c' });
  });
});

describe('an export in parts', () => {
  const part = (from: number, count: number): ClassifyOutcome[] =>
    Array.from({ length: count }, (_, at) => madeUpOutcome({ document: { id: `N${from + at}` } }));

  it.each(['csv', 'jsonl'] as const)('of 60,000 rows is whole and in order: %s', async (format) => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'deep', `all.${format}`);
    const files = new ExportFiles();
    const { id } = await files.begin({ path: file, format, labels: ['hearing', 'walker'] });
    for (let from = 0; from < 60_000; from += 1000) await files.append(id, part(from, 1000));
    expect(await readFile(file, 'utf8').catch(() => 'none yet')).toBe('none yet');
    expect(await files.finish(id, true)).toEqual({ rows: 60_000 });
    const lines = (await readFile(file, 'utf8')).split('\n').slice(format === 'csv' ? 1 : 0, -1);
    const ids = lines.map((line) => /N\d+/.exec(line)?.[0]);
    expect(ids).toEqual(Array.from({ length: 60_000 }, (_, at) => `N${at}`));
    expect(await readdir(path.dirname(file))).toEqual([`all.${format}`]);
  });

  it('that is given up leaves what was there', async () => {
    const folder = await temporaryFolder({ 'all.csv': 'before' });
    const file = path.join(folder, 'all.csv');
    const files = new ExportFiles();
    const { id } = await files.begin({ path: file, format: 'csv', labels: [] });
    await files.append(id, part(0, 10));
    expect(await files.finish(id, false)).toEqual({ rows: 0 });
    expect(await readFile(file, 'utf8')).toBe('before');
    expect(await readdir(folder)).toEqual(['all.csv']);
    expect(await failureOf(files.append(id, part(0, 1)))).toMatchObject({ code: 'engine-died' });
  });

  it('into a place that cannot be written says so', async () => {
    const folder = await temporaryFolder({ file: '' });
    const params = { path: path.join(folder, 'file', 'all.csv'), format: 'csv', labels: [] } as const;
    expect(await failureOf(new ExportFiles().begin(params))).toMatchObject({ code: 'write-failed' });
  });
});
