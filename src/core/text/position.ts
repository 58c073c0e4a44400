/**
 * Offsets to lines and columns. Errors name line and column because that is what a person can type into an editor;
 * the line breaks counted are those an editor counts (LF, CR LF and a lone CR).
 */

/** A place in a file: `offset` in UTF-16 units from 0, `line` and `column` from 1. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

export const FILE_START: Position = { offset: 0, line: 1, column: 1 };

const LINE_FEED = 10;

/** The position of `index` in a text whose first character stands at `start`. */
export function positionAt(text: string, index: number, start: Position = FILE_START): Position {
  const end = Math.min(Math.max(index, 0), text.length);
  // Positions are counted over every character that is read: searching takes many at a time, a loop one by one. The
  // part before is cut out, because a search that finds nothing would go on behind it.
  const before = text.slice(0, end);
  let line = start.line;
  let lineStart = 0;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  for (let at = before.indexOf('\r'); at >= 0; at = before.indexOf('\r', at + 1)) {
    if (text.charCodeAt(at + 1) === LINE_FEED) continue;
    line++;
    lineStart = Math.max(lineStart, at + 1);
  }
  const column = lineStart === 0 ? start.column + end : end - lineStart + 1;
  return { offset: start.offset + end, line, column };
}
