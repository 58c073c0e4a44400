/**
 * Reads one row of a table through its mapping. What cannot be understood in a cell is stated with row and column; the
 * texts lead back to their cells.
 */
import { positionAt } from '../../text/position.ts';
import { sliceMapped, type MappedText } from '../../text/offset-map.ts';
import { CleanTextBuilder } from '../../text/clean-text.ts';
import type { CsvField, CsvProblem, CsvRecord } from '../corpus-files/csv-scan.ts';
import { addFieldText, fieldValue, scanRecord, tracedValue } from '../corpus-files/csv-scan.ts';
import { cellJson } from '../corpus-files/cell-json.ts';
import { isObject, type JsonNode } from '../corpus-files/json-node.ts';
import * as read from '../corpus-files/record-fields.ts';
import { BIBLIOGRAPHY_PARTS, classificationsSchema } from '../corpus-files/record-schema.ts';
import { recordPatent, type RecordParagraph } from '../corpus-files/record.ts';
import type { Bibliography } from '../bibliography.ts';
import { NO_BIBLIOGRAPHY } from '../bibliography.ts';
import { recordMalformed } from '../errors.ts';
import { GapCollector } from '../gaps.ts';
import type { CorpusFields, Patent } from '../model.ts';
import { PROVENANCES } from '../model.ts';
import { numberedClaims } from '../numbered-claims.ts';
import type { DocumentText, ReadingContext } from '../reader.ts';
import { splitLabels } from './cells.ts';
import { FrontPageCells } from './front-page-cells.ts';
import type { TableField } from './mapping.ts';
import { isOwnTable } from './propose.ts';
import { JSON_FIELDS, JSON_SUFFIX, type Table } from './table.ts';

const PROBLEMS: Readonly<Record<CsvProblem['kind'], string>> = {
  'unclosed-quote':
    'A quote is opened here and never closed; what follows could not be divided into records.',
  'text-behind-quote': 'Text follows a closing quote; a quote inside a field must be doubled.',
};

/** @param row number of the row, counted from 1 with the header row */
export function readRow(document: DocumentText, table: Table, row: number, context: ReadingContext): Patent {
  return new Row(document, table, row, context).read();
}

class Row {
  readonly #document: DocumentText;
  readonly #table: Table;
  readonly #row: number;
  readonly #context: ReadingContext;
  readonly #fields: readonly CsvField[];
  readonly #gaps = new GapCollector();
  /** Cells of JSON columns that hold something, by the field they give. */
  readonly #json = new Map<string, JsonNode>();
  /** Fields whose JSON cell says that there is nothing. */
  readonly #absent = new Set<string>();
  readonly #extra: [string, unknown][] = [];

  constructor(document: DocumentText, table: Table, row: number, context: ReadingContext) {
    this.#document = document;
    this.#table = table;
    this.#row = row;
    this.#context = context;
    const record = scanRecord(document.text, 0, table.delimiter);
    this.#fields = this.#checked(record);
    this.#readOtherColumns();
  }

  read(): Patent {
    if (this.#document.index === 0) this.#stateTable();
    const front = new FrontPageCells({
      table: this.#table,
      gaps: this.#gaps,
      row: this.#row,
      value: (index) => this.#value(index),
      span: (index) => this.#span(index),
    });
    const number = front.number();
    const texts = {
      title: this.#text('title'),
      abstract: this.#text('abstract'),
      claims: this.#claims(),
      description: this.#description(),
    };
    const facts = {
      id: this.#from('id', read.readId, () => number.id),
      office: this.#from('office', read.readString, () => number.office),
      kind: this.#from('kind', read.readString, () => number.kind),
      language: this.#from('language', read.readString, () => front.language()),
      classifications: this.#from(
        'classifications',
        (node, name) => node.parsed(classificationsSchema, name),
        () => front.classifications(),
      ),
      bibliography: this.#bibliography(front.bibliography(number.others)),
      translations: this.#from(
        'translations',
        (node) => read.readTranslations(node, this.#gaps),
        () => [],
      ),
    };
    const record = this.#record(facts.bibliography, front.kept);
    return recordPatent(this.#table.format, facts, texts, record, this.#gaps, this.#document, this.#context);
  }

  #checked(record: CsvRecord): readonly CsvField[] {
    const { text, start } = this.#document;
    const { file } = this.#context;
    if (record.problem !== undefined) {
      throw recordMalformed(
        file,
        positionAt(text, record.problem.at, start),
        PROBLEMS[record.problem.kind],
        'Correct the quotes of this record. The records before it were read.',
      );
    }
    const zero = text.indexOf('\0');
    if (zero >= 0)
      throw recordMalformed(
        file,
        positionAt(text, zero, start),
        'The row holds a zero byte, which is no text.',
      );
    const columns = this.#table.names.length;
    const { fields } = record;
    // Some databases end every row, or only the header, with a delimiter.
    const beyond = fields.slice(columns).some((field) => fieldValue(text, field).trim() !== '');
    const lacksLast = fields.length === columns - 1 && this.#table.header.at(-1) === '';
    if (beyond || (fields.length < columns && !lacksLast)) {
      const detail = `The row has ${fields.length} fields, but the first row names ${columns} columns.`;
      const remedy =
        'Put fields that hold the delimiter or a line break in quotes. The other records were read.';
      throw recordMalformed(file, start, detail, remedy);
    }
    return fields;
  }

