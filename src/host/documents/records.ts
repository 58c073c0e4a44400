/**
 * The records of a corpus file that is open in an editor, a spreadsheet's transcription among them: which one stands at an offset, and what it is called. The
 * record is read as the engine reads it, so that both mean the same one.
 */
import { toErrorReport, type ErrorReport } from '../../core/errors.ts';
import { csv } from '../../core/patent/formats/csv.ts';
import { jsonl } from '../../core/patent/formats/jsonl.ts';
import { DEFAULT_LIMITS, isCut, type DocumentText, type ReadingContext } from '../../core/patent/reader.ts';
import type { RememberedMapping } from '../../core/patent/tables/mapping.ts';
import type { Span } from '../../core/text/span.ts';

export interface RecordPlace {
  readonly span: Span;
  readonly index: number;
  /** Absent when the record cannot be read; `error` says why. */
  readonly id?: string;
  readonly error?: ErrorReport;
}

export class RecordFile {
  readonly #kind: 'jsonl' | 'csv';
  readonly #context: ReadingContext;
  /** Without the header row. */
  readonly #documents: readonly DocumentText[];
  readonly #header: DocumentText | undefined;

  /** @param tables what the columns mean, as the file's workspace remembers it. */
  constructor(text: string, file: string, kind: 'jsonl' | 'csv', tables: readonly RememberedMapping[] = []) {
    this.#kind = kind;
    this.#context = { file, limits: DEFAULT_LIMITS, tables };
    const splitter = (kind === 'csv' ? csv : jsonl).splitter(this.#context);
    const cuts = [...splitter.push(text), ...splitter.end()].filter(isCut);
    const headers = kind === 'csv' ? 1 : 0;
    this.#header = headers === 0 || !cuts[0] ? undefined : { ...cuts[0], index: 0 };
    this.#documents = cuts.slice(headers).map((cut, index) => ({ ...cut, index }));
  }

  get count(): number {
    return this.#documents.length;
  }

  /** The record at an offset; between two records, the one before. */
  at(offset: number): RecordPlace | undefined {
    const document = this.#documents.findLast(({ start }) => start.offset <= offset) ?? this.#documents[0];
    if (!document) return undefined;
    const { start, text, index } = document;
    const place = { span: { start: start.offset, end: start.offset + text.length }, index };
    try {
      return { ...place, id: this.#read(document) };
    } catch (error) {
      return { ...place, error: toErrorReport(error) };
    }
  }

  #read(document: DocumentText): string {
    const read = (this.#kind === 'csv' ? csv : jsonl).reader(this.#context);
    // A table's reader learns its columns from the first row.
    if (this.#header) refuse(read(this.#header));
    const reading = read(document);
    refuse(reading);
    return reading.kind === 'patent' ? reading.patent.id : '';
  }
}

function refuse(reading: ReturnType<ReturnType<typeof jsonl.reader>>): void {
  if (reading.kind === 'file-refused') throw reading.error;
}
