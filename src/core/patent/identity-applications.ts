/**
 * Application numbers, which offices count apart from publications: US 10/123,456 and patent US 10,123,456 have nothing
 * to do with each other. Each office, and each database again, writes them in its own way; an application has one
 * normal form here, and {@link applicationKeys} says under which keys two documents state the same one.
 */
import type { DocumentNumber, IsoDate } from './bibliography.ts';
import { yearOf } from './dates.ts';
import { kindCode } from './identity.ts';
import { FIRST_WESTERN_YEAR, yearlyNumber } from './identity-japan.ts';
import type { NumberParts } from './publication-number.ts';
import {
  UNKNOWN_OFFICE,
  fullYear,
  plainNumber,
  withoutCheckDigit,
  withoutOffice,
} from './publication-number.ts';

/** How the EPO's databases call their spellings, where a file says which it uses. */
export type ApplicationForm = 'docdb' | 'other';

/** A number in normal form; `complete` when it is all that names one application and no other. */
interface Normal {
  readonly office?: string;
  readonly number: string;
  readonly complete: boolean;
}

/** An application as it is written, upper case, without its office. */
interface Written {
  readonly number: string;
  readonly plain: string;
  readonly kind: string;
  readonly year?: number;
  readonly form: ApplicationForm;
}

const RULES: Readonly<Record<string, (written: Written) => Normal | undefined>> = {
  US: unitedStates,
  EP: europe,
  JP: japan,
  KR: korea,
  CN: china,
  GB: twoDigitYear,
  FR: twoDigitYear,
  SE: twoDigitYear,
};

/** The normal form of an application; undefined where there is no number but a placeholder. */
export function normalApplication(
  parts: NumberParts,
  date?: IsoDate,
  form: ApplicationForm = 'other',
): DocumentNumber | undefined {
  const normal = normalise(parts, date, form);
  if (normal === undefined) return undefined;
  const office = normal.office ?? parts.office.trim().toUpperCase();
  return {
    id: `${office}${normal.number}`,
    office,
    application: true,
    ...(date === undefined ? {} : { date }),
  };
}

/** `US14/643,719`, `JP 2016-128835 A`, `CN202111286633.X`: office, number, and a kind code. */
const ONE_PIECE = /^([A-Z]{2})?[\s-]*(\d(?:.*?\d)?(?:\.X)?)\s*([A-Z]\d?)?$/;

/**
 * The normal form of an application that is written as one piece, such as `PCT/US2019/012345`. `office` is meant where
 * the text names none; undefined where nothing names one, and for what is no number.
 */
export function parseApplication(text: string, date?: IsoDate, office?: string): DocumentNumber | undefined {
  const written = text.normalize('NFKC').trim().toUpperCase();
  if (written.startsWith('PCT')) return normalApplication({ office: 'WO', number: written }, date);
  const [, named = office, number, kind] = ONE_PIECE.exec(written) ?? [];
  if (named === undefined || number === undefined || !/\d{3}/.test(number)) return undefined;
  return normalApplication({ office: named, number, ...(kind ? { kind } : {}) }, date);
}

/**
 * Keys that two documents share exactly when they state the same application. None for a number that names no single
 * application: a placeholder, or one without the year or series that its office counts within. A US application is known
 * by series and number, and to the EPO by year and number; one that states its date has both keys.
 */
export function applicationKeys({ id, office, date }: DocumentNumber): readonly string[] {
  // Every office counts for itself: a number alone may be anyone's.
  if (office === UNKNOWN_OFFICE) return [];
  const number = id.startsWith(office) ? id.slice(office.length) : id;
  const normal = normalise({ office, number }, date, 'other');
  if (!normal?.complete || PLACEHOLDER.test(normal.number)) return [];
  const key = `${normal.office ?? office}${normal.number}`;
  const byYear = office === 'US' ? withYear(normal.number, yearOf(date)) : undefined;
  return byYear === undefined ? [key] : [key, `US${byYear}`];
}

/** A serial number of zeros alone. */
const PLACEHOLDER = /0{6}[A-Z]?$/;

function normalise(parts: NumberParts, date: IsoDate | undefined, form: ApplicationForm): Normal | undefined {
  const office = parts.office.trim().toUpperCase();
  const written = parts.number.normalize('NFKC').toUpperCase();
  const number = withoutOffice(office, withoutCheckDigit(written)).trim();
  const plain = number.replace(/[^0-9A-Z]/g, '');
  if (!/[1-9]/.test(plain)) return undefined;
  const kind = kindCode(parts.kind) ?? '';
  const year = yearOf(date);
  const all: Written = { number, plain, kind, form, ...(year === undefined ? {} : { year }) };
  const international = kind === 'W' ? internationalApplication(office + plain) : undefined;
  return international ?? internationalApplication(plain, office) ?? RULES[office]?.(all) ?? plainly(plain);
}

