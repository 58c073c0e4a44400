/**
 * The lines of a file, ended by `\n` and nothing else. Node's own reader also ends a line at U+2028, U+2029 and a lone
 * carriage return, which may stand inside a record.
 */
import { createReadStream } from 'node:fs';

/** `end` is the length in bytes up to which the file counts. */
export async function* fileLines(file: string, end = Infinity): AsyncGenerator<string> {
  if (end <= 0) return;
  const stream = createReadStream(file, { highWaterMark: 1 << 18, encoding: 'utf8', end: end - 1 });
  let rest = '';
  for await (const chunk of stream as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
