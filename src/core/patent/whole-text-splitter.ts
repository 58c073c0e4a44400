/** For formats where a file is one document: collects the text, up to the limit. */
import type { PatentLabError } from '../errors.ts';
import { fileTooLarge } from './errors.ts';
import type { ReadingContext, Splitter } from './reader.ts';
import { StretchBuffer } from './stretch-buffer.ts';

export function wholeTextSplitter({ file, limits }: ReadingContext): Splitter {
  const buffer = new StretchBuffer();
  let refused = false;
  const refuseIfTooLong = (): PatentLabError[] => {
    buffer.settle();
    if (buffer.length <= limits.documentLength) return [];
    refused = true;
    const detail = `The text is longer than ${limits.documentLength} characters.`;
    const error = fileTooLarge(file, buffer.start, detail);
    buffer.drop(buffer.length);
    return [error];
  };
  return {
    push: (chunk) => (!refused && buffer.append(chunk) ? refuseIfTooLong() : []),
    end() {
      if (refused) return [];
      const errors = refuseIfTooLong();
      return errors.length > 0 || buffer.length === 0 ? errors : [buffer.take(buffer.length)];
    },
  };
}