/** Other offices' numbers are told apart as they stand; shorter ones name no single application. [ours] */
const SHORTEST_NUMBER = 5;

function plainly(plain: string): Normal {
  const number = plainNumber(plain);
  return { number, complete: number.replace(/\D/g, '').length >= SHORTEST_NUMBER };
}

/** PCT applications are named by year, receiving office and number: `PCT/JP98/04545`, `WO1998JP04545`, `JP0107711`. */
const FIRST_PCT_YEAR = 1978;

/**
 * `WO1998JP004545` for any spelling. The office alone before the digits is one only where the file says that the
 * number is international: `office` is then `WO` or left away.
 */
function internationalApplication(plain: string, office?: string): Normal | undefined {
  if (office !== undefined && office !== 'WO' && !/^(?:PCT|WO)/.test(plain)) return undefined;
  const yearFirst = /^(?:WO)?(\d{4})([A-Z]{2})0*(\d{1,6})$/.exec(plain);
  if (yearFirst) return international(yearFirst[2], Number(yearFirst[1]), yearFirst[3]);
  const [, receiving, digits = ''] = /^(?:PCT)?([A-Z]{2})(\d{7,10})$/.exec(plain) ?? [];
  const yearDigits = digits.length > 8 ? 4 : 2;
  const year = fullYear(digits.slice(0, yearDigits), FIRST_PCT_YEAR);
  return international(receiving, year, digits.slice(yearDigits));
}

function international(
  receiving: string | undefined,
  year: number,
  serial: string | undefined,
): Normal | undefined {
  if (receiving === undefined || !serial || year < FIRST_PCT_YEAR) return undefined;
  return { office: 'WO', number: `${year}${receiving}${serial.padStart(6, '0')}`, complete: true };
}

/** First and last year in which the USPTO gave numbers of a series; 60 to 63 are provisional, 29 is for designs. */
const SERIES: Readonly<Record<string, readonly [number, number]>> = {
  '05': [1970, 1978],
  '06': [1979, 1986],
  '07': [1987, 1992],
  '08': [1993, 1997],
  '09': [1997, 2001],
  '10': [2001, 2004],
  '11': [2004, 2007],
  '12': [2007, 2010],
  '13': [2010, 2013],
  '14': [2013, 2016],
  '15': [2015, 2018],
  '16': [2018, 2020],
  '17': [2020, 2022],
  '18': [2022, 2025],
  '19': [2024, 2028],
  '29': [1992, 2099],
  '35': [2015, 2099],
  '60': [1995, 2007],
  '61': [2007, 2013],
  '62': [2012, 2020],
  '63': [2019, 2025],
};

/** Letters that the EPO's databases put behind the number of a provisional or design application. */
function typeOf(series: string): string {
  if (/^6/.test(series)) return 'P';
  return series === '29' || series === '35' ? 'F' : '';
}

/** `20070933870`, as the EPO's databases know a US application of a series. */
function withYear(number: string, year: number | undefined): string | undefined {
  const [, series = '', serial = ''] = /^(\d{2})(\d{6})$/.exec(number) ?? [];
  const [first, last] = SERIES[series] ?? [];
  // A national phase of a PCT application states the date of that, in which its series did not exist.
  if (year === undefined || first === undefined || last === undefined || year < first || year > last) {
    return undefined;
  }
  return `${year}0${serial}${typeOf(series)}`;
}

function unitedStates({ number, plain, kind, year, form }: Written): Normal | undefined {
  const [, digits = '', letter = ''] = /^(\d+)([A-Z]?)$/.exec(plain) ?? [];
  // A number that the EPO made from that of the publication, because it knows none.
  if (letter === 'X') return undefined;
  const type = /^[PF]$/.test(letter) ? letter : /^[PF]$/.test(kind) ? kind : '';
  const [, slashSeries, slashSerial] = /^(\d{2})\s*\/\s*([\d,. ]{1,9})$/.exec(number) ?? [];
  if (slashSeries !== undefined && slashSerial !== undefined) {
    return ofSeries(slashSeries + slashSerial.replace(/\D/g, '').padStart(6, '0'));
  }
  if (form === 'docdb' && /^\d{5,8}$/.test(digits)) {
    return ofYear(fullYear(digits.slice(-2), FIRST_PCT_YEAR), digits.slice(0, -2), type);
  }
  if (/^(?:19|20)\d{10}$/.test(digits)) return ofSeries(digits.slice(4));
  if (/^(?:19|20)\d{2}0\d{6}$/.test(digits)) {
    return ofYear(Number(digits.slice(0, 4)), digits.slice(5), type);
  }
  if (isNumberAndYear(digits, year)) return ofYear(year, digits.slice(0, -2), type);
  if (/^\d{7,8}$/.test(digits)) return ofSeries(digits.padStart(8, '0'));
  if (!/^\d{1,6}$/.test(digits)) return undefined;
  return year === undefined ? { number: digits, complete: false } : ofYear(year, digits, type);
}

