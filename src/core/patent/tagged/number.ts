/** Numbers of Green Book documents: publication numbers with a check digit, applications with a series code. */
import type { PublicationNumber } from '../publication-number.ts';
import { publicationNumber } from '../publication-number.ts';

/** WIPO ST.16 codes that the USPTO's documents before 2001 are known by, by the letters before the number. */
const KINDS: Readonly<Record<string, string>> = { '': 'A', D: 'S', PP: 'P', RE: 'E', T: 'I4', H: 'H' };
/** The same from January 2001 on. A utility patent is B1 or B2 then, which the format does not say. */
const KINDS_FROM_2001: Readonly<Record<string, string | undefined>> = {
  D: 'S1',
  PP: 'P2',
  RE: 'E1',
  H: 'H1',
};
const FIRST_KIND_CODES = '2001-01-02';

/** Letters, digits, check digit: nine characters together. */
const LENGTH = 9;
const WKU = /^([A-Z]{0,2})(\d{3,8})([0-9A-Z&*])?$/;

export interface CheckedNumber {
  readonly number: PublicationNumber;
  /** False when the check digit says that another digit is wrong. */
  readonly checks: boolean;
}

/** Reads a `WKU` such as `039373754` or `D02420017`; undefined when it is none. */
export function patentNumber(wku: string, issued: string | undefined): CheckedNumber | undefined {
  const plain = wku.replace(/\s/g, '').toUpperCase();
  const body = plain.length === LENGTH ? plain.slice(0, -1) : plain;
  const [, prefix, digits] = WKU.exec(body) ?? [];
  if (prefix === undefined || digits === undefined || !(prefix in KINDS)) return undefined;
  const kinds = issued !== undefined && issued >= FIRST_KIND_CODES ? KINDS_FROM_2001 : KINDS;
  const expected = prefix === '' ? checkDigit(digits) : undefined;
  const printed = plain.length === LENGTH ? plain.at(-1) : undefined;
  return {
    number: publicationNumber('US', `${prefix}${digits}`, kinds[prefix]),
    checks: expected === undefined || printed === undefined || printed === expected,
  };
}

/** Modulus 11 with weights 2, 3, … from the right; undefined where the digit would be ten, which has no one spelling. */
export function checkDigit(digits: string): string | undefined {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    sum += Number(digits[digits.length - 1 - index]) * (index + 2);
  }
  const digit = (11 - (sum % 11)) % 11;
  return digit === 10 ? undefined : String(digit);
}

/** Design applications have had a series of their own since October 1992. */
const DESIGN_SERIES = '29';

/** The application's number with its series (`07/900302`); the seventh digit checks the six before it. */
export function applicationNumber(number: string, series: string | undefined): string | undefined {
  const digits = number.replace(/\D/g, '').slice(0, 6);
  if (digits === '') return undefined;
  const code = series?.trim().toUpperCase();
  if (code === 'D') return `${DESIGN_SERIES}/${digits}`;
  return code !== undefined && /^\d{1,2}$/.test(code) ? `${code.padStart(2, '0')}/${digits}` : digits;
}

/** Letters that older documents use for a country and WIPO ST.3 has changed since. */
const OLD_COUNTRIES: Readonly<Record<string, string>> = {
  DT: 'DE',
  DL: 'DD',
  UK: 'GB',
  EN: 'GB',
  JA: 'JP',
  OE: 'AT',
  SW: 'SE',
  SZ: 'CH',
  SF: 'FI',
  EI: 'IE',
};

/** `JPX` → `JP`. */
export function countryCode(written: string | undefined): string | undefined {
  const code = written?.trim().toUpperCase().slice(0, 2);
  if (code === undefined || !/^[A-Z]{2}$/.test(code)) return undefined;
  return OLD_COUNTRIES[code] ?? code;
}
