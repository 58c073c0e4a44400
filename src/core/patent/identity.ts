/**
 * Which publication a number means, however it is spelled. Offices, databases and people drop zeros, years and
 * prefixes: `US 2018/0000016 A1` is `US2018000016A1` in the EPO's databases, `WO 02/12345` is `WO2002012345`. Here each
 * has one normal form; two numbers are the same publication when their normal forms without kind codes are.
 */
import type { DocumentNumber, IsoDate } from './bibliography.ts';
import { yearOf } from './dates.ts';
import { FIRST_WESTERN_YEAR, eraSpelling, yearlyNumber } from './identity-japan.ts';
import type { NumberParts, PublicationNumber } from './publication-number.ts';
import {
  internationalNumber,
  numberParts,
  plainNumber,
  withoutCheckDigit,
  withoutOffice,
} from './publication-number.ts';

/** WIPO ST.16: a letter, sometimes with a digit. Anything else in the place of a kind code is none. */
const KIND = /^[A-Z]\d?$/;

/** A number of one office as it is written, upper case, and what else tells how to read it. */
interface Written {
  readonly number: string;
  readonly kind: string;
  readonly year?: number;
}

const RULES: Readonly<Record<string, (written: Written) => string | undefined>> = {
  US: ({ number }) => unitedStates(number),
  WO: ({ number }) => internationalNumber(number),
  JP: japan,
  KR: korea,
  CN: ({ number }) => plainNumber(number.replace(/^ZL\s*/, '')),
};

/**
 * The normal form of a publication whose parts are known; `date` helps to read Japanese numbers that leave the era away.
 * Undefined where there is no number but a placeholder.
 */
export function normalPublication(parts: NumberParts, date?: IsoDate): DocumentNumber | undefined {
  const office = parts.office.trim().toUpperCase();
  const kind = kindCode(parts.kind);
  const isNormal = NORMAL.test(parts.number) && !COUNTED_BY_YEAR.has(office);
  const normal = isNormal ? parts.number : normalNumber(parts.number, office, kind, date);
  if (normal === undefined) return undefined;
  return {
    id: `${office}${normal}${kind ?? ''}`,
    office,
    ...(kind ? { kind } : {}),
    ...(date === undefined ? {} : { date }),
  };
}

/** As nearly every citation is written: digits that are their own normal form but where an office counts by years. */
const NORMAL = /^[1-9](?:\d{4,7}|\d{10})$/;
const COUNTED_BY_YEAR: ReadonlySet<string> = new Set(['JP', 'KR', 'WO']);

function normalNumber(
  written: string,
  office: string,
  kind: string | undefined,
  date: IsoDate | undefined,
): string | undefined {
  const number = withoutOffice(office, withoutCheckDigit(plainLetters(written)));
  const year = yearOf(date);
  const normal =
    RULES[office]?.({ number, kind: kind ?? '', ...(year === undefined ? {} : { year }) }) ??
    plainNumber(number);
  return /[1-9]/.test(normal) ? normal : undefined;
}

/** Upper case; full-width digits and letters as plain ones. */
const plainLetters = (text: string): string =>
  (/[^\x20-\x7e]/.test(text) ? text.normalize('NFKC') : text).toUpperCase();

/** A kind code, or undefined for what is written in its place (`00`, `公開特許公報(A)`). */
export function kindCode(text: string | undefined): string | undefined {
  const code = text?.trim().toUpperCase();
  return code !== undefined && KIND.test(code) ? code : undefined;
}

/** The normal form of a number in any spelling; undefined for what is no publication number. */
export function parsePublication(text: string, date?: IsoDate): DocumentNumber | undefined {
  const parts = numberParts(text) ?? japaneseParts(text);
  return parts && normalPublication(parts, date);
}

/** The id in normal form; what is no publication number stays as it is. */
export const normalForm = (id: string): string => parsePublication(id)?.id ?? id;

/** What all publications of one number share: the normal form without the kind code. */
export function publicationKey(id: string): string | undefined {
  const normal = parsePublication(id);
  return normal && withoutKind(normal);
}

