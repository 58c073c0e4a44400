/**
 * The fields of a front page by their INID codes (WIPO ST.9): `(22) Filed: Jan. 17, 2022`. Codes count with brackets
 * anywhere at the start of a line or behind blanks; recognised ones, which lose them, only at the start of a line and
 * where others have kept theirs.
 */

export interface InidField {
  readonly code: string;
  /** Lines of the field without the code; the first may begin with a label. */
  readonly lines: readonly string[];
}

const CODES = new Set(
  '10 11 12 13 15 19 20 21 22 23 24 25 26 30 31 32 33 34 40 41 42 43 44 45 46 47 48 50 51 52 54 56 57 58 60 61 62 63 64 65 66 67 68 70 71 72 73 74 75 76 79 80 81 83 84 85 86 87 88'.split(
    ' ',
  ),
);
const BRACKETED = /(?:^|\s)[([](\d{2})[)\]]/g;
const HALF = /^\s*[([]?(\d{2})[)\]]?\s+(?=["'“]?\p{L})/u;
/** So many codes in brackets make it a front page. */
const FEWEST = 2;

export function inidFields(lines: readonly string[]): readonly InidField[] {
  const coded = lines.filter((line) => /(?:^|\s)[([]?\d{2}[)\]]\s/.test(line.slice(0, LONGEST_LINE))).length;
  const fields: { code: string; lines: string[] }[] = [];
  for (const whole of lines) {
    const line = whole.slice(0, LONGEST_LINE);
    const starts = [...line.matchAll(BRACKETED)]
      .map(({ index, 0: text, 1: code = '' }) => ({ at: index, end: index + text.length, code }))
      .filter(({ code }) => CODES.has(code));
    const half = starts.length === 0 && coded >= FEWEST ? HALF.exec(line) : null;
    if (half?.[1] !== undefined && CODES.has(half[1])) {
      starts.push({ at: 0, end: half[0].length, code: half[1] });
    }
    const named = starts.length === 0 ? labelled(line) : undefined;
    if (named !== undefined) {
      fields.push({ code: named, lines: [line.replace(DECORATION, '')] });
      continue;
    }
    const before = line.slice(0, starts[0]?.at ?? line.length);
    if (before.trim() !== '') fields.at(-1)?.lines.push(before);
    for (const [index, { end, code }] of starts.entries()) {
      fields.push({ code, lines: [line.slice(end, starts[index + 1]?.at ?? line.length)] });
    }
  }
  return fields;
}

const LONGEST_LINE = 20_000;

/** Fields that are often written with their names alone, as in notes and Markdown: `- **Inventor:** Jane Doe`. */
const LABELS: readonly (readonly [RegExp, string])[] = [
  [/^inventors?(?:\(s\))?$/i, '72'],
  [/^applicants?(?:\(s\))?$/i, '71'],
  [/^(?:assignees?|proprietors?|patentees?|owner)(?:\(s\))?$/i, '73'],
  [/^(?:filed|filing date|date of filing)$/i, '22'],
  [/^appl(?:ication|\.)? ?(?:no\.?|number)$/i, '21'],
  [/^(?:publication date|pub\. date|date of (?:patent|publication)|granted|issued)$/i, '45'],
  [/^priority(?: data)?$/i, '30'],
];
/** Marks of a list or a table before the name. */
const DECORATION = /^[\s*+|>#-]+/;

function labelled(line: string): string | undefined {
  const label = /^[\s*+|>#-]{0,8}([\p{L}][\p{L}. ()]{3,24}?)\s*:/u.exec(line)?.[1];
  return label === undefined ? undefined : LABELS.find(([pattern]) => pattern.test(label))?.[1];
}

const LABEL = /^\s*[\p{L}][\p{L}.,&/()' -]{0,50}?(?:\([sS]\))?\s*:\s*/u;

/** The lines of all fields with one of these codes, the label taken off. */
export function linesOf(fields: readonly InidField[], ...codes: readonly string[]): string[] {
  return fields
    .filter(({ code }) => codes.includes(code))
    .flatMap(({ lines }) => lines.map((line, index) => (index === 0 ? line.replace(LABEL, '') : line)));
}

export const valueOf = (fields: readonly InidField[], ...codes: readonly string[]): string | undefined => {
  const value = linesOf(fields, ...codes)
    .map((line) => line.trim())
    .join(' ')
    .trim();
  return value === '' ? undefined : value;
};
