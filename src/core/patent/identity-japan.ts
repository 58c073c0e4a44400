/**
 * Numbers of the Japan Patent Office, which count anew each year: by the era until 1999 (`H10-123456`, Heisei 10 = 1998),
 * by the western year since 2000 (`2001-123456`). The era is often left away, and dates then tell which it is.
 */
import { LAST_YEAR } from './publication-number.ts';

export interface YearlyNumber {
  readonly era?: Era;
  /** Western. */
  readonly year: number;
  readonly serial: string;
}

type Era = keyof typeof ERAS;
/** The year before the first of each era. */
const ERAS = { M: 1867, T: 1911, S: 1925, H: 1988, R: 2018 } as const;
const LAST_OF_ERA = { M: 45, T: 15, S: 64, H: 31, R: 99 } as const;
const FROM_ERA_SIGN: Readonly<Record<string, string>> = { 明: 'M', 大: 'T', 昭: 'S', 平: 'H', 令: 'R' };
/** Words before and behind a number: patent, laid-open, application, utility model, number, gazette. */
const WORDS = /特許公報|公開|公報|特開|特願|特公|特表|特許|実開|実公|実願|再表|第|号|PATENT/g;
/** From this era year on, numbers without an era are of Showa: Heisei ended with its 31st. */
const FIRST_CERTAIN_SHOWA = 32;
const SERIAL_DIGITS = 6;

/**
 * A number with its year; undefined for a patent number, which has none, and where the era cannot be told. `year` is
 * that of the publication or filing, `laidOpen` says that the number is one of a year, so that blanks and hyphens are not
 * needed to divide it.
 */
export function yearlyNumber(number: string, year?: number, laidOpen = false): YearlyNumber | undefined {
  const written = number
    .replace(WORDS, ' ')
    .replace(/[明大昭平令]和?成?治?正?/g, (sign) => FROM_ERA_SIGN[sign.charAt(0)] ?? sign)
    .replace(/[‐‑–—－ー]/g, '-')
    .replace(/^[\s-]*P(?=[\s\d-])/, '')
    .trim();
  const plain = written.replace(/[^0-9A-Z]/g, '');
  const western =
    /^((?:19|20)\d\d)[\s/-]+(\d{1,6})$/.exec(written) ??
    /^((?:19|20)\d\d)0?(\d{6})$/.exec(plain) ??
    /^(20\d\d)(\d{5})$/.exec(plain);
  if (western) return of(undefined, Number(western[1]), western[2]);
  const named = /^([MTSHR])[\s.-]*0*(\d{1,2})[\s/-]+(\d{1,6})$/.exec(written) ?? dividedEra(plain);
  if (named) return ofEra(named[1], Number(named[2]), named[3]);
  const short =
    /^0*(\d{1,2})[/-](\d{1,6})$/.exec(written) ?? (laidOpen ? /^(\d{1,2})(\d{6})$/.exec(plain) : null);
  if (short === null) return undefined;
  return ofEra(guessedEra(Number(short[1]), year), Number(short[1]), short[2]);
}

/** Without a hyphen the year has two digits, unless the era never reached such a year. */
function dividedEra(plain: string): readonly (string | undefined)[] | undefined {
  const [, era, digits] = /^([MTSHR])(\d{4,8})$/.exec(plain) ?? [];
  if (era === undefined || digits === undefined) return undefined;
  const two = isYearOf(era, Number(digits.slice(0, 2))) && digits.length > 2;
  return two
    ? ['', era, digits.slice(0, 2), digits.slice(2)]
    : ['', era, digits.slice(0, 1), digits.slice(1)];
}

const isEra = (letter: string | undefined): letter is Era => letter !== undefined && letter in ERAS;
const isYearOf = (era: string, year: number): boolean => isEra(era) && year >= 1 && year <= LAST_OF_ERA[era];

/** With a date, the era of it or of the year beside it; without, the latest that had such a year. */
function guessedEra(eraYear: number, year: number | undefined): Era | undefined {
  if (year === undefined) return eraYear < FIRST_CERTAIN_SHOWA ? 'H' : 'S';
  const eras = ['H', 'S', 'R', 'T'] as const;
  return eras.find((era) => isYearOf(era, eraYear) && Math.abs(ERAS[era] + eraYear - year) <= 1);
}

function ofEra(
  era: string | undefined,
  eraYear: number,
  serial: string | undefined,
): YearlyNumber | undefined {
  return isEra(era) && isYearOf(era, eraYear) ? of(era, ERAS[era] + eraYear, serial) : undefined;
}

function of(era: Era | undefined, year: number, serial: string | undefined): YearlyNumber | undefined {
  if (serial === undefined || year > LAST_YEAR || Number(serial) === 0) return undefined;
  const digits = String(Number(serial)).padStart(SERIAL_DIGITS, '0');
  return digits.length > SERIAL_DIGITS ? undefined : { year, serial: digits, ...(era ? { era } : {}) };
}

/** Since then numbers have the western year. */
export const FIRST_WESTERN_YEAR = 2000;

/** `H10123456`, `S51077719`, `2001123456`: two digits for the year of the era, six for the number. */
export function eraSpelling({ era, year, serial }: YearlyNumber): string {
  if (year >= FIRST_WESTERN_YEAR) return `${year}${serial}`;
  // The last days of Showa 64 fall into the year that became Heisei 1, and both counted.
  const letter = era ?? (year > ERAS.H ? 'H' : 'S');
  return `${letter}${String(year - ERAS[letter]).padStart(2, '0')}${serial}`;
}
