/**
 * Answers in JSON, also such as weak models write them: with line breaks inside strings, a comma too many, claims as
 * objects, or cut off in the middle.
 */
import { parse, type ParseError } from 'jsonc-parser';
import { z } from 'zod';
import type { Draft } from './draft.ts';

const claimSchema = z.union([
  z.string(),
  z.object({ text: z.string() }).transform(({ text }) => text),
  z.object({ claim: z.string() }).transform(({ claim }) => claim),
]);

/** Every field may be missing here; what a document needs is judged later, with a reason of its own. */
const answerSchema = z.object({
  title: z.string().default(''),
  abstract: z.string().default(''),
  claims: z.union([z.string(), z.array(claimSchema)]).default([]),
  description: z
    .union([z.string(), z.array(z.string()).transform((paragraphs) => paragraphs.join('\n'))])
    .default(''),
});

export interface JsonAnswer {
  /** A text that holds all claims where the model wrote them as one. */
  readonly claims: string | readonly string[];
  readonly rest: Omit<Draft, 'claims'>;
  /** The text ended before the object did; what was cut off is left out. */
  readonly cut: boolean;
  /** Text before or behind the object. */
  readonly around: string;
}

/** Undefined where the text holds no object with one of our fields. */
export function readJsonAnswer(text: string): JsonAnswer | undefined {
  const from = text.search(/\{\s*"/u);
  if (from < 0) return undefined;
  const end = objectEnd(text, from);
  const body = escapeControls(text.slice(from, end));
  const errors: ParseError[] = [];
  const value: unknown = parse(body, errors, { allowTrailingComma: true });
  const object = fieldsOf(value);
  if (object === undefined) return undefined;
  const cut = end === undefined;
  const parsed = answerSchema.safeParse(cut ? withoutLast(object) : object);
  if (!parsed.success) return undefined;
  const { claims, ...rest } = parsed.data;
  const around = `${text.slice(0, from)} ${cut ? '' : text.slice(end)}`.trim();
  return { claims, rest, cut, around };
}

const FIELDS = ['title', 'abstract', 'claims', 'description'] as const;

/** Our fields, whatever the case of their names; models also wrap them in an object of their own. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).map(([name, field]) => [name.toLowerCase().trim(), field] as const);
  const own = entries.filter(([name]) => FIELDS.some((field) => field === name));
  if (own.length > 0) return Object.fromEntries(own);
  return entries.length === 1 ? fieldsOf(entries[0]?.[1]) : undefined;
}

/** A cut object ends in the middle of its last value; of a list, the last element is the one that is cut. */
function withoutLast(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(object);
  const last = entries.pop();
  if (last && Array.isArray(last[1])) entries.push([last[0], last[1].slice(0, -1)]);
  return Object.fromEntries(entries);
}

/** Where the object that begins at `from` ends; undefined where the text ends first. */
function objectEnd(text: string, from: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

/** Line breaks and tabs inside strings, which JSON wants escaped. */
function escapeControls(json: string): string {
  let inString = false;
  let result = '';
  for (let at = 0; at < json.length; at++) {
    const character = json[at] ?? '';
    if (character === '"') inString = !inString;
    if (character === '\\') {
      result += character + (json[at + 1] ?? '');
      at++;
    } else if (inString && character < ' ') result += character === '\t' ? '\\t' : '\\n';
    else result += character;
  }
  return result;
}
