/** Cuts a table into records. The first one is the header row together with whatever stands before it. */
import { fileTooLarge } from '../errors.ts';
import type { ReadingContext, Splitter, Stretch } from '../reader.ts';
import { StretchBuffer } from '../stretch-buffer.ts';
import { findHeader } from '../tables/find-header.ts';
import type { CsvRecord, Delimiter } from './csv-scan.ts';
import { scanRecord } from './csv-scan.ts';

const LEADING = /^[\s\uFEFF]+/;
const LINE_BREAKS = /^[\r\n]+/;

export function csvSplitter({ file, limits, tables }: ReadingContext): Splitter {
  const buffer = new StretchBuffer();
  let delimiter: Delimiter | undefined;
  /** A record that never ends makes the rest of the file unreadable. */
  let refused = false;

  const next = (): Pick<CsvRecord, 'end' | 'complete'> & { readonly separator: Delimiter } => {
    if (delimiter !== undefined) {
      return { ...scanRecord(buffer.text, 0, delimiter), separator: delimiter };
    }
    const header = findHeader(buffer.text, tables);
    return { ...header, separator: header.delimiter };
  };

  function cut(atEnd: boolean): Stretch[] {
    buffer.settle();
    const out: Stretch[] = [];
    while (!refused) {
      const blank = (delimiter === undefined ? LEADING : LINE_BREAKS).exec(buffer.text)?.[0].length ?? 0;
      buffer.drop(blank);
      if (buffer.length === 0) break;
      const { end, complete, separator } = next();
      const length = complete || atEnd ? end : buffer.length;
      if (length > limits.documentLength) {
        out.push(
          fileTooLarge(file, buffer.start, `The record is longer than ${limits.documentLength} characters.`),
        );
        refused = !complete;
        buffer.drop(length);
        continue;
      }
      if (!complete && !atEnd) break;
      delimiter = separator;
      out.push(buffer.take(end));
    }
    if (refused) buffer.drop(buffer.length);
    return out;
  }

  return { push: (chunk) => (!refused && buffer.append(chunk) ? cut(false) : []), end: () => cut(true) };
}
