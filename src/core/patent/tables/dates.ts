/**
 * Dates as tables write them. A date that can be read in two ways is never guessed: `05/06/2018` is 5 June or 6 May,
 * and only its year is certain.
 */
import type { IsoDate } from '../bibliography.ts';

export type TableDate =
  | { readonly kind: 'date'; readonly date: IsoDate }
  /** Day and month may be exchanged; `date` is what is certain. */
  | { readonly kind: 'ambiguous'; readonly date: IsoDate };

const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'janv', 'january', 'januar', 'janvier'],
  ['feb', 'fév', 'févr', 'february', 'februar', 'février'],
  ['mar', 'mär', 'mrz', 'mars', 'march', 'märz'],
  ['apr', 'avr', 'april', 'avril'],
  ['may', 'mai'],
  ['jun', 'juin', 'june', 'juni'],
  ['jul', 'juil', 'july', 'juli', 'juillet'],
  ['aug', 'août', 'august', 'aout'],
  ['sep', 'sept', 'september', 'septembre'],
  ['oct', 'okt', 'october', 'oktober', 'octobre'],
  ['nov', 'november', 'novembre'],
  ['dec', 'dez', 'déc', 'december', 'dezember', 'décembre'],
];

/** `2018-05-15`, also with a time behind it, which is no part of the date. */
const YEAR_FIRST = /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?(?:[T ]\d{1,2}:\d{2}.*)?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const YEAR_LAST = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?: \d{1,2}:\d{2}.*)?$/;
const MONTH_DAY_YEAR = /^(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/u;
const DAY_MONTH_YEAR = /^(\d{1,2})\.?[\s-]+(\p{L}+)\.?,?[\s-]+(\d{4})$/u;
const MONTH_YEAR = /^(\p{L}+)\.?,?\s+(\d{4})$/u;
const YEAR = /^(1[6-9]|20)\d{2}$/;
/** Days since the start of 1900, as spreadsheets count them. */
const SERIAL = /^\d{5}(?:\.0+)?$/;

/** Undefined for a text that is no date. */
export function parseTableDate(text: string): TableDate | undefined {
  const plain = text.trim();
  const yearFirst = YEAR_FIRST.exec(plain) ?? COMPACT.exec(plain);
  if (yearFirst) return certain(yearFirst[1], yearFirst[2], yearFirst[3]);
  const yearLast = YEAR_LAST.exec(plain);
  if (yearLast) return dayAndMonth(yearLast[1], yearLast[3], yearLast[4], yearLast[2] === '.');
  const monthFirst = MONTH_DAY_YEAR.exec(plain);
  if (monthFirst) return certain(monthFirst[3], monthNumber(monthFirst[1]), monthFirst[2]);
  const dayFirst = DAY_MONTH_YEAR.exec(plain);
  if (dayFirst) return certain(dayFirst[3], monthNumber(dayFirst[2]), dayFirst[1]);
  const monthOnly = MONTH_YEAR.exec(plain);
  if (monthOnly) return certain(monthOnly[2], monthNumber(monthOnly[1]), undefined);
  if (YEAR.test(plain)) return { kind: 'date', date: plain };
  return SERIAL.test(plain) ? fromSerial(Number(plain)) : undefined;
}

/** Points stand only in dates that begin with the day; slashes and hyphens in both. */
function dayAndMonth(
  first: string | undefined,
  second: string | undefined,
  year: string | undefined,
  dayFirst: boolean,
): TableDate | undefined {
  const [a, b] = [Number(first), Number(second)];
  if (dayFirst || a > 12) return certain(year, second, first);
  if (b > 12 || a === b) return certain(year, first, second);
  const possible = certain(year, first, second);
  return possible && year !== undefined ? { kind: 'ambiguous', date: year } : undefined;
}

function monthNumber(name: string | undefined): string | undefined {
  const plain = (name ?? '').toLowerCase();
  const index = MONTHS.findIndex((names) => names.includes(plain));
  return index < 0 ? '0' : String(index + 1);
}

/** Undefined for a day that no calendar has. */
function certain(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): TableDate | undefined {
  if (year === undefined || month === undefined) return undefined;
  const [y, m, d] = [Number(year), Number(month), Number(day ?? 1)];
  const time = new Date(Date.UTC(y, m - 1, d));
  if (y < 1600 || time.getUTCFullYear() !== y || time.getUTCMonth() !== m - 1 || time.getUTCDate() !== d)
    return undefined;
  const date = time.toISOString().slice(0, day === undefined ? 7 : 10);
  return { kind: 'date', date };
}

/** Of the years 1927 to 2119, which leaves no five-digit number that means anything else. */
function fromSerial(days: number): TableDate | undefined {
  if (days < 10_000 || days > 80_000) return undefined;
  return { kind: 'date', date: new Date(Date.UTC(1899, 11, 30 + days)).toISOString().slice(0, 10) };
}