/** The docdb form where nothing says so: `95479992` of 1992 ends with the year, and no series of that year begins it. */
function isNumberAndYear(digits: string, year: number | undefined): year is number {
  if (year === undefined || !/^\d{7,8}$/.test(digits)) return false;
  const [first, last] = SERIES[digits.padStart(8, '0').slice(0, 2)] ?? [Infinity, -Infinity];
  return digits.endsWith(String(year % 100).padStart(2, '0')) && (year < first || year > last);
}

const ofSeries = (number: string): Normal => ({ number, complete: number.slice(0, 2) in SERIES });

const ofYear = (year: number, serial: string, type: string): Normal => ({
  number: `${year}0${serial.padStart(6, '0')}${type}`,
  complete: true,
});

/** Two digits of the year and six of the number; the check digit is left away. */
function europe({ plain }: Written): Normal | undefined {
  const [, digits] = /^(?:19|20)(\d{2})0(\d{6})$/.exec(plain) ? ['', plain.slice(2, 4) + plain.slice(5)] : [];
  const number = digits ?? (/^\d{7}$/.test(plain) ? `0${plain}` : plain);
  return /^\d{8}$/.test(number) ? { number, complete: true } : undefined;
}

function japan({ number, year }: Written): Normal | undefined {
  const yearly = yearlyNumber(number, year, false);
  if (yearly !== undefined) return { number: `${yearly.year}${yearly.serial}`, complete: true };
  const behind = serialBeforeYear(number.replace(/\D/g, ''), year);
  if (behind !== undefined) return { number: behind, complete: true };
  return { number: plainNumber(number.replace(/[^0-9A-Z]/g, '')), complete: false };
}

/** Until 1999 the EPO wrote the western year behind the number, here too: `8000290` is 80002 of 1990. */
function serialBeforeYear(digits: string, year: number | undefined): string | undefined {
  if (year === undefined || year >= FIRST_WESTERN_YEAR || !/^\d{3,8}$/.test(digits)) return undefined;
  if (!digits.endsWith(String(year % 100).padStart(2, '0'))) return undefined;
  return `${year}${digits.slice(0, -2).padStart(6, '0')}`;
}

/** `10-2016-0063019`; databases leave the 10 away, or fill the number up to nine digits. */
function korea({ plain, kind }: Written): Normal | undefined {
  const [, type = /^[UY]/.test(kind) ? '20' : '10', year, serial] =
    /^([123]0)?((?:19|20)\d{2})(?:00)?(\d{7})$/.exec(plain) ?? [];
  if (year === undefined || serial === undefined) return undefined;
  return { number: type + year + serial, complete: true };
}

/** `201410408762.5`: year, type, number and a check digit; also `102014000408762` with two digits of type before. */
function china({ plain }: Written): Normal | undefined {
  const [, type, standardYear, standard] = /^([1-9]0)((?:19|20)\d{2})00(\d{7})$/.exec(plain) ?? [];
  if (type !== undefined && standardYear !== undefined && standard !== undefined) {
    return { number: standardYear + type.charAt(0) + standard, complete: true };
  }
  const [, number] = /^((?:19|20)\d{2}\d{8})[\dX]?$/.exec(plain) ?? [];
  if (number !== undefined) return { number, complete: true };
  const [, year, kept, serial] = /^((?:19|20)\d{2})(\d)(\d{6})$/.exec(plain) ?? [];
  if (year === undefined || kept === undefined || serial === undefined) return undefined;
  return { number: `${year}${kept}0${serial}`, complete: true };
}

/** Two digits of the year and five of the number, of which a leading zero may be lost: Britain, France, Sweden. */
function twoDigitYear({ plain }: Written): Normal | undefined {
  // Databases fill both: `20180010777`, `201810777`.
  const full = /^(?:19|20)(\d{2})(?:00)?(\d{5})$/.exec(plain);
  const number = full ? `${full[1] ?? ''}${full[2] ?? ''}` : plain.padStart(7, '0');
  return /^\d{7}$/.test(number) && plain.length > 5 ? { number, complete: true } : undefined;
}
