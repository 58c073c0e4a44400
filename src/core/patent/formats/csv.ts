/**
 * Tables: a header row, then one record a row. What a column means is what a person has confirmed for this header, else
 * what its name says; columns of other names are kept as they are. Spreadsheets and Parquet files come here as text.
 */
import { HEAD_LENGTH } from '../file-reading.ts';
import { csvSplitter } from '../corpus-files/csv-splitter.ts';
import { tableNoColumns, tableNoHeader } from '../errors.ts';
import type { Format } from '../model.ts';
import type { DocumentReader, PatentFormat, ReadingContext } from '../reader.ts';
import { applyMapping, chooseMapping, isRemembered } from '../tables/apply.ts';
import { looksLikeRecord } from '../tables/content.ts';
import { findHeader } from '../tables/find-header.ts';
import { recognisedFields, spareColumns, tableVendor, TEXT_FIELDS } from '../tables/propose.ts';
import type { Table } from '../tables/table.ts';
import { readRow } from '../tables/read-row.ts';

export const csv: PatentFormat = tableFormat('csv', (head, file) => {
  if (/\.(?:csv|tsv)$/i.test(file)) return 0.9;
  const { cells, start, known } = findHeader(head.slice(0, HEAD_LENGTH));
  // Other texts have such words in a line as well, but hardly in the first one, or in the names of a database.
  return known && recognisedFields(cells).size >= 2 && (start === 0 || tableVendor(cells)) ? 0.7 : 0;
});

/** A format whose text is a table; files of that name alone are taken for it, unless `recognise` knows better. */
export function tableFormat(format: Format, recognise: PatentFormat['recognise']): PatentFormat {
  return {
    format,
    recognise,
    // A function of its own for each: tables never stand mixed with others in one file.
    splitter: (context) => csvSplitter(context),
    reader: (context) => tableReader(format, context),
  };
}

function tableReader(format: Format, context: ReadingContext): DocumentReader {
  let table: Table | undefined;
  let rows = 0;
  return (document) => {
    rows++;
    if (table !== undefined) return { kind: 'patent', patent: readRow(document, table, rows, context) };
    const { cells, delimiter, start } = findHeader(document.text, context.tables);
    const mapping = chooseMapping(cells, context.tables);
    const applied = applyMapping(cells, mapping);
    if (!TEXT_FIELDS.some((field) => applied.fields.has(field)) && !applied.names.some(isJsonText)) {
      const refusal = looksLikeRecord(cells) ? tableNoHeader : tableNoColumns;
      return { kind: 'file-refused', error: refusal(context.file, document.start, cells) };
    }
    const vendor = tableVendor(applied.names);
    const decided = isRemembered(cells, context.tables ?? []);
    table = {
      ...applied,
      format,
      delimiter,
      header: cells,
      separator: mapping.separator,
      vendor,
      spare: decided ? new Map() : spareColumns(applied, vendor),
      before: document.text.slice(0, start).trim(),
    };
    return { kind: 'header' };
  };
}

const isJsonText = (name: string): boolean => TEXT_FIELDS.some((field) => name === `${field} (JSON)`);
