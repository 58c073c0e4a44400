/** Small workspaces cut from the samples: few enough documents to train on in a second, real enough to mean something. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Files } from './folder.ts';
import { readRepositoryText, SAMPLES } from './repository.ts';

export interface SampleRecord {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly labels: readonly string[];
  readonly group: string;
}

export interface SampleLabel {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly parent?: string;
}

/** Labels of the small taxonomy: most with examples, one with a few, one that no document has. */
export const SMALL_LABELS = [
  'powered-wheelchair',
  'exoskeleton',
  'hearing-aid',
  'cochlear-implant',
  'tactile-graphics',
  'mobility',
] as const;
export const FEW_LABEL = 'tactile-graphics';
export const ZERO_SHOT_LABEL = 'mobility';

export function sampleRecords(): SampleRecord[] {
  const files = ['daily-life', 'mobility', 'senses'];
  return files.flatMap((name) =>
    readFileSync(path.join(SAMPLES, 'corpus', `${name}.jsonl`), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as SampleRecord),
  );
}

/** The records that have labels of the small taxonomy, and only these labels. */
export function smallCorpus(): SampleRecord[] {
  const wanted = new Set<string>(SMALL_LABELS.filter((label) => label !== ZERO_SHOT_LABEL));
  return sampleRecords()
    .map((record) => ({ ...record, labels: record.labels.filter((label) => wanted.has(label)) }))
    .filter(({ labels }) => labels.length > 0);
}

export function smallTaxonomy(): string {
  const { labels } = JSON.parse(readRepositoryText('samples', 'taxonomy.json')) as { labels: SampleLabel[] };
  const wanted = new Set<string>(SMALL_LABELS);
  const kept = labels.filter(({ id }) => wanted.has(id)).map(({ parent: _parent, ...label }) => label);
  return JSON.stringify({ name: 'Small sample', labels: kept });
}

export const jsonLines = (records: readonly unknown[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

/** The files of a workspace that trains in about a second. */
export const smallWorkspace = (): Files => ({
  'taxonomy.json': smallTaxonomy(),
  'corpus/small.jsonl': jsonLines(smallCorpus()),
});

/** The file names of the sample patents, one of each reader at least. */
export const samplePatents = (): string[] => readdirSync(path.join(SAMPLES, 'patents')).sort();
