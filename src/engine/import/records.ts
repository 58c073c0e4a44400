/** The lines of an import's partial file. */
import type { CorpusRecord } from '../../core/patent/corpus-files/write-jsonl.ts';

/** A line that we have written, or a reader has accepted. */
export const parseRecord = (line: string): CorpusRecord => JSON.parse(line) as CorpusRecord;

/** A field that holds a text. */
export const stated = (record: CorpusRecord, field: string): string | undefined => {
  const value = record[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
