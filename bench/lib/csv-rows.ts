/** The rows of a small CSV file by the names in its header. */
import { fieldValue, scanRecord, sniffDelimiter } from '../../src/core/patent/corpus-files/csv-scan.ts';

export function csvRows(text: string): readonly Readonly<Record<string, string>>[] {
  const delimiter = sniffDelimiter(text);
  const lines: string[][] = [];
  for (let at = 0; at < text.length;) {
    const record = scanRecord(text, at, delimiter);
    lines.push(record.fields.map((field) => fieldValue(text, field)));
    at = record.end + (text.startsWith('\r\n', record.end) ? 2 : 1);
  }
  const [header = [], ...rows] = lines;
  return rows.map((values) => Object.fromEntries(header.map((name, at) => [name, values[at] ?? ''])));
}
