/** Publications and applications as cells name them: `US 2019/0012345 A1`, `US14/643,719`, `PCT/US2019/012345`. */
import type { DocumentNumber } from '../bibliography.ts';
import { UNKNOWN_OFFICE, parsePublicationNumber, publicationNumber } from '../publication-number.ts';
import { parseTableDate } from './dates.ts';

/** A date behind a number, with or without brackets. */
const DATE_BEHIND = /^(.*?\d\S*)[\s,]+\(?(\d{4}-\d{2}-\d{2}|\d{2}\.\d{2}\.\d{4})\)?$/;
/** What a reader may keep of a number that has no known spelling. */
const SPELLABLE = /^[\p{L}\d\s.,/\-_()]+$/u;

/** Undefined for a text that names no document: no digits, or prose. `office` counts where the text names none. */
export function parseDocumentNumber(text: string, office?: string): DocumentNumber | undefined {
  const dated = DATE_BEHIND.exec(text.trim());
  const number = (dated?.[1] ?? text).trim();
  const date = dated?.[2] === undefined ? undefined : parseTableDate(dated[2])?.date;
  const found = spelled(number, office);
  return found && date !== undefined ? { ...found, date } : found;
}

function spelled(text: string, office: string | undefined): DocumentNumber | undefined {
  const known = parsePublicationNumber(text);
  if (known) return known;
  if (!/\d{3}/.test(text) || text.length > 40 || !SPELLABLE.test(text)) return undefined;
  const plain = text.toUpperCase().replace(/[^\p{L}\d]/gu, '');
  if (plain.startsWith('PCT')) return { id: plain, office: 'WO' };
  const country = /^([A-Z]{2})[A-Z]{0,2}\d/.exec(plain)?.[1];
  if (country !== undefined) return { id: plain, office: country };
  if (!/^\d/.test(plain)) return undefined;
  return office === undefined ? { id: plain, office: UNKNOWN_OFFICE } : publicationNumber(office, plain);
}
