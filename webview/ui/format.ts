/** Numbers and dates as text. Percentages and signed numbers have fixed forms so that columns of them line up. */

/** U+2212: as wide as a plus sign, unlike the hyphen. */
export const MINUS = '−';
/** U+202F: keeps a number and its unit on one line. */
const NARROW_SPACE = '\u202f';

function locale(): string {
  return (typeof document === 'undefined' ? '' : document.documentElement.lang) || 'en';
}

export function integer(value: number): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: 0 }).format(value);
}

/** Whole percent; never `0 %` or `100 %` for a probability that is neither. */
export function percent(probability: number): string {
  if (Number.isNaN(probability)) return '–';
  if (probability > 0 && probability < 0.01) return `<1${NARROW_SPACE}%`;
  if (probability < 1 && probability > 0.99) return `>99${NARROW_SPACE}%`;
  return `${Math.round(probability * 100)}${NARROW_SPACE}%`;
}

/** `1.32`, `−0.40`; a value that rounds to zero has no sign. */
export function decimal(value: number, digits = 2): string {
  const text = new Intl.NumberFormat(locale(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
    signDisplay: 'negative',
  }).format(value);
  return text.replace('-', MINUS);
}

/** `+1.32`, `−0.40`, `0.00`. */
export function signed(value: number, digits = 2): string {
  const text = decimal(value, digits);
  return text.startsWith(MINUS) || isZero(value, digits) ? text : `+${text}`;
}

export function isZero(value: number, digits = 2): boolean {
  return Math.round(Math.abs(value) * 10 ** digits) === 0;
}

/** The day, in the reader's language; the input as it stands where it is no date. */
export function day(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(date);
}

/** Day and time, for tooltips. */
export function moment(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeStyle: 'short' }).format(date);
}

/**
 * Rounds numbers so that the rounded ones add up to the rounded sum: each is rounded down, and the units that are
 * left go to the largest remainders. Every number stays within one unit of its value.
 */
export function roundToSum(values: readonly number[], digits = 2): { values: number[]; sum: number } {
  const unit = 10 ** digits;
  const scaled = values.map((value) => value * unit);
  const units = scaled.map((value) => Math.floor(value + 1e-9));
  const sum = Math.round(scaled.reduce((total, value) => total + value, 0));
  let left = sum - units.reduce((total, value) => total + value, 0);
  const byRemainder = scaled
    .map((value, index) => ({ index, remainder: value - Math.floor(value + 1e-9) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder) {
    if (left <= 0) break;
    units[index] = (units[index] ?? 0) + 1;
    left -= 1;
  }
  // Adding zero turns a negative zero into a plain one.
  return { values: units.map((value) => value / unit + 0), sum: sum / unit + 0 };
}
