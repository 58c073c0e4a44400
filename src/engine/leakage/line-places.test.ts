import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { positionAt } from '../../core/text/position.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { lineStarts, LinePlaces } from './line-places.ts';

const TEXTS = ['', 'one', 'a\nb', 'a\r\nb\r\n\r\nc', 'a\rb\n\rc\r', '\n\n\n', 'ä🦽\n🦽ä'];

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield Promise.resolve(text.slice(at, at + size));
}

describe('places of offsets', () => {
  it.each(TEXTS)('are those of an editor, however the text is cut: %j', async (text) => {
    for (const size of [1, 2, 3, 100]) {
      const starts = await lineStarts(pieces(text, size));
      for (let offset = 0; offset <= text.length; offset++) {
        // Within a CR LF an editor has no place.
        if (text[offset - 1] === '\r' && text[offset] === '\n') continue;
        const line = starts.filter((start) => start <= offset).length;
        const { line: expected, column } = positionAt(text, offset);
        expect([line, offset - (starts[line - 1] ?? 0) + 1], `${offset}/${size}`).toEqual([expected, column]);
      }
    }
  });

  it('are found in files, and are none where the file is gone', async () => {
    const folder = await temporaryFolder({ 'a.txt': 'one\ntwo\nthree' });
    const places = new LinePlaces();
    const file = path.join(folder, 'a.txt');
    expect(await places.at(file, 0)).toEqual({ line: 1, column: 1 });
    expect(await places.at(file, 6)).toEqual({ line: 2, column: 3 });
    expect(await places.at(file, 12)).toEqual({ line: 3, column: 5 });
    expect(await places.at(path.join(folder, 'none.txt'), 0)).toBeUndefined();
  });
});
