/** Tables among the inputs of an import: their first rows, what their columns are taken for, and what was remembered. */
import { stat } from 'node:fs/promises';
import { z } from 'zod';
import {
  columnMappingSchema,
  type ColumnMapping,
  type RememberedMapping,
  TABLE_FIELDS,
  type TableField,
} from '../../core/patent/tables/mapping.ts';
import type { TableFacts } from '../../protocol/import.ts';
import { fieldValue, scanRecord } from '../../core/patent/corpus-files/csv-scan.ts';
import { findRemembered } from '../../core/patent/tables/apply.ts';
import { findHeader } from '../../core/patent/tables/find-header.ts';
import { columnNames } from '../../core/patent/tables/header-names.ts';
import { proposeMapping } from '../../core/patent/tables/propose.ts';
import { readError } from '../files/errors.ts';
import { openSource } from '../files/source.ts';
import { mappingInvalid, mappingWithoutColumns, notATable } from './errors.ts';

/** Files that are tables by their names. */
const TABLE = /\.(csv|tsv|xlsx|parquet)$/i;

export const isTable = (file: string): boolean => TABLE.test(file);

/** Rows that are looked at for a proposal. [ours] */
const SAMPLE_ROWS = 200;

/** Text that is looked at, in UTF-16 units: a row of an export with claims has tens of thousands. [ours] */
const SAMPLE_LENGTH = 1 << 20;

interface TableHead {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: string;
}

/** The first rows of a table, as text. Of an archive or a workbook it is the first table in it. */
async function readTableHead(file: string, remembered: readonly RememberedMapping[]): Promise<TableHead> {
  for await (const part of openSource(file)) {
    if (part.kind === 'failure') throw part.error;
    return firstRows(await startOf(part.text.chunks()), remembered);
  }
  throw notATable(file);
}

async function startOf(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) {
    text += chunk;
    if (text.length >= SAMPLE_LENGTH) break;
  }
  return text;
}

function firstRows(text: string, remembered: readonly RememberedMapping[]): TableHead {
  const body = text.replace(/^\uFEFF/, '');
  const { cells: header, delimiter, end } = findHeader(body, remembered);
  const rows: string[][] = [];
  for (let at = end; at < body.length && rows.length < SAMPLE_ROWS;) {
    while (body[at] === '\n' || body[at] === '\r') at++;
    if (at >= body.length) break;
    const row = scanRecord(body, at, delimiter);
    if (!row.complete && body.length >= SAMPLE_LENGTH) break;
    rows.push(row.fields.map((field) => fieldValue(body, field)));
    at = row.end;
  }
  return { header, rows, delimiter };
}

/** What a table holds and what its columns will be taken for. Throws `usage` for a file that is no table. */
export async function tableFacts(
  file: string,
  remembered: readonly RememberedMapping[],
): Promise<TableFacts> {
  if (!isTable(file)) throw notATable(file);
  const { size } = await stat(file).catch((cause: unknown) => {
    throw readError(file, cause);
  });
  const { header, rows, delimiter } = await readTableHead(file, remembered);
  const proposal = proposeMapping(header, rows);
  const known = findRemembered(header, remembered);
  return {
    header,
    proposal,
    mapping: known ? withoutHeader(known) : proposal.mapping,
    remembered: known !== undefined,
    delimiter,
    rows: rows.length,
    size,
  };
}

export const isSameHeader = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name, at) => name === other[at]);

const withoutHeader = ({ columns, separator }: RememberedMapping): ColumnMapping =>
  separator === undefined ? { columns } : { columns, separator };

const writtenMapping = z.union([columnMappingSchema, z.object({ mapping: columnMappingSchema })]);

/** A mapping as a person writes it: JSON (a mapping, or an edited proposal), or `title=Title;id=Publication Number`. */
export function parseMapping(text: string, file?: string): ColumnMapping {
  if (!text.trimStart().startsWith('{')) return parseShortMapping(text, file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw mappingInvalid(cause instanceof Error ? cause.message : String(cause), file);
  }
  const parsed = writtenMapping.safeParse(value);
  if (!parsed.success) throw mappingInvalid(z.prettifyError(parsed.error), file);
  return 'mapping' in parsed.data ? parsed.data.mapping : parsed.data;
}

function parseShortMapping(text: string, file: string | undefined): ColumnMapping {
  const columns: Partial<Record<TableField, string[]>> = {};
  for (const part of text.split(';')) {
    if (part.trim() === '') continue;
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    const column = part.slice(at + 1).trim();
    const field = TABLE_FIELDS.find((one) => one === name);
    if (at < 0 || column === '') throw mappingInvalid(`"${part.trim()}" is no FIELD=COLUMN.`, file);
    if (field === undefined) {
      throw mappingInvalid(`"${name}" is no field. Fields are ${TABLE_FIELDS.join(', ')}.`, file);
    }
    (columns[field] ??= []).push(column);
  }
  if (Object.keys(columns).length === 0) throw mappingInvalid('it names no column.', file);
  return { columns };
}

/** Ties a mapping to the tables it is for. Throws `usage` where a table lacks a column that it names. */
export async function bindMapping(
  mapping: ColumnMapping,
  files: readonly string[],
): Promise<readonly RememberedMapping[]> {
  const bound: RememberedMapping[] = [];
  for (const file of files.filter(isTable)) {
    const { header } = await readTableHead(file, []);
    if (bound.some((one) => isSameHeader(one.header, header))) continue;
    const names = columnNames(header);
    const missing = Object.values(mapping.columns)
      .flat()
      .filter((name) => !names.includes(name));
    if (missing.length > 0) throw mappingWithoutColumns(file, missing, names);
    bound.push({ ...mapping, header: [...header] });
  }
  return bound;
}
