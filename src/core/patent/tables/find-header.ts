/**
 * Where a table begins. Databases put lines about the query before the header row, so the header is the first row whose
 * cells are known names; which character divides the cells is found together with it, because only the right one shows
 * the names.
 */
import { HEAD_LENGTH } from '../file-reading.ts';
import type { Delimiter } from '../corpus-files/csv-scan.ts';
import { DELIMITERS, fieldValue, scanRecord, sniffDelimiter } from '../corpus-files/csv-scan.ts';
import { isRemembered } from './apply.ts';
import type { RememberedMapping } from './mapping.ts';
import { recognisedFields, TEXT_FIELDS } from './propose.ts';

export interface TableHeader {
  /** Cells of the header row without the blanks around them. */
  readonly cells: readonly string[];
  readonly delimiter: Delimiter;
  /** Offset of the header row; what stands before it is no part of the table. */
  readonly start: number;
  /** Offset behind the header row. */
  readonly end: number;
  /** False when the text ends before the row does. */
  readonly complete: boolean;
  /** Whether the row holds names that are known, or is only the first one there is. */
  readonly known: boolean;
}

/** Rows that may stand before the header. [ours] */
const MOST_BEFORE = 20;
const EXACT = Infinity;

/** The header row of a table whose text starts with `text`. */
export function findHeader(text: string, remembered: readonly RememberedMapping[] = []): TableHeader {
  const head = text.slice(0, HEAD_LENGTH);
  const sniffed = sniffDelimiter(head);
  let best: TableHeader | undefined;
  let most = 0;
  for (const delimiter of [sniffed, ...DELIMITERS.filter((other) => other !== sniffed)]) {
    for (const [index, row] of firstRows(head, delimiter).entries()) {
      if (!row.complete && index > 0 && head.length < text.length) break;
      const score = isRemembered(row.cells, remembered) ? EXACT : headerScore(row.cells, index);
      if (score > most) [best, most] = [{ ...row, known: true }, score];
    }
    if (most === EXACT) break;
  }
  if (best?.complete === true) return best;
  const at = best?.start ?? 0;
  return { ...readRow(text, at, best?.delimiter ?? sniffed), known: best !== undefined };
}

type Row = Omit<TableHeader, 'known'>;

/** How many names a row holds that are known; 0 for a row that cannot be the header. */
function headerScore(cells: readonly string[], index: number): number {
  const fields = recognisedFields(cells);
  if (!TEXT_FIELDS.some((field) => fields.has(field))) return 0;
  return index > 0 && fields.size < 2 ? 0 : fields.size;
}

function firstRows(text: string, delimiter: Delimiter): Row[] {
  const rows: Row[] = [];
  let at = 0;
  while (at < text.length && rows.length <= MOST_BEFORE) {
    const row = readRow(text, at, delimiter);
    rows.push(row);
    at = row.end;
    while (text[at] === '\n' || text[at] === '\r') at++;
  }
  return rows;
}

function readRow(text: string, start: number, delimiter: Delimiter): Row {
  const { fields, end, complete } = scanRecord(text, start, delimiter);
  return { cells: fields.map((field) => fieldValue(text, field).trim()), delimiter, start, end, complete };
}
