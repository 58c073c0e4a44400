/**
 * The single list of the formats patents are read from, and the two ways to read a file. A new format is one file with
 * a {@link PatentFormat} and one entry here.
 */
import { FileReading, mostConfident } from './file-reading.ts';
import { cnipaXml } from './formats/cnipa-xml.ts';
import { csv } from './formats/csv.ts';
import { epoOps } from './formats/epo-ops.ts';
import { epoXml } from './formats/epo-xml.ts';
import { jsonl } from './formats/jsonl.ts';
import { markdown } from './formats/markdown.ts';
import { st36 } from './formats/st36.ts';
import { st96 } from './formats/st96.ts';
import { plainText } from './formats/text.ts';
import { us2001 } from './formats/us-2001.ts';
import { usSt32 } from './formats/us-st32.ts';
import { usXml } from './formats/us-xml.ts';
import type { PatentFormat, ReadOutcome, ReadingLimits } from './reader.ts';
import { DEFAULT_LIMITS } from './reader.ts';

export const PATENT_FORMATS: readonly PatentFormat[] = [
  usXml,
  usSt32,
  us2001,
  epoXml,
  epoOps,
  st36,
  st96,
  cnipaXml,
  jsonl,
  csv,
  markdown,
  plainText,
];

/** Contents that are known by sight but not read, so that the refusal can name them. */
const UNREAD: readonly (readonly [RegExp, string])[] = [
  [/^PK\x03\x04/, 'This is a zip archive; unpack it and open the files in it.'],
  [/^%PDF-/, 'This is a PDF, which Patent Lab does not read.'],
  [/^\x1f\x8b/, 'This is a gzip archive; unpack it and open the file in it.'],
  [
    /^(?:\s*HHHHHT[^\n]*\n)?\s*PATN\s*\n\s*WKU /,
    'This is Greenbook text (USPTO 1976–2001), which Patent Lab does not read.',
  ],
  [/\0/, 'This is not text: it holds zero bytes. It may be binary, or encoded as UTF-16.'],
];

function recognise(head: string, file: string): PatentFormat | { readonly refusal: string } {
  const start = head.replace(/^\uFEFF/, '');
  const unread = UNREAD.find(([pattern]) => pattern.test(start));
  if (unread) return { refusal: unread[1] };
  return (
    mostConfident(PATENT_FORMATS, start, file) ?? {
      refusal: 'Neither the name nor the content shows a format that Patent Lab reads.',
    }
  );
}

/** The format of a file by its first 64 kB and its name; undefined when it is none that is read here. */
export function recogniseFormat(head: string, file: string): PatentFormat | undefined {
  const found = recognise(head, file);
  return 'refusal' in found ? undefined : found;
}

/**
 * Reads a file piece by piece with the memory of one document. Errors come as outcomes; only the source of the chunks
 * can make this throw. `file` is the name shown in errors. Chunks may be cut anywhere, even inside a character pair.
 */
export async function* readDocuments(
  chunks: Iterable<string> | AsyncIterable<string>,
  file: string,
  limits: ReadingLimits = DEFAULT_LIMITS,
): AsyncGenerator<ReadOutcome> {
  const reading = new FileReading(PATENT_FORMATS, recognise, file, limits);
  for await (const chunk of chunks) yield* reading.push(chunk);
  yield* reading.end();
}

/** Reads a text that is in memory already, such as an open editor; the same as {@link readDocuments}. */
export function readText(text: string, file: string, limits: ReadingLimits = DEFAULT_LIMITS): ReadOutcome[] {
  const reading = new FileReading(PATENT_FORMATS, recognise, file, limits);
  return [...reading.push(text), ...reading.end()];
}
