import { expect, it } from 'vitest';
import { fileKind, isTranscribed } from './kinds.ts';

it.each([
  ['/x/US1.xml', 'single', false],
  ['/x/US1.PDF', 'single', true],
  ['/x/list.tsv', 'csv', false],
  ['/x/list.xlsx', 'table', true],
  ['/x/list.parquet', 'table', true],
  ['/x/weekly.zip', 'archive', true],
  ['/x/weekly.zip/a.xml', 'single', true],
  ['C:\\x\\weekly.ZIP\\in\\a.jsonl', 'jsonl', true],
  ['/x/a.xml.gz', 'archive', true],
  ['/x/zip/a.xml', 'single', false],
  ['/x/a.json', undefined, false],
])('%s', (file, kind, transcribed) => {
  expect([fileKind(file), isTranscribed(file)]).toEqual([kind, transcribed]);
});
