import { describe, expect, it } from 'vitest';
import { looksLikePatents } from './recognise.ts';
import { RecordFile } from './records.ts';

const JSONL = '{"id":"a","title":"One"}\n\n{"id":"b","title":"Two"}\n{"id":"c","ti\n{"title":"Nameless"}\n';
const CSV = 'id,title,abstract\na,One,"Two\nlines"\nb,"Say ""two""",Text\n';

const at = (text: string, kind: 'jsonl' | 'csv', needle: string): ReturnType<RecordFile['at']> =>
  new RecordFile(text, `/w/corpus.${kind}`, kind).at(text.indexOf(needle));

describe('a JSONL file', () => {
  it.each([
    ['One', 'a'],
    ['\n\n', 'a'],
    ['Two', 'b'],
    ['Nameless', 'corpus#4'],
  ])('has at %j the record %s', (needle, id) => {
    expect(at(JSONL, 'jsonl', needle)?.id).toBe(id);
  });

  it('says where a record stands', () => {
    expect(at(JSONL, 'jsonl', 'Two')?.span).toEqual({ start: 26, end: 50 });
  });

  it('says what is wrong with a record, with its place in the file', () => {
    expect(at(JSONL, 'jsonl', '"ti\n')?.error).toMatchObject({
      code: 'record-malformed',
      place: { line: 4, file: '/w/corpus.jsonl' },
    });
  });

  it('has none when it is empty', () => {
    expect(new RecordFile('\n', 'a.jsonl', 'jsonl').at(0)).toBeUndefined();
  });
});

describe('a CSV file', () => {
  it.each([
    ['lines', 'a'],
    ['One', 'a'],
    ['""two', 'b'],
    // The header belongs to nobody; the first record stands in.
    ['abstract', 'a'],
  ])('has at %j the record %s', (needle, id) => {
    expect(at(CSV, 'csv', needle)?.id).toBe(id);
  });

  it('says when no column can be used', () => {
    expect(at('x,y\n1,2\n', 'csv', '1')?.error).toMatchObject({ code: 'table-no-columns' });
  });
});

describe('a table with columns that a person has named', () => {
  const text = 'Ref;Was\nA;Eine Gehhilfe\nB;Ein Rollstuhl\n';
  const tables = [{ header: ['Ref', 'Was'], columns: { id: ['Ref'], title: ['Was'] } }];

  it('has records only by what is remembered of them', () => {
    const found = (remembered?: typeof tables): ReturnType<RecordFile['at']> =>
      new RecordFile(text, '/w/odd.xlsx', 'csv', remembered).at(text.indexOf('Rollstuhl'));
    expect(found(tables)).toEqual({ id: 'B', index: 1, span: { start: 24, end: 39 } });
    expect(found()?.error).toMatchObject({ code: 'table-no-columns' });
  });

  it('looks like one of patents', () => {
    expect(looksLikePatents(text, '/w/odd.csv', tables)).toBe(true);
    expect(looksLikePatents(text, '/w/odd.csv')).toBe(false);
  });
});

it('cuts ten megabytes in well under a second', () => {
  const line = `${JSON.stringify({ id: 'x', title: 'T', abstract: 'word '.repeat(200) })}\n`;
  const text = line.repeat(Math.ceil(10_000_000 / line.length));
  const started = performance.now();
  expect(new RecordFile(text, 'a.jsonl', 'jsonl').at(text.length)?.id).toBe('x');
  expect(performance.now() - started).toBeLessThan(1000);
});
