/** Spreadsheets and Parquet files, written by other libraries, transcribed and read. */
import { ByteWriter, parquetWrite } from 'hyparquet-writer';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import writeXlsx from 'write-excel-file/node';
import { readText } from '../../../core/patent/formats.ts';
import { patents, untraceableWords } from '../../../core/patent/testing/reading.ts';
import { failureOf } from '../../testing/failure.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { spreadsheet } from '../testing/fuzz.ts';
import { transcribeParquet } from './parquet.ts';
import { transcribeXlsx } from './xlsx.ts';

const DAY = new Date(Date.UTC(2018, 4, 15));
const ROWS = 10_000;

async function textOf(chunks: AsyncGenerator<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

type Cell = string | number | boolean | Date | null;

/** A workbook with one sheet for each name. */
async function workbook(sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>): Promise<string> {
  const file = path.join(await temporaryFolder(), 'export.xlsx');
  const cell = (value: Cell) =>
    value instanceof Date ? { value, type: Date, format: 'yyyy-mm-dd' } : { value };
  const data = Object.entries(sheets).map(([sheet, rows]) => ({
    sheet,
    data: rows.map((row) => row.map(cell)),
  }));
  await writeXlsx(data as Parameters<typeof writeXlsx>[0]).toFile(file);
  return file;
}

describe('a spreadsheet', () => {
  const HEADER = ['Publication Number', 'Title', 'Abstract', 'Publication Date', 'Score', 'Active'];

  it('is read as a table, with line breaks, quotes, dates, numbers and empty cells', async () => {
    const file = await workbook({
      Patents: [
        HEADER,
        ['US9900001B2', 'A "good" cane; 😀', 'First.\nSecond, é.', DAY, 0.5, true],
        [],
        ['US9900002B2', 'Bed', null, null, 1e21, null],
      ],
    });
    const text = await textOf(transcribeXlsx(file));
    const [first, second] = patents(readText(text, file));
    expect(first).toMatchObject({
      id: 'US9900001B2',
      format: 'xlsx',
      title: { text: 'A "good" cane; 😀' },
      abstract: { text: 'First.\nSecond, é.' },
      bibliography: { publicationDate: '2018-05-15' },
      record: { extra: { Score: '0.5', Active: 'TRUE' } },
      gaps: [],
    });
    expect(second).toMatchObject({ id: 'US9900002B2', record: { extra: { Score: '1e+21', Active: '' } } });
    expect(first && untraceableWords({ ...first, format: 'csv' }, text)).toEqual([]);
  });

  it('of several sheets gives the one with patents, and names the others', async () => {
    const file = await workbook({
      Cover: [['Our search'], ['of today']],
      Patents: [['Lines before the table'], HEADER, ['US9900001B2', 'Cane', 'A cane.', DAY, 1, true]],
      Legend: [['Title', 'what it means']],
    });
    const [patent] = patents(readText(await textOf(transcribeXlsx(file)), file));
    expect(patent?.title?.text).toBe('Cane');
    expect(patent?.gaps[0]?.message).toContain(
      'Sheet ""Patents"" was read; not read: ""Cover"", ""Legend"".',
    );
  });

  it('that is none, or is damaged, is refused with its name', async () => {
    const file = path.join(await temporaryFolder(), 'x.xlsx');
    await writeFile(file, 'PK\u0003\u0004 no archive');
    expect(await failureOf(textOf(transcribeXlsx(file, 'shown.xlsx')))).toMatchObject({
      code: 'file-unreadable',
      place: { file: 'shown.xlsx' },
    });
    expect(await failureOf(textOf(transcribeXlsx('/nowhere.xlsx')))).toMatchObject({
      code: 'file-not-found',
    });
  });

  it('whose cells do not name their column is refused in words about the file', async () => {
    const sheet = /^xl\/worksheets\//;
    const { bytes } = spreadsheet({
      edit: (name, text) => (sheet.test(name) ? text.replace(/<c r="\w+"/g, '<c') : text),
    });
    const file = path.join(await temporaryFolder(), 'x.xlsx');
    await writeFile(file, bytes);
    const error = await failureOf(textOf(transcribeXlsx(file, 'shown.xlsx')));
    expect(error).toMatchObject({ code: 'file-unreadable', place: { file: 'shown.xlsx' } });
    expect(error).toHaveProperty('message', expect.stringContaining('cells that do not name their column'));
  });

  it('of ten thousand rows is read in seconds', async () => {
    const rows = Array.from({ length: ROWS }, (_, n) => [
      `US${9_900_000 + n}B2`,
      `Cane ${n}`,
      'A cane.',
      DAY,
      n,
      true,
    ]);
    const file = await workbook({ Patents: [HEADER, ...rows] });
    const started = performance.now();
    const found = patents(readText(await textOf(transcribeXlsx(file)), file));
    expect(found).toHaveLength(ROWS);
    console.log(`xlsx: ${Math.round(ROWS / ((performance.now() - started) / 1000))} rows/s`);
  });
});

/** A zstd frame whose blocks are stored as they are (RFC 8878): Node writes none itself before version 22. */
function zstdStored(bytes: Uint8Array): Uint8Array {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bytes.length);
  const parts = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0]), size];
  const most = 1 << 17;
  for (let at = 0; at === 0 || at < bytes.length; at += most) {
    const block = bytes.subarray(at, at + most);
    const header = Buffer.alloc(3);
    header.writeUIntLE((block.length << 3) | (at + most >= bytes.length ? 1 : 0), 0, 3);
    parts.push(header, Buffer.from(block));
  }
  return Buffer.concat(parts);
}

