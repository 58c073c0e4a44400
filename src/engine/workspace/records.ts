/** Labelled documents as corpus files state them, each problem named and costing only its record. */
import { readFile } from 'node:fs/promises';
import { groupOf, linkGroups, type LabelledDocument } from '../../core/corpus/labelled.ts';
import type { Taxonomy } from '../../core/corpus/taxonomy.ts';
import { PatentLabError, type Place } from '../../core/errors.ts';
import type { ReadingOptions } from '../../core/patent/formats.ts';
import type { Patent } from '../../core/patent/model.ts';
import { readError } from '../files/errors.ts';
import { readFileDocuments } from '../files/read-documents.ts';
import { sourceStamp } from '../files/source.ts';
import { Recent } from './recent.ts';

/** What a workspace's configuration says about reading its files. */
export type Tables = Pick<ReadingOptions, 'tables'>;

/** Corpus records that state labels; those without a `labels` field are unlabelled and not training data. */
export async function readLabelledDocuments(
  files: readonly string[],
  taxonomy: Taxonomy,
  problems: PatentLabError[],
  { tables }: Tables = {},
): Promise<readonly LabelledDocument[]> {
  const documents: LabelledDocument[] = [];
  const places = new Map<string, string>();
  for (const file of files) {
    for (const outcome of await readRecords(file, tables)) {
      if (outcome.kind === 'failure') {
        problems.push(outcome.error);
        continue;
      }
      const { patent } = outcome;
      const labels = patent.record?.labels;
      if (labels === undefined) continue;
      const before = places.get(patent.id);
      if (before !== undefined) {
        problems.push(duplicateId(patent, before));
        continue;
      }
      places.set(patent.id, file);
      const known = knownLabels(patent, labels, taxonomy, problems);
      if (known) documents.push(labelled(patent, known));
    }
  }
  return linkGroups(documents);
}

type Records = readonly (
  | { readonly kind: 'patent'; readonly patent: Patent }
  | { readonly kind: 'failure'; readonly error: PatentLabError }
)[];

/**
 * Files are read again only when they, or what their columns mean, changed. Bounded: 64 files, and 200 million characters of text. [ours]
 */
const parsedFiles = new Recent<{ readonly stamp: string; readonly records: Records }>({
  entries: 64,
  weight: 200_000_000,
});

export async function readRecords(file: string, tables: ReadingOptions['tables'] = []): Promise<Records> {
  const stamp = `${await sourceStamp(file)} ${JSON.stringify(tables)}`;
  const known = parsedFiles.get(file);
  if (known && known.stamp === stamp) return known.records;
  const records = [];
  let length = 0;
  for await (const outcome of readFileDocuments(file, file, { tables })) {
    records.push(outcome);
    if (outcome.kind === 'patent')
      length += outcome.patent.source.span.end - outcome.patent.source.span.start;
  }
  parsedFiles.set(file, { stamp, records }, length);
  return records;
}

export function labelled(patent: Patent, labels: readonly number[]): LabelledDocument {
  const split = patent.record?.split;
  return {
    patent,
    labels,
    group: groupOf(patent),
    provenance: patent.record?.provenance ?? 'real',
    ...(split === undefined ? {} : { split }),
  };
}

/**
 * Positions of the labels, the unknown ones reported. Undefined when every label is unknown: such a document says
 * nothing about ours and must not become a negative for all.
 */
export function knownLabels(
  patent: Patent,
  labels: readonly string[],
  taxonomy: Taxonomy,
  problems: PatentLabError[],
  place: Place = { file: patent.source.file, offset: patent.source.span.start },
): readonly number[] | undefined {
  const unknown = labels.filter((label) => !taxonomy.index.has(label));
  if (unknown.length > 0) {
    problems.push(
      new PatentLabError({
        code: 'labels-unknown',
        message: `${patent.id} has labels that the taxonomy lacks: ${unknown.join(', ')}.`,
        remedy: `Add them to the taxonomy or correct the record; ${unknown.length < labels.length ? 'its other labels were read' : 'until then it is left out'}.`,
        place,
      }),
    );
  }
  const known = new Set(labels.flatMap((label) => taxonomy.index.get(label) ?? []));
  if (known.size === 0 && labels.length > 0) return undefined;
  return [...known].sort((a, b) => a - b);
}

export const duplicateId = (patent: Patent, before: string): PatentLabError =>
  new PatentLabError({
    code: 'record-duplicate',
    message: `The id ${patent.id} occurs again (first in ${before}); the later record was left out.`,
    remedy: 'Give every record an id of its own.',
    place: { file: patent.source.file, offset: patent.source.span.start },
  });

export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (cause) {
    const error = readError(file, cause);
    if (error.code === 'file-not-found') return undefined;
    throw error;
  }
}
