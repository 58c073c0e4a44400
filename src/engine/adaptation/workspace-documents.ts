/** All patents of a workspace that an encoder may be adapted to: its files and corpora, but nothing kept for testing. */
import path from 'node:path';
import type { PatentLabError } from '../../core/errors.ts';
import { ENCODER_SPEC_FILE } from '../encoder/spec.ts';
import { NO_PATENTS } from '../files/patent-files.ts';
import { globFiles } from '../files/read-documents.ts';
import type { Task } from '../task.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { readUnlabelled, type UnlabelledDocuments } from './documents.ts';

export async function unlabelledWorkspace(
  { root, config }: Pick<Workspace, 'root' | 'config'>,
  task: Task,
): Promise<UnlabelledDocuments> {
  const problems: PatentLabError[] = [];
  // Corpora come first: what they say of a document's split counts for its file, too.
  const corpora = await globFiles(root, config.corpora);
  const files = await patentFiles(root, config, new Set(corpora));
  const { documents, notes } = await readUnlabelled(
    [...corpora, ...files],
    undefined,
    problems,
    task,
    config,
  );
  const unread = problems.filter(({ code }) => code !== 'record-duplicate').length;
  return {
    documents,
    notes: unread > 0 ? [...notes, `${unread} files or records hold no patent that can be read.`] : notes,
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
