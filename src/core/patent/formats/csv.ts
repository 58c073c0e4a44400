/**
 * Corpora as tables: a header row, then one record a row. The columns are recognised by their names; columns of other
 * names are kept as they are.
 */
import { positionAt } from '../../text/position.ts';
import type { MappedText } from '../../text/offset-map.ts';
import type { Column } from '../corpus-files/csv-columns.ts';
import { TEXT_COLUMNS, recogniseColumns } from '../corpus-files/csv-columns.ts';
import type { CsvField, CsvProblem, CsvRecord, Delimiter } from '../corpus-files/csv-scan.ts';
import { fieldText, fieldValue, scanRecord, sniffDelimiter } from '../corpus-files/csv-scan.ts';
import { csvSplitter } from '../corpus-files/csv-splitter.ts';
import { recordPatent } from '../corpus-files/record.ts';
import { recordMalformed, tableNoColumns } from '../errors.ts';
import { GapCollector } from '../gaps.ts';
import type { CorpusFields, Patent } from '../model.ts';
import { PROVENANCES } from '../model.ts';
import { numberedClaims } from '../numbered-claims.ts';
import type { DocumentReader, DocumentText, PatentFormat, ReadingContext } from '../reader.ts';

export const csv: PatentFormat = {
  format: 'csv',
  recognise(head, file) {
    if (/\.(?:csv|tsv)$/i.test(file)) return 0.9;
    const columns = recogniseColumns(readHeader(head).names);
    return columns.size >= 2 && TEXT_COLUMNS.some((column) => columns.has(column)) ? 0.7 : 0;
  },
  splitter: csvSplitter,
  reader: (context) => tableReader(context),
};

interface Header {
  readonly names: readonly string[];
  readonly delimiter: Delimiter;
}

interface Table extends Header {
  readonly columns: ReadonlyMap<Column, number>;
}

function readHeader(text: string): Header {
  const plain = text.replace(/^[\s\uFEFF]+/, '');
  const delimiter = sniffDelimiter(plain);
  const names = scanRecord(plain, 0, delimiter).fields.map((field) => fieldValue(plain, field).trim());
  return { names, delimiter };
}

function tableReader(context: ReadingContext): DocumentReader {
  let table: Table | undefined;
  return (document) => {
    if (table !== undefined) return { kind: 'patent', patent: readRow(document, table, context) };
    const header = readHeader(document.text);
    const columns = recogniseColumns(header.names);
    if (!TEXT_COLUMNS.some((column) => columns.has(column))) {
      return { kind: 'file-refused', error: tableNoColumns(context.file, document.start, header.names) };
    }
    table = { ...header, columns };
    return { kind: 'header' };
  };
}

const PROBLEMS: Readonly<Record<CsvProblem['kind'], string>> = {
  'unclosed-quote':
    'A quote is opened here and never closed; what follows could not be divided into records.',
  'text-behind-quote': 'Text follows a closing quote; a quote inside a field must be doubled.',
};

function readRow(document: DocumentText, table: Table, context: ReadingContext): Patent {
  const { text, start } = document;
  const record = scanRecord(text, 0, table.delimiter);
  checkRow(record, document, table, context);
  const field = (column: Column): CsvField | undefined => record.fields[table.columns.get(column) ?? -1];
  const value = (column: Column): string | undefined => {
    const found = field(column);
    const plain = found && fieldValue(text, found).trim();
    return plain === '' ? undefined : plain;
  };
  const mapped = (column: Column): MappedText | undefined => {
    const found = field(column);
    return found && fieldText(text, found, start.offset);
  };
  const gaps = new GapCollector();
  const claims = mapped('claims');
  const description = mapped('description');
  const texts = {
    id: value('id'),
    title: mapped('title'),
    abstract: mapped('abstract'),
    claims: claims === undefined || claims.text === '' ? [] : numberedClaims(claims, gaps),
    description: description === undefined ? [] : [description],
  };
  const fields: CorpusFields = {
    labels: table.columns.has('labels') ? splitLabels(value('labels')) : undefined,
    group: value('group'),
    split: value('split'),
    provenance: readProvenance(value('provenance'), field('provenance'), document, context),
    extra: otherColumns(record, text, table),
  };
  return recordPatent('csv', texts, fields, gaps, document, context);
}

function checkRow(record: CsvRecord, document: DocumentText, table: Table, context: ReadingContext): void {
  const { text, start } = document;
  if (record.problem !== undefined) {
    throw recordMalformed(
      context.file,
      positionAt(text, record.problem.at, start),
      PROBLEMS[record.problem.kind],
      'Correct the quotes of this record. The records before it were read.',
    );
  }
  if (record.fields.length !== table.names.length) {
    const detail = `The row has ${record.fields.length} fields, but the first row names ${table.names.length} columns.`;
    const remedy =
      'Put fields that hold the delimiter or a line break in quotes. The other records were read.';
    throw recordMalformed(context.file, start, detail, remedy);
  }
}

/** Labels are divided by `;` or `|`, which stand in no label id. */
function splitLabels(value: string | undefined): string[] {
  return (value ?? '')
    .split(/[;|]/)
    .map((label) => label.trim())
    .filter((label) => label !== '');
}

function readProvenance(
  value: string | undefined,
  field: CsvField | undefined,
  document: DocumentText,
  context: ReadingContext,
): CorpusFields['provenance'] {
  if (value === undefined) return 'real';
  const provenance = PROVENANCES.find((name) => name === value.toLowerCase());
  if (provenance !== undefined) return provenance;
  const place = positionAt(document.text, field?.start ?? 0, document.start);
  throw recordMalformed(
    context.file,
    place,
    `The column "provenance" must be one of ${PROVENANCES.join(', ')}.`,
  );
}

function otherColumns(record: CsvRecord, text: string, table: Table): Record<string, string> {
  const known = new Set(table.columns.values());
  const entries = record.fields.flatMap((field, index): [string, string][] =>
    known.has(index) ? [] : [[table.names[index] ?? `column ${index + 1}`, fieldValue(text, field)]],
  );
  return Object.fromEntries(entries);
}
