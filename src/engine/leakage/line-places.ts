/**
 * Lines and columns of offsets in files of any size: only where lines start is kept, eight bytes a line. Counted as
 * core/text/position.ts counts, for the few files that were asked about last.
 */
import { openSource } from '../files/source.ts';
import { Recent } from '../workspace/recent.ts';

export interface LineAndColumn {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export class LinePlaces {
  /** Bounded: 32 files, and four million lines. [ours] */
  readonly #files = new Recent<Float64Array>({ entries: 32, weight: 4_000_000 });

  /** Undefined where the file can no longer be read. */
  async at(file: string, offset: number): Promise<LineAndColumn | undefined> {
    const starts = this.#files.get(file) ?? (await this.#read(file));
    if (!starts) return undefined;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  async #read(file: string): Promise<Float64Array | undefined> {
    try {
      for await (const part of openSource(file)) {
        if (part.kind === 'failure') return undefined;
        const starts = await lineStarts(part.text.chunks());
        this.#files.set(file, starts, starts.length);
        return starts;
      }
    } catch {
      // It was readable when its documents were read; a place is no reason to fail.
    }
    return undefined;
  }
}

const CARRIAGE_RETURN = 13;

/** Offset of the first character of each line. A CR LF may be cut in two by the chunks. */
export async function lineStarts(chunks: AsyncIterable<string>): Promise<Float64Array> {
  const starts = [0];
  let length = 0;
  let afterReturn = false;
  for await (const chunk of chunks) {
    if (chunk === '') continue;
    for (const { index, 0: end } of chunk.matchAll(/\r\n|\r|\n/g)) {
      const next = length + index + end.length;
      if (index === 0 && end === '\n' && afterReturn) starts[starts.length - 1] = next;
      else starts.push(next);
    }
    length += chunk.length;
    afterReturn = chunk.charCodeAt(chunk.length - 1) === CARRIAGE_RETURN;
  }
  return Float64Array.from(starts);
}
