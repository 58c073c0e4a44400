/** Labelled corpora as the command line reads them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LabelledDocument } from '../../src/core/corpus/labelled.ts';
import { parseTaxonomy, type Taxonomy } from '../../src/core/corpus/taxonomy.ts';
import type { PatentLabError } from '../../src/core/errors.ts';
import { Random } from '../../src/core/random.ts';
import { EmbeddingCache } from '../../src/engine/cache/embedding-cache.ts';
import { Embedder } from '../../src/engine/encoder/embedder.ts';
import { Encoder } from '../../src/engine/encoder/encoder.ts';
import { globFiles } from '../../src/engine/files/read-documents.ts';
import { readLabelledDocuments } from '../../src/engine/workspace/records.ts';
import { encoderFolder, keptFolder, root, sharedData } from './places.ts';

export interface Corpus {
  readonly name: string;
  readonly taxonomy: Taxonomy;
  readonly documents: readonly LabelledDocument[];
  readonly train: readonly LabelledDocument[];
  readonly test: readonly LabelledDocument[];
}

/** Undefined, with a message, where the real patents are not there. */
export async function realCorpus(name: 'health64' | 'patents64'): Promise<Corpus | undefined> {
  const folder = sharedData(name);
  return folder === undefined
    ? undefined
    : readCorpus(name, path.join(folder, 'taxonomy.json'), [path.join(folder, 'corpus.jsonl')]);
}

export async function sampleCorpus(): Promise<Corpus> {
  const folder = path.join(root, 'samples');
  return readCorpus(
    'samples',
    path.join(folder, 'taxonomy.json'),
    await globFiles(folder, ['corpus/*.jsonl']),
  );
}

async function readCorpus(name: string, taxonomyFile: string, files: readonly string[]): Promise<Corpus> {
  const taxonomy = parseTaxonomy(readFileSync(taxonomyFile, 'utf8'), taxonomyFile);
  const problems: PatentLabError[] = [];
  const documents = await readLabelledDocuments(files, taxonomy, problems);
  for (const problem of problems) console.log(`${name}: ${problem.message}`);
  const ofSplit = (split: string): readonly LabelledDocument[] =>
    documents.filter((document) => document.split === split);
  return { name, taxonomy, documents, train: ofSplit('train'), test: ofSplit('test') };
}

/** Embeddings are kept between runs, so that only what is measured takes time. */
export async function keptEmbedder(): Promise<Embedder> {
  const encoder = await Encoder.load(encoderFolder);
  return new Embedder(encoder, await EmbeddingCache.open(keptFolder, encoder.spec, console.warn));
}

/** Whole groups in random order, leaving out those that would exceed the number of documents. */
export function drawGroups(
  documents: readonly LabelledDocument[],
  count: number,
  seed: number,
): readonly LabelledDocument[] {
  const groups = new Map<string, LabelledDocument[]>();
  for (const document of documents) {
    groups.set(document.group, [...(groups.get(document.group) ?? []), document]);
  }
  const drawn: LabelledDocument[] = [];
  for (const group of new Random(seed).shuffle([...groups.values()])) {
    if (drawn.length + group.length <= count) drawn.push(...group);
  }
  return drawn;
}
