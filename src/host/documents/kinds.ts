/** Which files can hold patents, told by their names. */
import path from 'node:path';

/** `single`: one patent a file (or a few, one after another); `records`: a corpus, one record a line or row. */
export type FileKind = 'single' | 'jsonl' | 'csv';

const KINDS: ReadonlyMap<string, FileKind> = new Map([
  ['.xml', 'single'],
  ['.txt', 'single'],
  ['.md', 'single'],
  ['.jsonl', 'jsonl'],
  ['.csv', 'csv'],
]);

export const PATENT_EXTENSIONS: readonly string[] = [...KINDS.keys()];

export const fileKind = (file: string): FileKind | undefined => KINDS.get(path.extname(file).toLowerCase());

/** How much of a file tells whether it holds patents, in UTF-16 units. */
export const HEAD_LENGTH = 64 * 1024;
