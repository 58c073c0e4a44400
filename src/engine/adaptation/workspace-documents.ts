/** All patents of a workspace that an encoder may be adapted to: its files and corpora, but nothing kept for testing. */
import path from 'node:path';
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import type { PatentLabError } from '../../core/errors.ts';
import { ENCODER_SPEC_FILE } from '../encoder/spec.ts';
import { NO_PATENTS } from '../files/patent-files.ts';
import { globFiles } from '../files/read-documents.ts';
import type { Task } from '../task.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { readUnlabelled } from './documents.ts';

export interface UnlabelledWorkspace {
  readonly documents: readonly LabelledDocument[];
  /** What was left out, in sentences. */
  readonly notes: readonly string[];
}

export async function unlabelledWorkspace(
  { root, config }: Pick<Workspace, 'root' | 'config'>,
  task: Task,
): Promise<UnlabelledWorkspace> {
  const problems: PatentLabError[] = [];
  // Corpora come first: what they say of a document's split counts for its file, too.
  const corpora = await globFiles(root, config.corpora);
  const all = await readUnlabelled(
    [...corpora, ...(await patentFiles(root, config, new Set(corpora)))],
    undefined,
    problems,
    task,
    config,
  );
  const tested = new Set(all.filter(({ split }) => split === 'test').map(({ group }) => group));
  const documents = all.filter(({ group }) => !tested.has(group));
  const unread = problems.filter(({ code }) => code !== 'record-duplicate').length;
  return {
    documents,
    notes: [
      ...(documents.length < all.length
        ? [
            `${all.length - documents.length} documents are of the test split or of a family with one of it, and were not read.`,
          ]
        : []),
      ...(unread > 0 ? [`${unread} files or records hold no patent that can be read.`] : []),
    ],
  };
}

/** An encoder's folder has text files of its own, such as its vocabulary. */
async function patentFiles(
  root: string,
  { documents, synthetic }: Workspace['config'],
  known: ReadonlySet<string>,
): Promise<readonly string[]> {
  const encoders = (await globFiles(root, [`**/${ENCODER_SPEC_FILE}`])).map((file) => path.dirname(file));
  const others = [...encoders, path.resolve(root, synthetic)].map((folder) => folder + path.sep);
  const files = await globFiles(root, documents, { except: NO_PATENTS });
  return files.filter((file) => !known.has(file) && !others.some((folder) => file.startsWith(folder)));
}
