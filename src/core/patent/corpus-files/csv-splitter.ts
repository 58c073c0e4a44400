/** Cuts a CSV file into records, the header row first. */
import { fileTooLarge } from '../errors.ts';
import type { ReadingContext, Splitter, Stretch } from '../reader.ts';
import { StretchBuffer } from '../stretch-buffer.ts';
import type { Delimiter } from './csv-scan.ts';
import { scanRecord, sniffDelimiter } from './csv-scan.ts';

const LEADING = /^[\s\uFEFF]+/;
const LINE_BREAKS = /^[\r\n]+/;

export function csvSplitter({ file, limits }: ReadingContext): Splitter {
  const buffer = new StretchBuffer();
  let delimiter: Delimiter | undefined;
  /** A record that never ends makes the rest of the file unreadable. */
  let refused = false;

  function cut(atEnd: boolean): Stretch[] {
    buffer.settle();
    const out: Stretch[] = [];
    while (!refused) {
      const blank = (delimiter === undefined ? LEADING : LINE_BREAKS).exec(buffer.text)?.[0].length ?? 0;
      buffer.drop(blank);
      if (buffer.length === 0) break;
      const separator = delimiter ?? sniffDelimiter(buffer.text);
      const record = scanRecord(buffer.text, 0, separator);
      const length = record.complete || atEnd ? record.end : buffer.length;
      if (length > limits.documentLength) {
        out.push(
          fileTooLarge(file, buffer.start, `The record is longer than ${limits.documentLength} characters.`),
        );
        refused = !record.complete;
        buffer.drop(length);
        continue;
      }
      if (!record.complete && !atEnd) break;
      delimiter = separator;
      out.push(buffer.take(record.end));
    }
    if (refused) buffer.drop(buffer.length);
    return out;
  }

  return { push: (chunk) => (!refused && buffer.append(chunk) ? cut(false) : []), end: () => cut(true) };
}
