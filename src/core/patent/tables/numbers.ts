/** Numbers of publications and applications as cells name them: `US 2019/0012345 A1`, `US14/643,719`. */
import type { DocumentNumber, IsoDate } from '../bibliography.ts';
import { normalPublication, parsePublication } from '../identity.ts';
import { parseApplication } from '../identity-applications.ts';
import { UNKNOWN_OFFICE } from '../publication-number.ts';
import { parseTableDate } from './dates.ts';

/** A date behind a number, with or without brackets. */
const DATE_BEHIND =
  /^(.*?\d\S*(?: [A-Z]\d?)?)[\s,]+\(?(\d{4}(?:-\d{2}(?:-\d{2})?)?|(?:19|20)\d{6}|\d{2}\.\d{2}\.\d{4})\)?$/;
/** What a reader may keep of a number that has no known spelling. */
const SPELLABLE = /^[\p{L}\d\s.,/\-_()]+$/u;

/** What a column's numbers are of; offices count the two apart. */
export type NumberOf = 'publication' | 'application';

/**
 * Undefined for a text that names no document: no digits, or prose. `office` counts where the text names none, `date`
 * where it states none.
 */
export function parseDocumentNumber(
  text: string,
  of: NumberOf,
  office?: string,
  date?: IsoDate,
): DocumentNumber | undefined {
  const [, number = text, written] = DATE_BEHIND.exec(text.trim()) ?? [];
  const stated = written === undefined ? undefined : parseTableDate(written)?.date;
  const meant = stated ?? date;
  const found =
    of === 'application' || /^\s*PCT/i.test(number)
      ? parseApplication(number, meant, office)
      : publication(number, office, meant);
  return found ?? spelled(number.trim(), of, office, meant);
}

function publication(text: string, office: string | undefined, date?: IsoDate): DocumentNumber | undefined {
  const known = parsePublication(text, date);
  if (known !== undefined || office === undefined) return known;
  return /^[\d\s.,/-]*\d{3}[\d\s.,/-]*$/.test(text)
    ? normalPublication({ office, number: text }, date)
    : undefined;
}

/** Kept as it stands, because nothing is known about how it is written. */
function spelled(
  text: string,
  of: NumberOf,
  office = UNKNOWN_OFFICE,
  date?: IsoDate,
): DocumentNumber | undefined {
  if (!/\d{3}/.test(text) || text.length > 40 || !SPELLABLE.test(text)) return undefined;
  const plain = text.toUpperCase().replace(/[^\p{L}\d]/gu, '');
  const country = /^([A-Z]{2})[A-Z]{0,2}\d/.exec(plain)?.[1];
  if (country === undefined && !/^\d/.test(plain)) return undefined;
  return {
    id: plain,
    ...(of === 'application' ? { application: true } : {}),
    office: country ?? office,
    ...(date === undefined ? {} : { date }),
  };
}
