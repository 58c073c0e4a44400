/**
 * Transcribes a spreadsheet to the text of a table. Of several sheets the one is taken that looks like patents; a line
 * before the table says which it is and which others there are, so that the first record states it.
 */
import { readFile, stat } from 'node:fs/promises';
import readSheets from 'read-excel-file/universal';
import yauzl from 'yauzl';
import { PatentLabError } from '../../../core/errors.ts';
import { csvLine } from '../../../core/patent/corpus-files/csv-line.ts';
import { recognisedFields, TEXT_FIELDS } from '../../../core/patent/tables/propose.ts';
import { readError } from '../errors.ts';

/** Far above any export; a small archive can unpack to more than the machine has. [ours] */
const MOST_BYTES = 1 << 30;
/** Rows that may stand before the header row, as for tables of text. [ours] */
const MOST_BEFORE = 20;
/** Rows of one piece of text. [ours] */
const BATCH = 500;

interface Sheet {
  readonly sheet: string;
  readonly data: readonly (readonly unknown[])[];
}

/** @param shown the path for errors; `file` may be a temporary copy. */
export async function* transcribeXlsx(file: string, shown = file): AsyncGenerator<string> {
  const sheets = await readWorkbook(file, shown);
  const chosen = mostLikely(sheets);
  if (chosen === undefined) throw unreadable(shown, 'It holds no sheet with rows.');
  if (sheets.length > 1) {
    const others = sheets.filter((sheet) => sheet !== chosen).map(({ sheet }) => `"${sheet}"`);
    yield csvLine([`Sheet "${chosen.sheet}" was read; not read: ${others.join(', ')}.`]);
  }
  const width = chosen.data.reduce((most, row) => Math.max(most, row.length), 0);
  let lines: string[] = [];
  for (const [index, row] of chosen.data.entries()) {
    if (row.every((cell) => cell === null || cell === '')) continue;
    const place = `${shown}, sheet "${chosen.sheet}", row ${index + 1}`;
    lines.push(csvLine(Array.from({ length: width }, (_, column) => cellText(row[column], place, shown))));
    if (lines.length < BATCH) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}

async function readWorkbook(file: string, shown: string): Promise<readonly Sheet[]> {
  const { size } = await stat(file).catch((cause: unknown) => {
    throw readError(shown, cause);
  });
  const unpacked = await unpackedSize(file).catch((cause: unknown) => {
    throw unreadable(shown, 'It is no spreadsheet, or it is damaged.', cause);
  });
  if (Math.max(size, unpacked) > MOST_BYTES) {
    throw new PatentLabError({
      code: 'file-too-large',
      message: `${shown}: The spreadsheet unpacks to more than ${MOST_BYTES >> 20} MB.`,
      remedy: 'Export the table as CSV, or divide it into several files.',
      place: { file: shown },
    });
  }
  const bytes = await readFile(file);
  const buffer = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(buffer).set(bytes);
  try {
    return await readSheets(buffer, { trim: false });
  } catch (cause) {
    throw unreadable(shown, whyUnreadable(cause), cause);
  }
}

/** The library trips over what it does not expect with an error of JavaScript, whose words say nothing of the file. */
function whyUnreadable(cause: unknown): string {
  if (cause instanceof TypeError || cause instanceof RangeError || !(cause instanceof Error)) {
    return 'Its sheets are damaged, or written in a way that is not read here, such as cells that do not name their column.';
  }
  return `It cannot be read (${cause.message.replace(/\.$/, '')}).`;
}

/** What an archive says its contents come to. */
function unpackedSize(file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    yauzl.open(file, { lazyEntries: true }, (error, archive) => {
      if (error) {
        reject(error);
        return;
      }
      let size = 0;
      archive.on('entry', (entry: yauzl.Entry) => {
        size += entry.uncompressedSize;
        archive.readEntry();
      });
      archive.on('end', () => {
        resolve(size);
      });
      archive.on('error', reject);
      archive.readEntry();
    });
  });
}

/** The sheet whose header row names most; among equals the first, which is also where no header is known. */
function mostLikely(sheets: readonly Sheet[]): Sheet | undefined {
  let best: Sheet | undefined;
  let most = -1;
  for (const sheet of sheets) {
    const named =
      sheet.data.length === 0 ? -1 : Math.max(...sheet.data.slice(0, MOST_BEFORE + 1).map(namesIn));
    if (named > most) [best, most] = [sheet, named];
  }
  return best;
}

function namesIn(row: readonly unknown[]): number {
  const fields = recognisedFields(row.map((cell) => (typeof cell === 'string' ? cell : '')));
  return TEXT_FIELDS.some((field) => fields.has(field)) ? fields.size : 0;
}

function cellText(cell: unknown, place: string, shown: string): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (cell instanceof Date && !Number.isNaN(cell.getTime())) return dateText(cell);
  throw unreadable(shown, `A cell holds a value of an unknown kind (${place}).`);
}

/** Without the time where it is midnight, as it is for days. */
export function dateText(date: Date): string {
  const text = date.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
}

function unreadable(shown: string, detail: string, cause?: unknown): PatentLabError {
  return new PatentLabError(
    {
      code: 'file-unreadable',
      message: `${shown}: ${detail}`,
      remedy: 'Open the spreadsheet, save it again as .xlsx or as CSV, and try that file.',
      place: { file: shown },
    },
    { cause },
  );
}
