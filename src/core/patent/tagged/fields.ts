/**
 * The tagged lines of a USPTO Green Book document (1976 to 2001). A tag stands in the first columns of a line and its
 * value from the sixth on; indented lines continue the value. A tag of four letters without a value opens a group
 * (`INVT`, `BSUM`), and the fields up to the next one belong to it.
 */
import type { Span } from '../../text/span.ts';
import { lineRanges } from '../prose/lines.ts';

export interface TaggedField {
  readonly tag: string;
  /** Where the tag stands in the document's text. */
  readonly at: number;
  /** The value line by line in the document's text, without the tag; empty lines are left out. */
  readonly lines: readonly Span[];
}

export interface TaggedGroup {
  readonly tag: string;
  readonly at: number;
  readonly fields: readonly TaggedField[];
}

/** Groups of the format; anything else is a field, or unknown. */
const GROUPS = new Set(
  'PATN INVT ASSG PRIR REIS RLAP PCTA CLAS UREF FREF OREF LREP ABST PARN GOVT BSUM DRWD DETD CLMS DCLM'.split(
    ' ',
  ),
);

/** A line with a tag: three letters and two blanks, four and one, or nothing behind the tag. */
const TAGGED = /^([A-Z][A-Z0-9]{2}(?= {2}|\s*$)|[A-Z][A-Z0-9]{3}(?=\s|$))[ \t]*/;

/** The groups of a document in order; what stands before the first is in a group without a name. */
export function taggedGroups(text: string): readonly TaggedGroup[] {
  const groups: { tag: string; at: number; fields: TaggedField[] }[] = [];
  let lines: Span[] = [];
  for (const { start, end } of lineRanges(text)) {
    const line = text.slice(start, Math.min(end, start + LONGEST_TAG));
    const match = TAGGED.exec(line);
    const tag = match?.[1];
    if (tag === undefined) {
      // A line that is neither tagged nor indented is taken for a damaged continuation.
      if (end > start) lines.push({ start, end });
      continue;
    }
    const value = { start: start + (match?.[0].length ?? 0), end };
    lines = value.start < end ? [value] : [];
    if (GROUPS.has(tag) && lines.length === 0) {
      groups.push({ tag, at: start, fields: [] });
      continue;
    }
    if (groups.length === 0) groups.push({ tag: '', at: start, fields: [] });
    groups.at(-1)?.fields.push({ tag, at: start, lines });
  }
  return groups;
}

/** More of a line than this is not looked at for its tag. */
const LONGEST_TAG = 8;

/** The value of a field as one line of plain text. */
export function valueOf(field: TaggedField | undefined, text: string): string | undefined {
  if (field === undefined) return undefined;
  const value = field.lines.map(({ start, end }) => text.slice(start, end).trim()).join(' ');
  return value.trim() === '' ? undefined : value.trim();
}

export function fieldOf(group: TaggedGroup | undefined, tag: string): TaggedField | undefined {
  return group?.fields.find((field) => field.tag === tag);
}
