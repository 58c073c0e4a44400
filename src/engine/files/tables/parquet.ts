/**
 * Transcribes a Parquet file to the text of a table, one row group at a time, so that the memory is that of the largest
 * group.
 */
import {
  asyncBufferFromFile,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type FileMetaData,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { stat } from 'node:fs/promises';
import { PatentLabError } from '../../../core/errors.ts';
import { csvLine } from '../../../core/patent/corpus-files/csv-line.ts';
import { readError } from '../errors.ts';
import { dateText } from './xlsx.ts';

/** @param shown the path for errors; `file` may be a temporary copy. */
export async function* transcribeParquet(file: string, shown = file): AsyncGenerator<string> {
  await stat(file).catch((cause: unknown) => {
    throw readError(shown, cause);
  });
  const buffer = await asyncBufferFromFile(file);
  let metadata: FileMetaData;
  try {
    metadata = await parquetMetadataAsync(buffer);
  } catch (cause) {
    throw unreadable(shown, 'It is no Parquet file, or it is damaged.', cause);
  }
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  yield csvLine(names);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const rows: unknown[][] = [];
    try {
      await parquetRead({
        file: buffer,
        metadata,
        compressors,
        rowStart,
        rowEnd,
        rowFormat: 'array',
        onComplete: (found: unknown[][]) => {
          for (const row of found) rows.push(row);
        },
      });
    } catch (cause) {
      const detail = `Rows ${rowStart + 1} to ${rowEnd} cannot be read (${cause instanceof Error ? cause.message : String(cause)}).`;
      throw unreadable(shown, detail, cause);
    }
    yield rows.map((row) => csvLine(names.map((_, index) => cellText(row[index])))).join('');
    rowStart = rowEnd;
  }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : dateText(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return listText(value);
  return JSON.stringify(value, plainJson);
}

/** What would be taken for the border between two values, or for JSON. */
const UNSAFE = /[;|\r\n]|^\s*[[{"]|^\s*$|^\s|\s$/;

/** Joined as a person would write it, or as JSON where that could not be divided again. */
function listText(values: readonly unknown[]): string {
  if (values.length === 0) return '';
  const plain = values.filter((value) => typeof value === 'string' || typeof value === 'number');
  const texts = plain.map(String);
  const joins = plain.length === values.length && !texts.some((text) => UNSAFE.test(text));
  return joins ? texts.join('; ') : JSON.stringify(values, plainJson);
}

/** JSON has neither large integers nor bytes. */
const plainJson = (_key: string, value: unknown): unknown => {
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
};

function unreadable(shown: string, detail: string, cause: unknown): PatentLabError {
  return new PatentLabError(
    {
      code: 'file-unreadable',
      message: `${shown}: ${detail}`,
      remedy: 'Write the file again with the tool that it comes from, or export the table as CSV.',
      place: { file: shown },
    },
    { cause },
  );
}
