/**
 * The synthetic documents of a workspace: every record of the JSONL files in its synthetic folder, with what a review
 * said of it. They are kept apart from the real ones; `counts` of core/corpus/synthetic-review.ts says which of them are
 * trained on.
 */
import path from 'node:path';
import { linkGroups, type LabelledDocument } from '../../core/corpus/labelled.ts';
import { originOf, type Origin } from '../../core/corpus/origin.ts';
import { parseReviews, REVIEW_FILE, type Verdict } from '../../core/corpus/synthetic-review.ts';
import type { Taxonomy } from '../../core/corpus/taxonomy.ts';
import type { WorkspaceConfig } from '../../core/corpus/workspace-config.ts';
import { PatentLabError } from '../../core/errors.ts';
import { globFiles } from '../files/read-documents.ts';
import { duplicateId, readIfThere, readLabelledDocuments } from './records.ts';

export interface SyntheticDocument extends LabelledDocument {
  readonly origin: Origin;
  /** Absent where nobody has looked at it yet. */
  readonly verdict?: Verdict;
}

/** Problems with single records and lines are added to `problems`; nothing is left out without one. */
export async function readSynthetic(
  root: string,
  config: Pick<WorkspaceConfig, 'synthetic' | 'tables'>,
  taxonomy: Taxonomy,
  problems: PatentLabError[],
): Promise<readonly SyntheticDocument[]> {
  const files = await syntheticFiles(root, config);
  if (files.length === 0) return [];
  const reviewFile = path.join(root, config.synthetic, REVIEW_FILE);
  const reviews = parseReviews((await readIfThere(reviewFile)) ?? '', reviewFile);
  problems.push(...reviews.problems);
  const documents = await readLabelledDocuments(files, taxonomy, problems, config);
  return documents.flatMap((document) => {
    const { patent, provenance } = document;
    if (provenance !== 'synthetic') {
      problems.push(notSynthetic(patent.id, patent.source.file, patent.source.span.start));
      return [];
    }
    const verdict = reviews.verdicts.get(patent.id);
    return { ...document, origin: originOf(patent), ...(verdict ? { verdict } : {}) };
  });
}

/** JSONL files of the synthetic folder, the reviews left out. */
export async function syntheticFiles(
  root: string,
  { synthetic }: Pick<WorkspaceConfig, 'synthetic'>,
): Promise<readonly string[]> {
  const files = await globFiles(root, [`${synthetic}/*.jsonl`]);
  return files.filter((file) => path.basename(file) !== REVIEW_FILE);
}

/**
 * Real documents and the synthetic ones that count. A synthetic document belongs to the groups of the documents it was
 * made from, so that no split puts it on one side and its seed on the other.
 */
export function withSynthetic(
  real: readonly LabelledDocument[],
  synthetic: readonly SyntheticDocument[],
  problems: PatentLabError[],
): readonly LabelledDocument[] {
  const known = new Map(real.map(({ patent }) => [patent.id, patent.source.file]));
  const added = synthetic.filter(({ patent }) => {
    const before = known.get(patent.id);
    if (before !== undefined) problems.push(duplicateId(patent, before));
    return before === undefined;
  });
  return joinParents(linkGroups([...real, ...added]));
}

/** Gives every synthetic document and all the documents it was made from one group. */
function joinParents(documents: readonly LabelledDocument[]): readonly LabelledDocument[] {
  const groupOfId = new Map(documents.map(({ patent, group }) => [patent.id, group]));
  const parents = new Map<string, string>();
  const top = (group: string): string => {
    let at = group;
    for (let next = parents.get(at); next !== undefined; next = parents.get(at)) at = next;
    return at;
  };
  for (const { patent, group, provenance } of documents) {
    if (provenance !== 'synthetic') continue;
    for (const id of originOf(patent).parents) {
      const [mine, theirs] = [top(group), top(groupOfId.get(id) ?? group)];
      if (mine !== theirs) parents.set(mine, theirs);
    }
  }
  return documents.map((document) => ({ ...document, group: top(document.group) }));
}

const notSynthetic = (id: string, file: string, offset: number): PatentLabError =>
  new PatentLabError({
    code: 'record-malformed',
    message: `${id} stands among the synthetic documents and does not say that it is one; it was left out.`,
    remedy: 'Give the record "provenance": "synthetic", or move it to a corpus.',
    place: { file, offset },
  });
