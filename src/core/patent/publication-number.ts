/** Publication numbers as offices print them, in one spelling: country, number, kind (`US10000000B2`). */

export interface PublicationNumber {
  readonly id: string;
  /** WIPO ST.3 code. */
  readonly office: string;
  /** WIPO ST.16 kind code. */
  readonly kind?: string;
}

/** Joins the three parts; leading zeros, blanks and punctuation of the number are dropped (`D0435854` → `D435854`). */
export function publicationNumber(country: string, number: string, kind?: string): PublicationNumber {
  const office = country.trim().toUpperCase();
  const plain = number.toUpperCase().replace(/[^0-9A-Z]/g, '');
  const digits = plain.replace(/^([A-Z]*)0+(?=\d)/, '$1');
  const code = kind?.trim().toUpperCase();
  return { id: `${office}${digits}${code ?? ''}`, office, ...(code ? { kind: code } : {}) };
}

const SPELLED = /^([A-Z]{2})((?:[A-Z]{1,2})?\d{5,13})([A-Z]\d?)?$/;

/** Reads a number that is written as one piece or with blanks and punctuation; undefined when it is none. */
export function parsePublicationNumber(text: string): PublicationNumber | undefined {
  const match = SPELLED.exec(text.toUpperCase().replace(/[\s.,/\-_]/g, ''));
  const [, country, number, kind] = match ?? [];
  if (country === undefined || number === undefined) return undefined;
  return publicationNumber(country, number, kind);
}

/** Office for documents that name none. */
export const UNKNOWN_OFFICE = 'XX';

/** File name without folders and extensions, for documents that state no number. */
export function fileStem(file: string): string {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  const stem = name.replace(/\.[A-Za-z0-9]{1,8}$/, '');
  return stem === '' ? name : stem;
}
