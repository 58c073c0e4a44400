/**
 * Dates as offices write them, in one spelling. A day or month that is not known is left away: US citations give the
 * month alone (`20030400`), and a date that does not exist is none.
 */
import type { IsoDate } from './bibliography.ts';

const WRITTEN = /^(\d{4})(?:[-./]?(\d{2})(?:[-./]?(\d{2}))?)?(?:T.*|Z|[+-]\d{2}:\d{2})?$/;

/** `20180515`, `2018-05-15`, `2018.05.15`, `20180500` (`2018-05`), `2018`; undefined for anything else. */
export function isoDate(text: string): IsoDate | undefined {
  const [, year, month, day] = WRITTEN.exec(text.trim()) ?? [];
  if (year === undefined || Number(year) < FIRST_YEAR) return undefined;
  if (month === undefined || month === '00') return day === undefined || day === '00' ? year : undefined;
  const days = DAYS[Number(month) - 1];
  if (days === undefined) return undefined;
  if (day === undefined || day === '00') return `${year}-${month}`;
  const last = month === '02' && !isLeapYear(Number(year)) ? days - 1 : days;
  return Number(day) <= last ? `${year}-${month}-${day}` : undefined;
}

/** Whether a field only fills the place of a date: `00000000`. */
export const isDatePlaceholder = (text: string): boolean => /^[0\s./-]*$/.test(text);

/** The year of an ISO date. */
export const yearOf = (date: IsoDate | undefined): number | undefined =>
  date === undefined ? undefined : Number(date.slice(0, 4));

/** The first patent statute is of 1474; anything before is no date of a patent. */
const FIRST_YEAR = 1474;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
