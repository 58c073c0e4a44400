/** Dates as front pages print them, in English, German and French, and as recognition leaves them. */
import type { IsoDate } from '../bibliography.ts';

const MONTHS: readonly RegExp[] = [
  /^ja[nu]/,
  /^f[eé]/,
  /^m(?:ar|är|aer|rz)/,
  /^a[pv]r/,
  /^ma[iy]/,
  /^ju?in|^jun/,
  /^jui?l/,
  /^a(?:ug|o[uû]t)/,
  /^sep/,
  /^o[ck]t/,
  /^nov/,
  /^d[eé][cz]/,
];
const NAME = String.raw`(?<name>[A-Za-zäéû]{3,9})`;
const YEAR = String.raw`(?<year>1[6-9]\d\d|20\d\d)`;
const DAY = String.raw`(?<day>\d{1,2})`;
/** Recognition leaves stray marks between the parts. */
const STRAY = String.raw`[\s.,'’‘~_-]{0,4}`;
const PATTERNS: readonly RegExp[] = [
  new RegExp(String.raw`(?<!\p{L})${NAME}\.?${STRAY}${DAY}(?!\d)${STRAY}${YEAR}(?!\d)`, 'u'),
  new RegExp(
    String.raw`(?<!\d)${DAY}(?:st|nd|rd|th|er|\.)?\s{0,2}(?:day of\s)?${NAME}\.?,?\s{0,2}(?:A\. ?D\. ?)?${YEAR}(?!\d)`,
    'u',
  ),
  /(?<!\d)(?<year>1[6-9]\d\d|20\d\d)[-/.](?<month>\d{2})[-/.](?<day>\d{2})(?!\d)/u,
  /(?<!\d)(?<day>\d{1,2})\.\s?(?<month>\d{1,2})\.\s?(?<year>1[6-9]\d\d|20\d\d)(?!\d)/u,
];
/** `6/1992`, as cited documents are dated. */
const MONTH_AND_YEAR = /(?<![\d/])(\d{1,2})\/(1[6-9]\d\d|20\d\d)(?!\d)/;

/** The first date in `text`. */
export function findDate(text: string): IsoDate | undefined {
  let first: { readonly at: number; readonly date: IsoDate } | undefined;
  for (const pattern of PATTERNS) {
    const match = pattern.exec(text);
    const date = match === null ? undefined : isoDate(match.groups ?? {});
    if (match !== null && date !== undefined && (first === undefined || match.index < first.at))
      first = { at: match.index, date };
  }
  return first?.date;
}

export function findMonth(text: string): IsoDate | undefined {
  const [, month = '', year = ''] = MONTH_AND_YEAR.exec(text) ?? [];
  return Number(month) >= 1 && Number(month) <= 12 ? `${year}-${month.padStart(2, '0')}` : undefined;
}

function isoDate(groups: Readonly<Record<string, string | undefined>>): IsoDate | undefined {
  const { year, name, day = '' } = groups;
  const spelled = name?.toLowerCase();
  const named = spelled === undefined ? -1 : MONTHS.findIndex((pattern) => pattern.test(spelled));
  const month = groups.month === undefined ? named + 1 : Number(groups.month);
  if (year === undefined || month < 1 || month > 12 || Number(day) < 1 || Number(day) > 31) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
}
