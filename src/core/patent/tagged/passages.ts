/** The texts of a Green Book document as passages: paragraphs, headings, tables, claims. */
import { CleanTextBuilder } from '../../text/clean-text.ts';
import type { ClaimText } from '../claims.ts';
import { assembleClaims } from '../claims.ts';
import type { GapCollector } from '../gaps.ts';
import type { Claim, Paragraph, Passage } from '../model.ts';
import { numberedClaims } from '../numbered-claims.ts';
import { PARAGRAPH_NUMBER, toPassage } from '../passages.ts';
import type { DocumentText } from '../reader.ts';
import { appendDecoded } from './dot-codes.ts';
import type { TaggedField, TaggedGroup } from './fields.ts';
import { valueOf } from './fields.ts';

export interface TaggedSource {
  readonly document: DocumentText;
  readonly gaps: GapCollector;
}

/** Paragraphs by their indentation, headings, tables, equations; `FNT` is a footnote. */
const TEXT_FIELD = /^(?:PA[RCL0-9]|TBL\d?|EQU\d?|FNT|PAX|TTL)$/;
const TABLE = /^TBL\d?$/;

/** What a picture in the text stands for. */
const PICTURES: readonly (readonly [RegExp, string])[] = [
  [/^STR/, 'chemical structure'],
  [/^(?:EQU|MATH)/, 'formula'],
  [/^TBL/, 'table'],
];
const PICTURE = /##([A-Z]{3,4}\d{1,4})##/g;
/** Rules that stand between the rows of a table. */
const RULE = /^[\s_=-]*$/;
const CELL_BORDER = / {2,}|\t+/;

export const isTextField = ({ tag }: TaggedField): boolean => TEXT_FIELD.test(tag);

/** Some fields as one passage, each on lines of its own. */
export function readFields(fields: readonly TaggedField[], source: TaggedSource): Passage | undefined {
  const out = new CleanTextBuilder('layout');
  for (const field of fields) appendField(field, source, out);
  return toPassage(out.build());
}

export function readParagraphs(group: TaggedGroup, source: TaggedSource): Paragraph[] {
  return group.fields.filter(isTextField).flatMap((field) => {
    const number = printedNumber(field, source.document.text);
    const passage = readFields([number === undefined ? field : number.field], source);
    if (passage === undefined) return [];
    return [
      {
        ...passage,
        ...(number === undefined ? {} : { number: number.digits }),
        ...(field.tag === 'PAC' ? { heading: true as const } : {}),
      },
    ];
  });
}

/** `[0042]` at the start of a paragraph, and the field without it. */
function printedNumber(
  field: TaggedField,
  text: string,
): { readonly digits: string; readonly field: TaggedField } | undefined {
  const [first, ...rest] = field.lines;
  const printed = first && PARAGRAPH_NUMBER.exec(text.slice(first.start, first.end))?.[0];
  const digits = printed && /\d+/.exec(printed)?.[0];
  if (first === undefined || printed === undefined || digits === undefined) return undefined;
  return {
    digits,
    field: { ...field, lines: [{ start: first.start + printed.length, end: first.end }, ...rest] },
  };
}

function appendField(field: TaggedField, source: TaggedSource, out: CleanTextBuilder): void {
  const { text, start } = source.document;
  const table = TABLE.test(field.tag);
  out.break();
  for (const line of field.lines) {
    const written = text.slice(line.start, line.end);
    const at = start.offset + line.start;
    if (table) {
      out.break();
      if (!RULE.test(written)) appendRow(written, at, source, out);
    } else {
      out.blank();
      appendText(written, at, source, out);
    }
  }
  out.break();
}

/** Cells of a row stand apart by two blanks or more. */
function appendRow(row: string, at: number, source: TaggedSource, out: CleanTextBuilder): void {
  const search = new RegExp(CELL_BORDER, 'g');
  let from = row.length - row.trimStart().length;
  search.lastIndex = from;
  for (let border = search.exec(row); border; border = search.exec(row)) {
    appendText(row.slice(from, border.index), at + from, source, out);
    from = border.index + border[0].length;
    if (from < row.length) out.cell();
  }
  appendText(row.slice(from), at + from, source, out);
}

/** Pictures are stated as gaps; the text around them stands on lines of its own. */
function appendText(text: string, at: number, source: TaggedSource, out: CleanTextBuilder): void {
  let from = 0;
  for (const match of text.matchAll(PICTURE)) {
    const [mark, name = ''] = match;
    appendDecoded(text.slice(from, match.index), at + from, out);
    from = match.index + mark.length;
    const what = PICTURES.find(([pattern]) => pattern.test(name))?.[1] ?? 'picture';
    source.gaps.image(what, { start: at + match.index, end: at + from });
    out.break();
  }
  appendDecoded(text.slice(from), at + from, out);
}

/** The claims of `CLMS`, each behind its `NUM`; a design's only claim (`DCLM`) has no number. */
export function readClaims(groups: readonly TaggedGroup[], source: TaggedSource): Claim[] {
  const texts = groups.flatMap((group) => claimTexts(group, source));
  return assembleClaims(texts, source.gaps);
}

function claimTexts(group: TaggedGroup, source: TaggedSource): ClaimText[] {
  const parts: { number: number | undefined; fields: TaggedField[] }[] = [{ number: undefined, fields: [] }];
  for (const field of group.fields) {
    if (field.tag === 'NUM') {
      const number = Number(/\d{1,5}/.exec(valueOf(field, source.document.text) ?? '')?.[0]);
      parts.push({ number, fields: [] });
    } else if (isTextField(field)) {
      parts.at(-1)?.fields.push(field);
    }
  }
  const claims: ClaimText[] = [];
  for (const { number, fields } of parts) {
    const out = new CleanTextBuilder('layout');
    for (const field of fields) appendField(field, source, out);
    const text = out.build();
    if (text.text === '') continue;
    const last = claims.at(-1)?.number ?? 0;
    if (number === undefined) {
      for (const claim of numberedClaims(text, source.gaps)) claims.push(claim);
    } else if (number > last) {
      claims.push({ number, text });
    } else {
      source.gaps.state(
        `A claim behind claim ${last} has no number that follows it; it was counted as claim ${last + 1}.`,
        text.map.toSource({ start: 0, end: text.text.length }),
      );
      claims.push({ number: last + 1, text });
    }
  }
  return claims;
}
