/**
 * Damaged files from sound ones, by seed, and what reading must keep to whatever the bytes are: it ends with documents
 * or named errors, never with a defect, and every place lies in the text.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Random } from '../../../core/random.ts';
import { readFileDocuments } from '../read-documents.ts';
import { makeZip } from './zip-writer.ts';

export interface FuzzSample {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Files below folders, in a fixed order; of long ones the beginning. */
export function samplesBelow(folders: readonly string[], longest: number): readonly FuzzSample[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()
      .map((file) => ({ name: path.basename(file), bytes: readFileSync(file).subarray(0, longest) })),
  );
}

/** Archives of the samples, so that their structure is damaged as well. */
export function archivesOf(samples: readonly FuzzSample[]): readonly FuzzSample[] {
  const groups = Array.from({ length: Math.floor(samples.length / 3) }, (_, i) =>
    samples.slice(i * 3, i * 3 + 3),
  );
  return groups.flatMap((group, i) => {
    const entries = group.map(({ name, bytes }) => ({ name, content: bytes.subarray(0, 20_000) }));
    const variants = { descriptor: i % 3 === 0, zip64: i % 3 === 1, ...(i % 3 === 2 ? { method: 0 } : {}) };
    const zip = makeZip(entries.map((entry) => ({ ...entry, ...variants })));
    const [first] = group;
    return [
      { name: 'weekly.zip', bytes: zip },
      { name: 'nested.zip', bytes: makeZip([{ name: 'inner.zip', content: zip }, ...entries.slice(0, 1)]) },
      ...(first ? [{ name: `${first.name}.gz`, bytes: gzipSync(first.bytes) }] : []),
    ];
  });
}

/**
 * A spreadsheet of one row of a patent: an archive of XML that its own reader takes apart. `edit` changes a part before
 * it is packed.
 */
export function spreadsheet({
  edit = (_name, text) => text,
}: { readonly edit?: (name: string, text: string) => string } = {}): FuzzSample {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packages = 'http://schemas.openxmlformats.org/package/2006';
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const row = (number: number, ...texts: string[]): string => {
    const cells = texts.map(
      (text, column) => `<c r="${'ABC'.charAt(column)}${number}" t="inlineStr"><is><t>${text}</t></is></c>`,
    );
    return `<row r="${number}">${cells.join('')}</row>`;
  };
  const relation = (kind: string, target: string): string =>
    `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/${kind}" Target="${target}"/></Relationships>`;
  const parts: readonly (readonly [string, string])[] = [
    [
      '[Content_Types].xml',
      `<Types xmlns="${packages}/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/></Types>`,
    ],
    ['_rels/.rels', relation('officeDocument', 'xl/workbook.xml')],
    ['xl/_rels/workbook.xml.rels', relation('worksheet', 'worksheets/sheet1.xml')],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ],
    [
      'xl/worksheets/sheet1.xml',
      `<worksheet xmlns="${main}"><sheetData>${row(1, 'Publication Number', 'Title', 'Abstract')}${row(2, 'US99000001B2', 'Chair', 'A fictitious chair climbs stairs.')}</sheetData></worksheet>`,
    ],
  ];
  const edited = parts.map(([name, content]) => ({ name, content: edit(name, content) }));
  return { name: 'table.xlsx', bytes: makeZip(edited) };
}

type Mutation = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

const cut = (bytes: Buffer, random: Random): readonly [number, number] => {
  const from = random.integer(bytes.length + 1);
  return [from, Math.min(bytes.length, from + random.integer(1 + random.integer(2000)))];
};

const overwritten = (bytes: Buffer, random: Random, count: number, value: () => number): Buffer => {
  const copy = Buffer.from(bytes);
  for (let i = 0; i < count && copy.length > 0; i++) copy[random.integer(copy.length)] = value();
  return copy;
};

