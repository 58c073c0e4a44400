/** What a column may be by the look of its cells. Guesses for a person to confirm, never applied unseen. */
import { parsePublicationNumber } from '../publication-number.ts';
import { splitCell } from './cells.ts';
import { parseTableCode } from './codes.ts';
import { parseTableDate } from './dates.ts';
import { parseLanguage } from './languages.ts';
import type { TableField } from './mapping.ts';

/** Share of the cells that must look alike. [ours] */
const MOST = 0.8;

const CLAIMS_BEGIN = /^\s*(?:1\s*[.)、]\s*\S|what is claimed|(?:i|we) claim\b|claims?:)/i;

/** @param cells those that hold something */
export function contentField(cells: readonly string[], name: string): TableField | undefined {
  if (cells.length === 0) return undefined;
  const mostly = (test: (cell: string) => boolean): boolean =>
    cells.filter((cell) => test(cell.trim())).length >= MOST * cells.length;
  if (mostly((cell) => parsePublicationNumber(cell) !== undefined)) return 'id';
  if (mostly(isCodes)) return cells.some((cell) => /\bY\d\d[A-Z]/.test(cell)) ? 'cpc' : 'ipc';
  if (mostly((cell) => cell.length < 30 && parseTableDate(cell) !== undefined && /\D/.test(cell))) {
    return dateField(name);
  }
  if (mostly((cell) => /^[A-Z]\d?$/.test(cell))) return 'kind';
  if (mostly((cell) => cell.length > 2 && parseLanguage(cell) !== undefined)) return 'language';
  return NO_PROSE.test(name) ? undefined : proseField(cells, mostly);
}

/** Lists of people, places and classes are as long as texts. */
const NO_PROSE =
  /inventor|applicant|assignee|owner|countr|address|class|\bipc|\bcpc|citation|cited|citing|famil|phrase|species|url|link/i;

const isCodes = (cell: string): boolean => {
  const codes = splitCell(cell);
  return codes.length > 0 && codes.every((code) => parseTableCode('IPC', code) !== undefined);
};

function dateField(name: string): TableField {
  if (/prior/i.test(name)) return 'priorityDate';
  return /fil|appl|anmeld/i.test(name) ? 'filingDate' : 'publicationDate';
}

function proseField(
  cells: readonly string[],
  mostly: (test: (cell: string) => boolean) => boolean,
): TableField | undefined {
  if (!mostly((cell) => /\p{L}{2,}\s+\p{L}{2,}/u.test(cell) || /\p{Lo}{4,}/u.test(cell))) return undefined;
  if (mostly((cell) => cell.length > 40 && CLAIMS_BEGIN.test(cell))) return 'claims';
  const length = cells.reduce((sum, cell) => sum + cell.length, 0) / cells.length;
  if (length > 5000) return 'description';
  if (length > 200) return 'abstract';
  return length > 15 && mostly((cell) => !/[;|@]|https?:/.test(cell)) ? 'title' : undefined;
}

/** Whether a row that should be the header holds values instead of names. */
export const looksLikeRecord = (cells: readonly string[]): boolean =>
  cells.some(
    (cell) =>
      cell.length > 150 ||
      parsePublicationNumber(cell) !== undefined ||
      (/\D/.test(cell) && parseTableDate(cell) !== undefined),
  );
