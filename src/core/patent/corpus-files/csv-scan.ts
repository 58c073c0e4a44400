/**
 * Scans CSV (RFC 4180) while keeping where every field stands. Fields in quotes may hold delimiters, line breaks and
 * doubled quotes.
 */
import { CleanTextBuilder } from '../../text/clean-text.ts';
import type { MappedText } from '../../text/offset-map.ts';
import { MappedTextBuilder } from '../../text/offset-map.ts';

export interface CsvField {
  /** Content in the scanned text, without the quotes around it. */
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

export interface CsvProblem {
  readonly kind: 'unclosed-quote' | 'text-behind-quote';
  readonly at: number;
}

export interface CsvRecord {
  readonly fields: readonly CsvField[];
  /** Offset of the line break that ends the record, or of the end of the text. */
  readonly end: number;
  /** False when the text ends before the record does. */
  readonly complete: boolean;
  readonly problem?: CsvProblem;
}

export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** The delimiter that stands most often in the first record, outside quotes. */
export function sniffDelimiter(text: string): Delimiter {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) break;
    else if (!quoted) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return DELIMITERS.reduce((best, next) => ((counts.get(next) ?? 0) > (counts.get(best) ?? 0) ? next : best));
}

const ENDS: Readonly<Record<Delimiter, RegExp>> = { ',': /[,\r\n]/g, ';': /[;\r\n]/g, '\t': /[\t\r\n]/g };

export function scanRecord(text: string, from: number, delimiter: Delimiter): CsvRecord {
  const fields: CsvField[] = [];
  const ends = ENDS[delimiter];
  let problem: CsvProblem | undefined;
  let at = from;
  for (;;) {
    const quoted = text[at] === '"';
    let start = at;
    let end: number | undefined;
    if (quoted) {
      start = at + 1;
      end = closingQuote(text, start);
      if (end < 0) {
        fields.push({ start, end: text.length, quoted });
        return { fields, end: text.length, complete: false, problem: { kind: 'unclosed-quote', at } };
      }
      at = end + 1;
    }
    ends.lastIndex = at;
    const border = ends.exec(text)?.index ?? text.length;
    if (quoted && border > at) problem ??= { kind: 'text-behind-quote', at };
    fields.push({ start, end: end ?? border, quoted });
    if (text[border] !== delimiter) return { fields, end: border, complete: border < text.length, problem };
    at = border + 1;
  }
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

/** Where a field's characters stand: stretches without a doubled quote, each with its last quote where it has one. */
function* stretches(text: string, field: CsvField): Generator<readonly [from: number, to: number]> {
  let at = field.start;
  if (field.quoted) {
    for (let next = text.indexOf('""', at); next >= 0 && next < field.end; next = text.indexOf('""', at)) {
      // The first of two quotes is text, the second only doubles it.
      yield [at, next + 1];
      at = next + 2;
    }
  }
  yield [at, field.end];
}

/** Adds a field's text, cleaned and traced; `offset` is where `text` starts in the file. */
export function addFieldText(out: CleanTextBuilder, text: string, field: CsvField, offset: number): void {
  for (const [from, to] of stretches(text, field)) out.verbatim(text.slice(from, to), offset + from);
}

/** A field's text, cleaned and traced; `offset` is where `text` starts in the file. */
export function fieldText(text: string, field: CsvField, offset: number): MappedText {
  const out = new CleanTextBuilder('kept');
  addFieldText(out, text, field, offset);
  return out.build();
}

/** A field's text exactly as meant, traced; `offset` is where `text` starts in the file. */
export function tracedValue(text: string, field: CsvField, offset: number): MappedText {
  const out = new MappedTextBuilder();
  for (const [from, to] of stretches(text, field)) out.verbatim(text.slice(from, to), offset + from);
  return out.build();
}

/** A field's text exactly as meant. */
export function fieldValue(text: string, field: CsvField): string {
  const content = text.slice(field.start, field.end);
  return field.quoted ? content.replaceAll('""', '"') : content;
}
