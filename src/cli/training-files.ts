/** Taxonomy and labelled documents as the command line names them, with what a person should know of them. */
import { readFile } from 'node:fs/promises';
import type { LabelledDocument } from '../core/corpus/labelled.ts';
import { parseTaxonomy, type Taxonomy } from '../core/corpus/taxonomy.ts';
import { PatentLabError } from '../core/errors.ts';
import { readError } from '../engine/files/errors.ts';
import { expandPath } from '../engine/files/read-documents.ts';
import { readLabelledDocuments } from '../engine/workspace/records.ts';
import { note, noteProblems } from './output.ts';

export interface TrainingFiles {
  readonly taxonomy: string;
  readonly corpora: readonly string[];
  readonly split: string | undefined;
}

/** @throws `corpus-unlabelled` when nothing is left to train on */
export async function readTrainingFiles(
  source: TrainingFiles,
): Promise<{ readonly taxonomy: Taxonomy; readonly documents: readonly LabelledDocument[] }> {
  const text = await readFile(source.taxonomy, 'utf8').catch((cause: unknown) => {
    throw readError(source.taxonomy, cause);
  });
  const taxonomy = parseTaxonomy(text, source.taxonomy);
  const problems: PatentLabError[] = [];
  const files = (await Promise.all(source.corpora.map(expandPath))).flat();
  const all = await readLabelledDocuments(files, taxonomy, problems);
  noteProblems(problems);
  const documents = source.split === undefined ? all : all.filter(({ split }) => split === source.split);
  const chosen = new Set(documents);
  const others = new Set(all.filter((document) => !chosen.has(document)).map(({ group }) => group));
  const shared = documents.filter(({ group }) => others.has(group));
  if (shared.length > 0) {
    note(
      `${shared.length} training documents share a family or text with documents of another split (${shared
        .slice(0, 5)
        .map(({ patent }) => patent.id)
        .join(', ')}${shared.length > 5 ? ', …' : ''}): a test on that split will flatter the classifier.`,
    );
  }
  if (documents.length === 0) {
    throw new PatentLabError({
      code: 'corpus-unlabelled',
      message: `There is no labelled document${source.split === undefined ? '' : ` of split "${source.split}"`} in ${source.corpora.join(', ')}.`,
      remedy: 'Give each record a "labels" list with ids of the taxonomy, or choose another --split.',
    });
  }
  return { taxonomy, documents };
}
