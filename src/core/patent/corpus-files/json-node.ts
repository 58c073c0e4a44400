/**
 * A value of a JSON text together with where it stands, so that a wrong field is refused at its place and a text leads
 * back into the file. The same for a line of JSONL and for a JSON cell of a table.
 */
import type { ZodType } from 'zod';
import type { MappedText } from '../../text/offset-map.ts';
import type { Span } from '../../text/span.ts';
import { arrayElements, objectFields } from './json-fields.ts';

export interface JsonSource {
  readonly text: string;
  /** The string literal at a span, cleaned and traced into the file. */
  mapped(literal: Span): MappedText;
  /** Throws `record-malformed` at a place of the text. */
  refuse(span: Span, detail: string): never;
}

export class JsonNode {
  readonly value: unknown;
  readonly span: Span;
  readonly #source: JsonSource;

  constructor(source: JsonSource, value: unknown, span: Span) {
    this.#source = source;
    this.value = value;
    this.span = span;
  }

  refuse(detail: string): never {
    this.#source.refuse(this.span, detail);
  }

  /** The text of a string. */
  text(): MappedText {
    return this.#source.mapped(this.span);
  }

  isString(): boolean {
    return typeof this.value === 'string';
  }

  elements(): JsonNode[] | undefined {
    if (!Array.isArray(this.value)) return undefined;
    const values: readonly unknown[] = this.value;
    return arrayElements(this.#source.text, this.span.start).map(
      (span, index) => new JsonNode(this.#source, values[index], span),
    );
  }

  /** The fields of an object, without those that are null: null counts as absent. */
  members(): ReadonlyMap<string, JsonNode> | undefined {
    if (!isObject(this.value)) return undefined;
    const spans = objectFields(this.#source.text, this.span.start);
    const members = new Map<string, JsonNode>();
    for (const [name, value] of Object.entries(this.value)) {
      if (value !== null) members.set(name, new JsonNode(this.#source, value, spans.get(name) ?? this.span));
    }
    return members;
  }

  /** The value as a schema has it; refused where it is not, naming the first problem. */
  parsed<T>(schema: ZodType<T>, name: string): T {
    const result = schema.safeParse(this.value);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    const path = (issue?.path ?? []).filter((key) => typeof key !== 'symbol');
    const field = path.reduce<string>(
      (shown, key) => `${shown}${typeof key === 'number' ? `[${key}]` : `.${key}`}`,
      name,
    );
    return this.#nearest(path).refuse(
      `The field "${field}" is not as it must be: ${issue?.message ?? 'it is unknown'}.`,
    );
  }

  /** The value at a path, or the nearest above it that exists. */
  #nearest(path: readonly (string | number)[]): JsonNode {
    const [key, ...rest] = path;
    if (key === undefined) return this;
    const next = typeof key === 'number' ? this.elements()?.[key] : this.members()?.get(key);
    return next === undefined ? this : next.#nearest(rest);
  }
}

export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
