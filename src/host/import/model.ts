/** What the Import panel shows and what becomes of it when a person changes something. Free of `vscode`. */
import type { ColumnMapping, PreviewedRecord, TableFacts } from '../../protocol/import.ts';
import {
  TABLE_FIELDS,
  type ImportColumn,
  type MeaningBasis,
  type PreviewRecord,
  type TableField,
} from '../../protocol/import-view.ts';

/** The columns of a table with the meaning that the remembered or else the proposed mapping gives them. */
export function columnsOf({ proposal, mapping, remembered }: TableFacts): readonly ImportColumn[] {
  const fields = new Map<string, TableField>();
  for (const field of TABLE_FIELDS) for (const name of mapping.columns[field] ?? []) fields.set(name, field);
  return proposal.columns.map(({ name, samples, basis }) => {
    const field = fields.get(name);
    if (field === undefined) return { name, samples };
    const why: MeaningBasis | undefined = remembered ? 'remembered' : basis;
    return { name, samples, field, ...(why === undefined ? {} : { basis: why }) };
  });
}

/** Gives a column another meaning; `undefined` keeps it as it is. */
export function withField(
  columns: readonly ImportColumn[],
  name: string,
  field: TableField | undefined,
): readonly ImportColumn[] {
  return columns.map((column) => {
    if (column.name !== name || column.field === field) return column;
    const { samples } = column;
    return field === undefined ? { name, samples } : { name, samples, field, basis: 'chosen' };
  });
}

/** Several columns of one meaning are joined in the order of the table. */
export function mappingOf(columns: readonly ImportColumn[], separator: string | undefined): ColumnMapping {
  const mapped: Partial<Record<TableField, string[]>> = {};
  for (const { name, field } of columns) if (field !== undefined) (mapped[field] ??= []).push(name);
  return separator === undefined ? { columns: mapped } : { columns: mapped, separator };
}

/** A record as the preview shows it. */
export function previewRecord(record: PreviewedRecord): PreviewRecord {
  if (record.kind === 'failed') return { kind: 'problem', error: record.error };
  const { patent, bibliography } = record;
  const { publicationDate, filingDate, priorities, applicants } = bibliography;
  const priority = priorities.find(({ date }) => date !== undefined)?.date;
  const dates = [
    { what: 'published', date: publicationDate },
    { what: 'filed', date: filingDate },
    { what: 'priority', date: priority },
  ] as const;
  const texts = [
    { section: 'abstract', amount: patent.abstract?.length ?? 0 },
    { section: 'claims', amount: patent.claims.length },
    { section: 'description', amount: patent.description?.length ?? 0 },
  ] as const;
  return {
    kind: 'record',
    id: patent.id,
    title: patent.title ?? '',
    labels: patent.record?.labels ?? [],
    classifications: patent.classifications.map(({ scheme, code }) => `${scheme} ${code}`),
    dates: dates.flatMap(({ what, date }) => (date === undefined ? [] : [{ what, date }])),
    applicants: applicants.map(({ name }) => name),
    texts: texts.filter(({ amount }) => amount > 0),
    gaps: patent.gaps.map(({ message }) => message),
  };
}

/** Name of the corpus that a file becomes: `Lens export.csv` → `lens-export`. */
export function corpusName(file: string): string {
  const stem = file.replace(/\.(csv|tsv|xlsx|parquet|jsonl|xml|zip|gz|pdf|txt|md)$/i, '');
  const plain = stem
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'corpus' : plain;
}
