/**
 * Publication numbers as offices print them, in one spelling: country, number, kind (`US10000000B2`). Spellings that
 * mean the same publication and still differ here are brought together in `identity.ts`.
 */

export interface PublicationNumber {
  readonly id: string;
  /** WIPO ST.3 code. */
  readonly office: string;
  /** WIPO ST.16 kind code. */
  readonly kind?: string;
}

/**
 * Joins the three parts; leading zeros, blanks and punctuation of the number are dropped (`D0435854` → `D435854`), as are
 * a check digit (`1000000.7`) and the office where the number repeats it (`WO 2005/080928`).
 */
export function publicationNumber(country: string, number: string, kind?: string): PublicationNumber {
  const office = country.trim().toUpperCase();
  const body = withoutOffice(office, withoutCheckDigit(number.trim().toUpperCase()));
  const digits = (office === 'WO' ? internationalNumber(body) : undefined) ?? plainNumber(body);
  const code = kind?.trim().toUpperCase();
  return { id: `${office}${digits}${code ?? ''}`, office, ...(code ? { kind: code } : {}) };
}

/** A number without blanks, punctuation and leading zeros. */
export function plainNumber(number: string): string {
  return number.replace(/[^0-9A-Z]/g, '').replace(/^([A-Z]*)0+(?=\d)/, '$1');
}

/** `1000000.7` → `1000000`; a point before three digits divides thousands and is none. */
export const withoutCheckDigit = (number: string): string =>
  number.trim().replace(/(?<=\d[\d\s/-]{3,})\.[\dX](?=\s*(?:[A-Z]\d?)?$)/, '');

/** `WO 2005/080928` of the office `WO` → `2005/080928`. */
export function withoutOffice(office: string, number: string): string {
  if (!number.startsWith(office)) return number;
  const rest = number.slice(office.length).replace(/^[\s.:\-_]+/, '');
  return /^[A-Z]{0,3}[\s.-]*\d/.test(rest) ? rest : number;
}

/** The first international applications are of 1978. */
const FIRST_INTERNATIONAL_YEAR = 1978;

/**
 * A number of the International Bureau with its year in full: until 2003 it was printed with two digits of the year and
 * five of the serial number (`02/12345`, `0212345`), since with four and six. Undefined for anything else.
 */
export function internationalNumber(number: string): string | undefined {
  const body = number.trim();
  const plain = body.replace(/[^0-9A-Z]/g, '');
  const [, year, serial] =
    /^(\d{2}|\d{4})[\s/-]+(\d{1,6})$/.exec(body) ??
    /^(\d{4})(\d{6})$/.exec(plain) ??
    /^(\d{2})(\d{5,6})$/.exec(plain) ??
    /^(\d{4})(\d{5})$/.exec(plain) ??
    [];
  if (year === undefined || serial === undefined) return undefined;
  const full = fullYear(year, FIRST_INTERNATIONAL_YEAR);
  if (full < FIRST_INTERNATIONAL_YEAR || full > LAST_YEAR) return undefined;
  return `${full}${serial.padStart(6, '0')}`;
}

/** Years behind this are no years but parts of a number. [ours] */
export const LAST_YEAR = 2099;

/** Two digits of a year stand for the first such year from `from` on; four for themselves. */
export function fullYear(year: string, from: number): number {
  if (year.length === 4) return Number(year);
  const candidate = from - (from % 100) + Number(year);
  return candidate < from ? candidate + 100 : candidate;
}

/** Number of a US document that is no utility patent: design, reissue, plant, statutory invention, publication (T). */
const US_SERIES = String.raw`(?<=^US)(?:D|DES|RE|PP|H|T|X|RX|AI)\d{1,8}`;
const SPELLED = new RegExp(String.raw`^([A-Z]{2})(${US_SERIES}|(?:[A-Z]{1,2})?\d{5,13})([A-Z]\d?)?$`);

/** As Espacenet writes it: `KR20140141940 (A)`. */
const KIND_IN_BRACKETS = /\(([A-Z]\d?)\)$/;

/** A number whose parts have been found; punctuation inside `number` is kept. */
export interface NumberParts {
  readonly office: string;
  readonly number: string;
  readonly kind?: string;
}

/**
 * Divides a number that is written as one piece or with blanks and punctuation (`WO 02/12345 A1`, `EP-A- 0 361 708`);
 * undefined when it is none.
 */
export function numberParts(text: string): NumberParts | undefined {
  const written = withoutCheckDigit(text.normalize('NFKC').toUpperCase()).replace(KIND_IN_BRACKETS, '$1');
  const [, between, kindBetween, behind] = /^([A-Z]{2})\s*-\s*([ABCUY]\d?)\s*-\s*(\S.*)$/.exec(written) ?? [];
  const [, office, number, kind] =
    SPELLED.exec(`${between ?? ''}${behind ?? written}`.replace(/[\s.,/\-_]/g, '')) ?? [];
  if (office === undefined || number === undefined) return undefined;
  const code = kind ?? kindBetween;
  const from = behind ?? written.slice(written.indexOf(office) + 2);
  const body = kind === undefined ? from : from.slice(0, from.lastIndexOf(kind.charAt(0)));
  return { office, number: body.replace(/^[\s.,/\-_]+|[\s.,/\-_]+$/g, ''), ...(code ? { kind: code } : {}) };
}

/** Reads a number that is written as one piece or with blanks and punctuation; undefined when it is none. */
export function parsePublicationNumber(text: string): PublicationNumber | undefined {
  const parts = numberParts(text);
  return parts && publicationNumber(parts.office, parts.number, parts.kind);
}

/** Office for documents that name none. */
export const UNKNOWN_OFFICE = 'XX';

/** File name without folders and extensions, for documents that state no number. */
export function fileStem(file: string): string {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  const stem = name.replace(/\.[A-Za-z0-9]{1,8}$/, '');
  return stem === '' ? name : stem;
}
