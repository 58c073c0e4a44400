/** Writes CSV (RFC 4180, with LF at the end of a line). */

/**
 * In quotes wherever a reader could take it for something else: a border between cells (of any delimiter, because it is
 * found by counting), blanks at the ends, a line that would be empty.
 */
const NEEDS_QUOTES = /[",;\t\r\n\u2028\u2029\uFEFF]|^\s|\s$/;

export function csvCell(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvLine(cells: readonly string[]): string {
  const [only] = cells;
  return cells.length === 1 && only === '' ? '""\n' : `${cells.map(csvCell).join(',')}\n`;
}
