/** Which files can hold patents, told by their names. */
import path from 'node:path';

/**
 * `single`: one patent a file (or a few, one after another); `jsonl`, `csv`, `table`: a corpus, one record a line or
 * row; `archive`: a folder in one file.
 */
export type FileKind = 'single' | 'jsonl' | 'csv' | 'table' | 'archive';

const KINDS: ReadonlyMap<string, FileKind> = new Map([
  ['.xml', 'single'],
  ['.txt', 'single'],
  ['.md', 'single'],
  ['.jsonl', 'jsonl'],
  ['.csv', 'csv'],
  ['.tsv', 'csv'],
  ['.pdf', 'single'],
  ['.xlsx', 'table'],
  ['.parquet', 'table'],
  ['.zip', 'archive'],
  ['.gz', 'archive'],
]);

/** No editor can show these as text; their transcription is shown instead. */
const NO_TEXT: ReadonlySet<string> = new Set(['.pdf', '.xlsx', '.parquet', '.zip', '.gz']);

const extension = (file: string): string => path.extname(file).toLowerCase();

export const PATENT_EXTENSIONS: readonly string[] = [...KINDS.keys()];

export const fileKind = (file: string): FileKind | undefined => KINDS.get(extension(file));

/** A file whose text only the engine can give: no text itself, or a member of an archive. */
export const isTranscribed = (file: string): boolean =>
  NO_TEXT.has(extension(file)) || /\.(?:zip|gz)[\\/]/i.test(file);

/** How much of a file tells whether it holds patents, in UTF-16 units. */
export const HEAD_LENGTH = 64 * 1024;
