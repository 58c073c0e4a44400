/**
 * The single list of the formats patents are read from, and the two ways to read a file. A new format is one file with
 * a {@link PatentFormat} and one entry here.
 */
import { FileReading, mostConfident } from './file-reading.ts';
import { cnipaXml } from './formats/cnipa-xml.ts';
import { csv } from './formats/csv.ts';
import { epoOps } from './formats/epo-ops.ts';
import { epoXml } from './formats/epo-xml.ts';
import { greenbook } from './formats/greenbook.ts';
import { jsonl } from './formats/jsonl.ts';
import { markdown } from './formats/markdown.ts';
import { st36 } from './formats/st36.ts';
import { st96 } from './formats/st96.ts';
import { parquet } from './formats/parquet.ts';
import { pdf } from './formats/pdf.ts';
import { plainText } from './formats/text.ts';
import { us2001 } from './formats/us-2001.ts';
import { usSt32 } from './formats/us-st32.ts';
import { usXml } from './formats/us-xml.ts';
import { xlsx } from './formats/xlsx.ts';
import type { Format, Patent } from './model.ts';
import type { PatentFormat, ReadOutcome, ReadingContext, ReadingLimits, ResumePoint } from './reader.ts';
import { DEFAULT_LIMITS } from './reader.ts';
import type { RememberedMapping } from './tables/mapping.ts';

export const PATENT_FORMATS: readonly PatentFormat[] = [
  usXml,
  usSt32,
  us2001,
  epoXml,
  epoOps,
  st36,
  st96,
  cnipaXml,
  greenbook,
  jsonl,
  csv,
  xlsx,
  parquet,
  markdown,
  pdf,
  plainText,
];

/** Contents that are known by sight but not read, so that the refusal can name them. */
const UNREAD: readonly (readonly [RegExp, string])[] = [
  [
    /^%PDF-/,
    'This is a PDF as it is stored, not its text; open it as a file, so that its pages are transcribed first.',
  ],
  [
    /^(?:ÐÏ|\uFFFD\uFFFD)\u0011[à\u0871\uFFFD]/,
    'This is a file of Office 97 to 2003, such as .xls; save it as .xlsx or CSV, or as PDF or text, and open that.',
  ],
  // A tape archive, by the mark in the header of its first file.
  [/^[^]{257}ustar/, 'This is a tar archive; unpack it and open the files in it.'],
  // One zero byte is a damaged record, which costs itself; a binary file has many, UTF-16 every other one.
  [
    /(?:\0[^\0]*){16}|\0[^\0]\0[^\0]\0/,
    'This is not text: it holds zero bytes. It may be binary, or encoded as UTF-16 or UTF-32.',
  ],
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

export interface ReadingOptions {
  readonly limits?: ReadingLimits;
  /** Mappings of tables that a person has confirmed, as `patent-lab.json` remembers them. */
  readonly tables?: readonly RememberedMapping[];
}

export interface ResumedReadingOptions extends ReadingOptions {
  /** Made by {@link resumePoint} when the same file was read before; only what comes from there on is told. */
  readonly from?: ResumePoint;
}

function contextOf(
  file: string,
  { limits = DEFAULT_LIMITS, tables = [], from }: ResumedReadingOptions,
): ReadingContext {
  return from === undefined ? { file, limits, tables } : { file, limits, tables, from };
}

/**
 * Formats whose documents are read without those before them, each cut for itself. A table's rows need its header, and
 * a response of the EPO's services is one cut with several documents.
 */
const STANDALONE: ReadonlySet<Format> = new Set<Format>([
  ...(['us-xml', 'us-st32', 'us-2001', 'epo-xml', 'st36', 'st96', 'cnipa-xml'] as const),
  ...(['greenbook', 'jsonl'] as const),
]);

/** Where reading can begin to tell this document first; undefined where all before it must be read. */
export function resumePoint({ format, source }: Patent): ResumePoint | undefined {
  return STANDALONE.has(format) ? { offset: source.span.start, index: source.index } : undefined;
}

/**
 * Reads a file piece by piece with the memory of one document. Errors come as outcomes; only the source of the chunks
 * can make this throw. `file` is the name shown in errors. Chunks may be cut anywhere, even inside a character pair.
 */
export async function* readDocuments(
  chunks: Iterable<string> | AsyncIterable<string>,
  file: string,
  options: ResumedReadingOptions = {},
): AsyncGenerator<ReadOutcome> {
  const reading = new FileReading(PATENT_FORMATS, recognise, contextOf(file, options));
  for await (const chunk of chunks) yield* reading.push(chunk);
  yield* reading.end();
}

/** Reads a text that is in memory already, such as an open editor; the same as {@link readDocuments}. */
export function readText(text: string, file: string, options: ReadingOptions = {}): ReadOutcome[] {
  const reading = new FileReading(PATENT_FORMATS, recognise, contextOf(file, options));
  return [...reading.push(text), ...reading.end()];
}
