/** Cuts a file with one record a line. Blank lines are passed over; the last line needs no line break. */
import { fileTooLarge } from '../errors.ts';
import type { ReadingContext, Splitter, Stretch } from '../reader.ts';
import { StretchBuffer } from '../stretch-buffer.ts';

const BYTE_ORDER_MARK = '\uFEFF';

export function lineSplitter({ file, limits }: ReadingContext): Splitter {
  const buffer = new StretchBuffer();
  let skipping = false;

  const tooLong = (): Stretch =>
    fileTooLarge(file, buffer.start, `The line is longer than ${limits.documentLength} characters.`);

  function takeLine(length: number, out: Stretch[]): void {
    if (skipping) buffer.drop(length);
    else if (length > limits.documentLength) {
      out.push(tooLong());
      buffer.drop(length);
    } else {
      if (buffer.start.offset === 0 && buffer.text.startsWith(BYTE_ORDER_MARK)) {
        buffer.drop(1);
        length--;
      }
      const cut = buffer.take(length);
      const text = cut.text.replace(/\r$/, '');
      if (text.trim() !== '') out.push({ ...cut, text });
    }
    skipping = false;
  }

  function cut(atEnd: boolean): Stretch[] {
    buffer.settle();
    const out: Stretch[] = [];
    for (let end = buffer.text.indexOf('\n'); end >= 0; end = buffer.text.indexOf('\n')) {
      takeLine(end, out);
      buffer.drop(1);
    }
    if (atEnd && buffer.length > 0) takeLine(buffer.length, out);
    if (buffer.length > limits.documentLength) {
      if (!skipping) out.push(tooLong());
      skipping = true;
      buffer.drop(buffer.length);
    }
    return out;
  }

  return { push: (chunk) => (buffer.append(chunk) ? cut(false) : []), end: () => cut(true) };
}