const withoutKind = ({ id, kind }: PublicationNumber): string =>
  kind === undefined ? id : id.slice(0, -kind.length);

/**
 * Whether two ids mean the same publication, in whatever spelling and whichever kind code (an application and the patent
 * granted on it, where the office keeps the number). Japan counted laid-open applications, examined ones and utility
 * models of a year each by themselves, so there the letters of the kind codes may not differ.
 */
export function samePublication(a: string, b: string): boolean {
  const [one, other] = [parsePublication(a), parsePublication(b)];
  if (one === undefined || other === undefined) return a.trim() === b.trim();
  if (withoutKind(one) !== withoutKind(other)) return false;
  const counted = one.office === 'JP' && withoutKind(one).length > LONGEST_JAPANESE_PATENT;
  return !counted || !one.kind || !other.kind || one.kind.charAt(0) === other.kind.charAt(0);
}
const LONGEST_JAPANESE_PATENT = 'JP1234567'.length;

/** `特開2001-123456`, `特許第6151557号公報`: the words say which office it is. */
function japaneseParts(text: string): NumberParts | undefined {
  const [, office, words = '', rest = ''] =
    /^(JP\s*)?(特開|特許|特公|特表|実開|実公|再表|(?=[明大昭平令]))(.*)$/.exec(
      text.normalize('NFKC').toUpperCase().trim(),
    ) ?? [];
  const [, written, kind] = /^(.*?\d[号公報]*)\s*([A-Z]\d?)?$/.exec(rest.replace(/\(.*$/, '')) ?? [];
  if ((office === undefined && words === '') || written === undefined || !/\d{3}/.test(written))
    return undefined;
  const patent = words === '特許' ? /\d[\d,]*/.exec(written)?.[0] : undefined;
  return { office: 'JP', number: patent ?? written, ...(kind ? { kind } : {}) };
}

/**
 * Publications of applications have a year and seven digits; the EPO's databases leave the first of the seven out, which
 * is always 0. Patents have at most eight digits in all.
 */
function unitedStates(number: string): string {
  const [, year, serial] = /^(20\d\d)\s*[/-]\s*(\d{1,7})$/.exec(number) ?? [];
  if (year !== undefined && serial !== undefined) return `${year}${serial.padStart(7, '0')}`;
  const plain = plainNumber(number).replace(/^DES(?=\d)/, 'D');
  return /^20\d{8}$/.test(plain) ? `${plain.slice(0, 4)}0${plain.slice(4)}` : plain;
}

function japan({ number, kind, year }: Written): string {
  // Patents of the years of Heisei begin with 1 to 3, so that a first digit which fits the date is the year.
  const fits = year !== undefined && year < FIRST_WESTERN_YEAR && !kind.startsWith('B');
  const yearly = yearlyNumber(number, year, fits || /^[AU]/.test(kind));
  return yearly ? eraSpelling(yearly) : plainNumber(number.replace(/[^0-9A-Z]/g, ''));
}

/**
 * Patents (10) and utility models (20): `10-0688702` is printed in full or without the 10, `10-2005-0011376` is
 * `20050011376` in the EPO's databases.
 */
function korea({ number, kind }: Written): string {
  const type = /^[UY]/.test(kind) ? '20' : '10';
  const [, stated, grant] = /^([12]0)[\s-]+(\d{1,7})$/.exec(number) ?? [];
  if (stated !== undefined && grant !== undefined) return stated + grant.padStart(7, '0');
  const [, filed, year, serial] = /^([12]0)[\s-]+((?:19|20)\d\d)[\s-]+(\d{1,7})$/.exec(number) ?? [];
  if (filed !== undefined && serial !== undefined) return `${filed}${year}${serial.padStart(7, '0')}`;
  const plain = plainNumber(number);
  if (/^(?:19|20)\d{9}$/.test(plain)) return type + plain;
  return /^\d{6,7}$/.test(plain) && /^[BY]/.test(kind) ? type + plain.padStart(7, '0') : plain;
}
