/**
 * Cuts files of JSON records: one a line as a rule, but also a list of them (`[{…}, {…}]`) and single ones that are
 * written over several lines. Which of them a file is shows at its beginning.
 */
import { fileTooLarge } from '../errors.ts';
import type { ReadingContext, Splitter, Stretch } from '../reader.ts';
import { StretchBuffer } from '../stretch-buffer.ts';
import { lineSplitter } from './line-splitter.ts';

/** A list, or an object whose first line ends before it does. */
export const JSON_OVER_LINES = /^[\s\uFEFF]*(?:\[\s*\{\s*"|\{[ \t]*\r?\n\s*")/;

export function recordSplitter(context: ReadingContext): Splitter {
  let chosen: Splitter | undefined;
  return {
    push(chunk) {
      chosen ??= JSON_OVER_LINES.test(chunk) ? objectSplitter(context) : lineSplitter(context);
      return chosen.push(chunk);
    },
    end: () => chosen?.end() ?? [],
  };
}

/** What stands around the objects of a list. */
const BETWEEN = /^[\s,[\]\uFEFF]+/;

function objectSplitter({ file, limits }: ReadingContext): Splitter {
  const buffer = new StretchBuffer();
  let refused = false;

  function cut(atEnd: boolean): Stretch[] {
    buffer.settle();
    const out: Stretch[] = [];
    while (!refused) {
      buffer.drop(BETWEEN.exec(buffer.text)?.[0].length ?? 0);
      if (buffer.length === 0) break;
      const end = objectEnd(buffer.text);
      if ((end ?? buffer.length) > limits.documentLength) {
        const detail = `The record is longer than ${limits.documentLength} characters.`;
        out.push(fileTooLarge(file, buffer.start, detail));
        refused = end === undefined;
        buffer.drop(end ?? buffer.length);
        continue;
      }
      if (end === undefined && !atEnd) break;
      // What is no object, or one that never ends, is refused by the reader, at its place.
      out.push(buffer.take(end ?? buffer.length));
    }
    if (refused) buffer.drop(buffer.length);
    return out;
  }

  return { push: (chunk) => (!refused && buffer.append(chunk) ? cut(false) : []), end: () => cut(true) };
}

const MARKS = /["{}]/g;
const STRING = /"(?:[^"\\]|\\[\s\S])*"/y;

/** Offset behind the object that `text` begins with; undefined when it ends later, or when there is none. */
function objectEnd(text: string): number | undefined {
  if (!text.startsWith('{')) return undefined;
  let depth = 0;
  MARKS.lastIndex = 0;
  for (let mark = MARKS.exec(text); mark !== null; mark = MARKS.exec(text)) {
    if (mark[0] === '"') {
      STRING.lastIndex = mark.index;
      if (!STRING.test(text)) return undefined;
      MARKS.lastIndex = STRING.lastIndex;
    } else if (mark[0] === '{') depth++;
    else if (--depth === 0) return MARKS.lastIndex;
  }
  return undefined;
}
