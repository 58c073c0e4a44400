/**
 * Finds where the values of a JSON text stand, so that a finding in a record can be shown in its line. The text must
 * be valid JSON already: `JSON.parse` is many times faster than a parser that keeps positions, and this only has to
 * walk over what it has accepted.
 */
import { CleanTextBuilder } from '../../text/clean-text.ts';
import type { MappedText } from '../../text/offset-map.ts';
import type { Span } from '../../text/span.ts';

const SPACE = /\s*/y;
const BLANK = 0x20;
const PRIMITIVE = /[^\s,\]}]+/y;
const STRUCTURE = /["{}[\]]/g;
const ESCAPE = /\\(?:u[0-9a-fA-F]{4}|.)/g;

/** Spans of the values of the object at `at`, by key; the last of equal keys wins, as in `JSON.parse`. */
export function objectFields(text: string, at: number): Map<string, Span> {
  const fields = new Map<string, Span>();
  let next = skipSpace(text, at + 1);
  while (text[next] === '"') {
    const keyEnd = stringEnd(text, next);
    const literal = text.slice(next, keyEnd);
    const key: unknown = literal.includes('\\') ? JSON.parse(literal) : literal.slice(1, -1);
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = valueEnd(text, start);
    fields.set(String(key), { start, end });
    next = skipSpace(text, skipSpace(text, end) + 1);
  }
  return fields;
}

/** Spans of the elements of the array at `at`. */
export function arrayElements(text: string, at: number): Span[] {
  const elements: Span[] = [];
  let next = skipSpace(text, at + 1);
  while (next < text.length && text[next] !== ']') {
    const end = valueEnd(text, next);
    elements.push({ start: next, end });
    next = skipSpace(text, end);
    if (text[next] !== ',') break;
    next = skipSpace(text, next + 1);
  }
  return elements;
}

/** The string literal at `span`, cleaned and traced; `offset` is where `text` starts in the file. */
export function stringText(text: string, span: Span, offset: number): MappedText {
  const out = new CleanTextBuilder('kept');
  const literal = text.slice(span.start + 1, span.end - 1);
  const base = offset + span.start + 1;
  let at = 0;
  if (literal.includes('\\')) {
    for (const match of literal.matchAll(ESCAPE)) {
      const end = match.index + match[0].length;
      out.verbatim(literal.slice(at, match.index), base + at);
      out.resolved(String(JSON.parse(`"${match[0]}"`)), { start: base + match.index, end: base + end });
      at = end;
    }
  }
  out.verbatim(literal.slice(at), base + at);
  return out.build();
}

function skipSpace(text: string, at: number): number {
  // Nearly always there is none, or one blank.
  if (text.charCodeAt(at) > BLANK) return at;
  if (text.charCodeAt(at + 1) > BLANK) return at + 1;
  SPACE.lastIndex = at;
  return at + (SPACE.exec(text)?.[0].length ?? 0);
}

function valueEnd(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return stringEnd(text, start);
  if (first === '{' || first === '[') return structureEnd(text, start);
  PRIMITIVE.lastIndex = start;
  return start + (PRIMITIVE.exec(text)?.[0].length ?? 1);
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

function structureEnd(text: string, start: number): number {
  let depth = 0;
  STRUCTURE.lastIndex = start;
  for (let match = STRUCTURE.exec(text); match; match = STRUCTURE.exec(text)) {
    const [mark] = match;
    if (mark === '"') STRUCTURE.lastIndex = stringEnd(text, match.index);
    else if (mark === '{' || mark === '[') depth++;
    else if (--depth === 0) return match.index + 1;
  }
  return text.length;
}
