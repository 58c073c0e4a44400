import { describe, expect, it } from 'vitest';
import { readText } from '../formats.ts';
import { failures, patents, readError, readOne, untraceableWords } from '../testing/reading.ts';

const HEADER = 'id,title,abstract,labels,group,year';

describe('csv', () => {
  it('reads a row by the names of its columns, and keeps those it does not know', () => {
    const patent = readOne(`${HEADER}\nUS9900001B2,Cane,A cane.,mobility; lamp|bell,g1,2020\n`, 'c.csv');
    expect(patent).toMatchObject({ id: 'US9900001B2', office: 'US', kind: 'B2', format: 'csv' });
    expect(patent.title?.text).toBe('Cane');
    expect(patent.record).toMatchObject({
      labels: ['mobility', 'lamp', 'bell'],
      group: 'g1',
      provenance: 'real',
      extra: { year: '2020' },
    });
  });

  it('reads quotes with delimiters, doubled quotes and line breaks, and leads every word back', () => {
    const source = `\uFEFF"Patent ID";Patent_Title;claim_text\r\n"US1";"A ""good"" cane; red";"1. A cane:\r\na lamp.\r\n2. The cane\nof claim 1."\r\n`;
    const patent = readOne(source, 'c.csv');
    expect(patent.id).toBe('US1');
    expect(patent.title?.text).toBe('A "good" cane; red');
    expect(patent.claims.map(({ text, dependsOn }) => [text, dependsOn])).toEqual([
      ['A cane:\na lamp.', []],
      ['The cane\nof claim 1.', [1]],
    ]);
    expect(untraceableWords(patent, source)).toEqual([]);
  });

  it.each([
    ['commas', 'id,title\na,"x;y;z"\n'],
    ['semicolons', 'id;title\na;"x,y,z"\n'],
    ['tabs', 'id\ttitle\na\tx,y;z\n'],
  ])('recognises %s', (_, text) => {
    expect(readOne(text, 'c.csv').title?.text).toMatch(/^x.y.z$/);
  });

  it('recognises a table by its header without the name of the file', () => {
    expect(readOne('doc_id,Title,Abstract\na,Cane,A cane.\n', 'export').format).toBe('csv');
  });

  it('reads a table of a single column, and names its records', () => {
    const outcomes = readText('abstract\nA cane.\n\nA bed.\n', 'list.csv');
    expect(patents(outcomes).map(({ id }) => id)).toEqual(['list#1', 'list#2']);
  });

  it('refuses a table without columns to read, once', () => {
    const error = readError('name,price\na,1\nb,2\n', 'c.csv');
    expect(error.code).toBe('table-no-columns');
    expect(error.message).toContain('found: name, price');
    expect(error.place).toMatchObject({ line: 1, column: 1 });
  });

  it('refuses a row with another number of fields, and reads the others', () => {
    const outcomes = readText('id,title\na,Cane,red\nb,Bed\nc\n', 'c.csv');
    expect(patents(outcomes).map(({ id }) => id)).toEqual(['b']);
    expect(failures(outcomes).map(({ code, place }) => [code, place?.line])).toEqual([
      ['record-malformed', 2],
      ['record-malformed', 4],
    ]);
  });

  it('refuses text behind a quote at its place', () => {
    const error = readError('id,title\na,"Cane" red\n', 'c.csv');
    expect(error.place).toMatchObject({ line: 2, column: 9 });
    expect(error.message).toContain('a quote inside a field must be doubled');
  });

  it('refuses a quote that is never closed where it is opened', () => {
    const outcomes = readText('id,title\na,Cane\nb,"Bed\nc,Chair\n', 'c.csv');
    expect(patents(outcomes).map(({ id }) => id)).toEqual(['a']);
    expect(failures(outcomes)[0]?.place).toMatchObject({ line: 3, column: 3 });
  });

  it('refuses an unknown provenance and an empty record', () => {
    expect(readError('id,title,provenance\na,Cane,fake\n', 'c.csv').place).toMatchObject({
      line: 2,
      column: 8,
    });
    expect(readError('id,title\na,\n', 'c.csv').message).toContain('The record has no text');
  });

  it('says that a table has a header and no records', () => {
    expect(readError('id,title\n', 'c.csv').code).toBe('file-empty');
  });
});