/** Bytes and words that mean something to a reader. */
const TELLING = [
  '<',
  '>',
  '&',
  ']]>',
  '<![CDATA[',
  '<!--',
  '<?xml version="1.0" encoding="UTF-16"?>',
  '<!DOCTYPE a [',
  '"',
  '{',
  '}',
  '[',
  '\\',
  '\\u',
  ',',
  '\n',
  '\r',
  '\0',
  '\ufeff',
  '&#x0;',
  '&#1114112;',
  '9'.repeat(400),
  '__proto__',
  'PK\x03\x04',
  '\u2028',
  '\ud83d\ude00',
  '</claims>',
  '<claims>',
  '<p>',
  '</p>',
  '{'.repeat(300),
  '<a>'.repeat(300),
  '-1',
  '1e999',
];

const MUTATIONS: readonly Mutation[] = [
  (bytes, random) => overwritten(bytes, random, 1 + random.integer(20), () => random.integer(256)),
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    const at = random.integer(Math.max(1, copy.length));
    copy[at] = (copy[at] ?? 0) ^ (1 << random.integer(8));
    return copy;
  },
  (bytes, random) => bytes.subarray(0, random.integer(bytes.length + 1)),
  (bytes, random) => bytes.subarray(random.integer(bytes.length + 1)),
  (bytes, random, other) => {
    const [from, to] = cut(bytes, random);
    const [start, end] = cut(other, random);
    return Buffer.concat([bytes.subarray(0, from), other.subarray(start, end), bytes.subarray(to)]);
  },
  (bytes, random) => {
    const [from, to] = cut(bytes, random);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  (bytes, random) => {
    const [from, to] = cut(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  (bytes, random) => {
    const at = random.integer(bytes.length + 1);
    const word = Buffer.from(TELLING[random.integer(TELLING.length)] ?? '');
    return Buffer.concat([bytes.subarray(0, at), word, bytes.subarray(at)]);
  },
  (bytes, random) => {
    const turns = ['utf16le', 'latin1', 'utf8'] as const;
    const to = turns[random.integer(turns.length)] ?? 'utf8';
    const from = turns[random.integer(turns.length)] ?? 'utf8';
    return Buffer.from(bytes.toString(from), to);
  },
  // The fields of an archive, or the last of any file: mostly 0, 255 and other extremes.
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    const from = Math.max(0, copy.length - 300);
    for (let i = 0; i < 4 && copy.length > 0; i++) {
      copy[from + random.integer(copy.length - from)] = [0, 1, 0x7f, 0x80, 0xff][random.integer(5)] ?? 0;
    }
    return copy;
  },
];

/** A damaged file: one to four damages to a sample. */
export function damaged(samples: readonly FuzzSample[], random: Random): FuzzSample {
  const pick = (): FuzzSample =>
    samples[random.integer(samples.length)] ?? { name: 'x', bytes: Buffer.alloc(0) };
  const { name, bytes } = pick();
  let result: Buffer = bytes;
  for (let left = 1 + random.integer(4); left > 0; left--) {
    const mutation = MUTATIONS[random.integer(MUTATIONS.length)];
    if (mutation) result = mutation(result, random, pick().bytes);
  }
  // The content must say what a file is also where the name says otherwise.
  return { name: random.integer(10) === 0 ? pick().name : name, bytes: result };
}

/** What reading broke of what it must keep to; undefined when it kept to everything. */
export async function readingProblem(
  folder: string,
  { name, bytes }: FuzzSample,
): Promise<string | undefined> {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  try {
    let outcomes = 0;
    for await (const outcome of readFileDocuments(file)) {
      outcomes++;
      if (outcome.kind === 'failure') {
        const { code, message, remedy } = outcome.error;
        if (code === 'internal')
          return message + (outcome.error.cause instanceof Error ? (outcome.error.cause.stack ?? '') : '');
        if (message === '' || remedy === '') return `an error without words: ${code}`;
        continue;
      }
      const { start, end } = outcome.patent.source.span;
      if (start < 0 || end < start) return `a document from ${start} to ${end}`;
    }
    return outcomes === 0 ? 'neither a document nor an error' : undefined;
  } catch (cause) {
    return `thrown: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`;
  } finally {
    await rm(file, { force: true });
  }
}