  /** What the table itself could not give, said once at its first record. */
  #stateTable(): void {
    const { before, missing, names, header } = this.#table;
    if (before !== '') {
      const shown = before.length > 200 ? `${before.slice(0, 199)}…` : before;
      this.#gaps.state(`The table begins behind these lines, which were left out: ${shown}`);
    }
    for (const name of missing) {
      this.#gaps.state(`The mapping of this table names a column that it does not have: ${name}.`);
    }
    for (const [index, name] of names.entries()) {
      const stated = header[index] ?? '';
      if (stated !== '' && stated !== name) {
        this.#gaps.state(`The table has several columns named ${stated}; this one is taken as ${name}.`);
      }
    }
  }

  #readOtherColumns(): void {
    for (const index of this.#table.others) {
      const name = this.#table.names[index] ?? '';
      const value = this.#value(index);
      const field = name.endsWith(JSON_SUFFIX) ? name.slice(0, -JSON_SUFFIX.length) : undefined;
      if (field === undefined) {
        if (this.#table.header[index] !== '' || value !== '') this.#extra.push([name, value]);
      } else if (value !== '') this.#takeJson(field, name, index);
    }
  }

  #takeJson(field: string, name: string, index: number): void {
    const cell = this.#fields[index];
    const { text, start } = this.#document;
    const node =
      cell && cellJson(tracedValue(text, cell, start.offset), (detail) => this.#refuse(cell, detail));
    if (node === undefined) this.#extra.push([name, this.#value(index)]);
    else if (field === 'extra' && isObject(node.value)) this.#extra.push(...Object.entries(node.value));
    else if (!JSON_FIELDS.has(field)) this.#extra.push([field, node.value]);
    else if (node.value === null) this.#absent.add(field);
    else this.#json.set(field, node);
  }

  /** What the JSON column of a field gives, else what its plain columns do. */
  #from<T>(
    field: string,
    json: (node: JsonNode, name: string) => T,
    plain: () => T | undefined,
  ): T | undefined {
    const node = this.#json.get(field);
    if (node) return json(node, field);
    return this.#absent.has(field) ? undefined : plain();
  }

  #refuse(cell: CsvField, detail: string): never {
    throw recordMalformed(
      this.#context.file,
      positionAt(this.#document.text, cell.start, this.#document.start),
      detail,
    );
  }

  #value(index: number): string {
    const field = this.#fields[index];
    return field === undefined ? '' : fieldValue(this.#document.text, field);
  }

  #span(index: number): { readonly start: number; readonly end: number } {
    const { offset } = this.#document.start;
    const field = this.#fields[index] ?? { start: 0, end: 0 };
    return { start: offset + field.start, end: offset + field.end };
  }

  /** The only or first column's content; undefined when there is none. */
  #plain(field: TableField): string | undefined {
    const values = (this.#table.fields.get(field) ?? []).map((index) => this.#value(index).trim());
    return values.find((value) => value !== '');
  }

  #text(field: 'title' | 'abstract'): MappedText | undefined {
    return this.#from(field, read.readText, () => this.#mapped(field));
  }

  /** The contents of a field's columns, each beginning a line. */
  #mapped(field: TableField): MappedText | undefined {
    const indices = this.#table.fields.get(field);
    if (indices === undefined) return undefined;
    const mapped = this.#joined(field, indices);
    return mapped.text === '' ? (this.#spare(field, indices) ?? mapped) : mapped;
  }

  /** The text of another column, where the mapped ones are empty in this row. */
  #spare(field: TableField, indices: readonly number[]): MappedText | undefined {
    const index = this.#table.spare.get(field)?.find((other) => this.#value(other).trim() !== '');
    if (index === undefined) return undefined;
    const name = (at: number): string => `"${this.#table.names[at] ?? ''}"`;
    this.#gaps.state(
      `Row ${this.#row}: ${indices.map(name).join(' and ')} is empty, so the ${field} was taken from ${name(index)}.`,
      this.#span(index),
    );
    return this.#joined(field, [index]);
  }

  #joined(field: TableField, indices: readonly number[]): MappedText {
    const out = new CleanTextBuilder('kept');
    for (const index of indices) {
      const cell = this.#fields[index];
      if (cell === undefined) continue;
      if (!out.isEmpty) out.break();
      addFieldText(out, this.#document.text, cell, this.#document.start.offset);
    }
    const mapped = out.build();
    const prefix = this.#table.vendor?.prefixes?.[field]?.exec(mapped.text)?.[0].length ?? 0;
    return prefix === 0 ? mapped : sliceMapped(mapped, prefix);
  }

  #claims(): ReturnType<typeof read.readClaims> {
    const json = this.#jsonCell('claims');
    if (json) return read.readClaims(json, this.#gaps);
    const mapped = this.#absent.has('claims') ? undefined : this.#mapped('claims');
    return mapped === undefined || mapped.text === '' ? [] : numberedClaims(mapped, this.#gaps);
  }

  #description(): RecordParagraph[] {
    const json = this.#jsonCell('description');
    if (json) return read.readDescription(json);
    const mapped = this.#absent.has('description') ? undefined : this.#mapped('description');
    return mapped === undefined ? [] : [{ text: mapped }];
  }

  /** The JSON column of a field, or its plain column where that holds a JSON list, as lists from Parquet files do. */
  #jsonCell(field: 'claims' | 'description' | 'labels'): JsonNode | undefined {
    const own = this.#json.get(field);
    if (own) return own;
    const [index, another] = this.#table.fields.get(field) ?? [];
    const cell = index === undefined || another !== undefined ? undefined : this.#fields[index];
    if (cell === undefined || !this.#document.text.slice(cell.start, cell.end).trim().startsWith('[')) {
      return undefined;
    }
    const traced = tracedValue(this.#document.text, cell, this.#document.start.offset);
    const node = cellJson(traced, (detail) => this.#refuse(cell, detail));
    return node && Array.isArray(node.value) ? node : undefined;
  }

  #bibliography(plain: Bibliography): Bibliography {
    if (this.#json.size === 0 && this.#absent.size === 0) return plain;
    const parts = Object.entries(BIBLIOGRAPHY_PARTS).flatMap(([name, schema]): [string, unknown][] => {
      const node = this.#json.get(name);
      if (node) return [[name, node.parsed<unknown>(schema, name)]];
      const none = name in NO_BIBLIOGRAPHY ? NO_BIBLIOGRAPHY[name as keyof Bibliography] : undefined;
      return this.#absent.has(name) ? [[name, none]] : [];
    });
    return parts.length === 0 ? plain : { ...plain, ...Object.fromEntries(parts) };
  }

  #record(bibliography: Bibliography, kept: FrontPageCells['kept']): CorpusFields {
    const provenance = this.#from('provenance', read.readProvenance, () => this.#provenance()) ?? {
      kind: 'real',
    };
    const own = isOwnTable(this.#table.names);
    return {
      labels: this.#labels(),
      // A family's members share their text, so they must not be separated by a split.
      group: this.#from(
        'group',
        read.readString,
        () => this.#plain('group') ?? (own ? undefined : bibliography.family.id),
      ),
      split: this.#from('split', read.readString, () => this.#plain('split')),
      provenance: provenance.kind,
      extra: Object.fromEntries([
        ...this.#extra,
        ...kept,
        ...(provenance.details ? [['provenance', provenance.details] as const] : []),
      ]),
    };
  }

  #labels(): string[] | undefined {
    const json = this.#jsonCell('labels');
    if (json) return read.readLabels(json);
    const indices = this.#table.fields.get('labels');
    if (indices === undefined || this.#absent.has('labels')) return undefined;
    return indices.flatMap((index) => splitLabels(this.#value(index), this.#table.separator));
  }

  #provenance(): read.ReadProvenance {
    const value = this.#plain('provenance');
    if (value === undefined) return { kind: 'real' };
    const kind = PROVENANCES.find((name) => name === value.toLowerCase());
    if (kind !== undefined) return { kind };
    const [index = 0] = this.#table.fields.get('provenance') ?? [];
    const cell = this.#fields[index] ?? { start: 0, end: 0, quoted: false };
    return this.#refuse(cell, `The column "provenance" must be one of ${PROVENANCES.join(', ')}.`);
  }
}
