/**
 * Corpora with one JSON record a line: `id, title, abstract?, claims?, description?, labels?, group?, split?,
 * provenance?`. Fields of other names are kept as they are. A field of the wrong type costs its record, never the file.
 */
import { positionAt } from '../../text/position.ts';
import type { MappedText } from '../../text/offset-map.ts';
import type { Span } from '../../text/span.ts';
import { jsonProblem } from '../corpus-files/json-error.ts';
import { arrayElements, objectFields, stringText } from '../corpus-files/json-fields.ts';
import { lineSplitter } from '../corpus-files/line-splitter.ts';
import type { RecordClaim } from '../corpus-files/record.ts';
import { recordPatent } from '../corpus-files/record.ts';
import { recordMalformed } from '../errors.ts';
import { GapCollector } from '../gaps.ts';
import type { CorpusFields, Patent, Provenance } from '../model.ts';
import { PROVENANCES } from '../model.ts';
import { numberedClaims } from '../numbered-claims.ts';
import type { DocumentText, PatentFormat, ReadingContext } from '../reader.ts';

export const jsonl: PatentFormat = {
  format: 'jsonl',
  recognise(head, file) {
    const object = /^[\s\uFEFF]*\{\s*"/.test(head);
    if (/\.(?:jsonl|ndjson)$/i.test(file)) return 0.9;
    return object && /^[\s\uFEFF]*\{[^\n]*\}[ \t\r]*(?:\n|$)/.test(head) ? 0.7 : 0;
  },
  splitter: lineSplitter,
  reader: (context) => (document) => ({ kind: 'patent', patent: new JsonRecord(document, context).read() }),
};

const KNOWN = new Set([
  'id',
  'title',
  'abstract',
  'claims',
  'description',
  'labels',
  'group',
  'split',
  'provenance',
]);

interface Field {
  readonly name: string;
  readonly value: unknown;
  readonly span: Span;
}

class JsonRecord {
  readonly #document: DocumentText;
  readonly #context: ReadingContext;
  readonly #gaps = new GapCollector();
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #spans: ReadonlyMap<string, Span>;

  constructor(document: DocumentText, context: ReadingContext) {
    this.#document = document;
    this.#context = context;
    const value = this.#parse();
    this.#values = new Map(Object.entries(value));
    this.#spans = objectFields(document.text, document.text.indexOf('{'));
  }

  read(): Patent {
    const texts = {
      id: this.#id(),
      title: this.#textField('title'),
      abstract: this.#textField('abstract'),
      claims: this.#claims(),
      description: this.#description(),
    };
    return recordPatent('jsonl', texts, this.#record(), this.#gaps, this.#document, this.#context);
  }

  #parse(): object {
    const { text } = this.#document;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      const { at, detail } = jsonProblem(text);
      this.#refuse(
        { start: at, end: at },
        `The line is not valid JSON: ${detail}.`,
        'Correct this line, or remove it if it is the torn end of an interrupted write. The other records were read.',
      );
    }
    if (!isObject(value)) {
      this.#refuse({ start: 0, end: 0 }, 'The line is not a record: it must be a JSON object in { }.');
    }
    return value;
  }

  #refuse(span: Span, detail: string, remedy?: string): never {
    const { text, start } = this.#document;
    throw recordMalformed(this.#context.file, positionAt(text, span.start, start), detail, remedy);
  }

  /** A field that is there; `null` counts as absent. */
  #field(name: string): Field | undefined {
    const value = this.#values.get(name);
    const span = this.#spans.get(name);
    return value === undefined || value === null || span === undefined ? undefined : { name, value, span };
  }

  #wrongType({ name, span }: Field, expected: string): never {
    this.#refuse(span, `The field "${name}" must be ${expected}.`);
  }

  #id(): string | undefined {
    const field = this.#field('id');
    if (field === undefined) return undefined;
    if (Number.isSafeInteger(field.value)) return String(field.value);
    if (typeof field.value !== 'string') this.#wrongType(field, 'a string or a whole number');
    const id = field.value.trim();
    return id === '' ? undefined : id;
  }

  #string(name: string): string | undefined {
    const field = this.#field(name);
    if (field === undefined) return undefined;
    if (typeof field.value !== 'string') this.#wrongType(field, 'a string');
    return field.value;
  }

  #textField(name: string): MappedText | undefined {
    return this.#string(name) === undefined ? undefined : this.#text(this.#spans.get(name));
  }

  #text(span: Span | undefined): MappedText | undefined {
    return span && stringText(this.#document.text, span, this.#document.start.offset);
  }

  #elements(field: Field): { readonly value: unknown; readonly span: Span }[] {
    if (!Array.isArray(field.value)) this.#wrongType(field, 'a list');
    const values: readonly unknown[] = field.value;
    return arrayElements(this.#document.text, field.span.start).map((span, index) => ({
      value: values[index],
      span,
    }));
  }

  #description(): MappedText[] {
    const field = this.#field('description');
    if (field === undefined) return [];
    if (typeof field.value === 'string') return [this.#text(field.span)].flatMap((text) => text ?? []);
    return this.#elements(field).flatMap(({ value, span }) => {
      if (typeof value !== 'string') this.#refuse(span, 'Every paragraph of "description" must be a string.');
      return this.#text(span) ?? [];
    });
  }

  #claims(): RecordClaim[] {
    const field = this.#field('claims');
    if (field === undefined) return [];
    if (typeof field.value === 'string') {
      const text = this.#text(field.span);
      return text === undefined || text.text === '' ? [] : numberedClaims(text, this.#gaps);
    }
    return this.#elements(field).map(({ value, span }, index) => this.#claim(value, span, index + 1));
  }

  #claim(value: unknown, span: Span, position: number): RecordClaim {
    const empty = stringText('""', { start: 0, end: 2 }, 0);
    if (typeof value === 'string') return { number: position, text: this.#text(span) ?? empty };
    if (!isObject(value))
      this.#refuse(span, 'Every claim must be a string, or an object with "number" and "text".');
    const parts = new Map<string, unknown>(Object.entries(value));
    const spans = objectFields(this.#document.text, span.start);
    const at = (name: string): Span => spans.get(name) ?? span;
    const text = parts.get('text');
    if (typeof text !== 'string') this.#refuse(at('text'), 'The field "text" of a claim must be a string.');
    const number = parts.get('number') ?? position;
    if (!isClaimNumber(number))
      this.#refuse(at('number'), 'The field "number" of a claim must be a whole number from 1.');
    const dependsOn = parts.get('dependsOn') ?? undefined;
    if (dependsOn !== undefined && !(Array.isArray(dependsOn) && dependsOn.every(isClaimNumber))) {
      this.#refuse(at('dependsOn'), 'The field "dependsOn" of a claim must be a list of claim numbers.');
    }
    const claim = { number, text: this.#text(at('text')) ?? empty };
    return dependsOn === undefined ? claim : { ...claim, dependsOn: earlierOnly(dependsOn, number) };
  }

  #record(): CorpusFields {
    const extra = [...this.#values].filter(([name]) => !KNOWN.has(name));
    const provenance = this.#provenance();
    return {
      labels: this.#labels(),
      group: this.#string('group'),
      split: this.#string('split'),
      provenance: provenance.kind,
      extra: Object.fromEntries([...extra, ...provenance.details]),
    };
  }

  #labels(): string[] | undefined {
    const field = this.#field('labels');
    if (field === undefined) return undefined;
    return this.#elements(field).map(({ value, span }) => {
      if (typeof value !== 'string' || value.trim() === '')
        this.#refuse(span, 'Every label must be a string.');
      return value;
    });
  }

  /** A name, or an object whose `kind` is the name and whose other fields say how the record came about. */
  #provenance(): { readonly kind: Provenance; readonly details: readonly [string, unknown][] } {
    const field = this.#field('provenance');
    if (field === undefined) return { kind: 'real', details: [] };
    const named = isObject(field.value)
      ? new Map<string, unknown>(Object.entries(field.value)).get('kind')
      : field.value;
    const kind = PROVENANCES.find((name) => name === named);
    if (kind === undefined) this.#wrongType(field, `one of ${PROVENANCES.join(', ')}`);
    return { kind, details: isObject(field.value) ? [['provenance', field.value]] : [] };
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isClaimNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0;

const earlierOnly = (numbers: readonly number[], own: number): number[] =>
  [...new Set(numbers)].filter((number) => number < own).sort((a, b) => a - b);