/** An LZ4 block of literals alone. */
function lz4Stored(bytes: Uint8Array): Uint8Array {
  const { length } = bytes;
  const more =
    length < 15
      ? []
      : [...Array.from({ length: Math.floor((length - 15) / 255) }, () => 255), (length - 15) % 255];
  return Buffer.concat([Buffer.from([Math.min(length, 15) << 4, ...more]), bytes]);
}

const CODECS = {
  UNCOMPRESSED: undefined,
  SNAPPY: undefined,
  GZIP: gzipSync,
  BROTLI: brotliCompressSync,
  ZSTD: zstdStored,
  LZ4_RAW: lz4Stored,
} as const;

async function parquet(
  rows: number,
  codec: keyof typeof CODECS = 'SNAPPY',
  rowGroupSize = 1000,
): Promise<string> {
  const file = path.join(await temporaryFolder(), 'export.parquet');
  const numbers = Array.from({ length: rows }, (_, n) => n);
  const writer = new ByteWriter();
  const compress = CODECS[codec];
  parquetWrite({
    writer,
    codec,
    ...(compress ? { compressors: { [codec]: (bytes: Uint8Array) => new Uint8Array(compress(bytes)) } } : {}),
    rowGroupSize: [rowGroupSize],
    columnData: [
      { name: 'publication_number', data: numbers.map((n) => `US${9_900_000 + n}B2`), type: 'STRING' },
      { name: 'title', data: numbers.map((n) => `A "good" cane,\n${n} 😀`), type: 'STRING' },
      { name: 'publication date', data: numbers.map(() => DAY), type: 'TIMESTAMP' },
      { name: 'seen', data: numbers.map(() => new Date(DAY.getTime() + 3_600_000)), type: 'TIMESTAMP' },
      { name: 'count', data: BigInt64Array.from(numbers, (n) => BigInt(n) + 2n ** 60n), type: 'INT64' },
      { name: 'labels', data: numbers.map((n) => (n % 2 === 0 ? ['mobility', 'lamp'] : ['a;b', 'c'])) },
      { name: 'note', data: numbers.map((n) => (n % 2 === 0 ? null : 'x')), type: 'STRING', nullable: true },
    ],
  });
  await writeFile(file, new Uint8Array(writer.getBuffer()));
  return file;
}

describe('a Parquet file', () => {
  it('is read as a table, with lists, dates, times, large integers and nothing', async () => {
    const file = await parquet(3);
    const text = await textOf(transcribeParquet(file));
    const [first, second] = patents(readText(text, file));
    expect(first).toMatchObject({
      id: 'US9900000B2',
      format: 'parquet',
      title: { text: 'A "good" cane,\n0 😀' },
      bibliography: { publicationDate: '2018-05-15' },
      record: {
        labels: ['mobility', 'lamp'],
        extra: { seen: '2018-05-15T01:00:00.000Z', count: String(2n ** 60n), note: '' },
      },
    });
    expect(second?.record?.labels).toEqual(['a;b', 'c']);
  });

  it.each(Object.keys(CODECS) as (keyof typeof CODECS)[])(
    'is read when compressed with %s',
    async (codec) => {
      const text = await textOf(transcribeParquet(await parquet(50, codec)));
      expect(patents(readText(text, 'x.parquet'))).toHaveLength(50);
    },
  );

  it('comes one row group at a time', async () => {
    const chunks: string[] = [];
    for await (const chunk of transcribeParquet(await parquet(2500))) chunks.push(chunk);
    expect(chunks).toHaveLength(4);
  });

  it('that is none, or is damaged, is refused with its name', async () => {
    const file = await parquet(50);
    await writeFile(file, 'no parquet at all');
    expect(await failureOf(textOf(transcribeParquet(file, 'shown.parquet')))).toMatchObject({
      code: 'file-unreadable',
      place: { file: 'shown.parquet' },
    });
    expect(await failureOf(textOf(transcribeParquet('/nowhere.parquet')))).toMatchObject({
      code: 'file-not-found',
    });
  });

  it('of ten thousand rows is read in seconds', async () => {
    const file = await parquet(ROWS);
    const started = performance.now();
    expect(patents(readText(await textOf(transcribeParquet(file)), file))).toHaveLength(ROWS);
    console.log(`parquet: ${Math.round(ROWS / ((performance.now() - started) / 1000))} rows/s`);
  });
});
