/** Hashes of what a run read, so that its report can be held against the files. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { DECISIONS_FILE } from '../../core/corpus/workspace-files.ts';
import type { AuditInput } from '../../protocol/audit.ts';
import { readError } from '../files/errors.ts';
import { locate } from '../files/source.ts';
import type { Task } from '../task.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Files that are not there are left out; a file inside an archive is hashed as the archive. */
export async function hashInputs(
  files: readonly string[],
  shown: (file: string) => string,
  task: Task,
): Promise<readonly AuditInput[]> {
  const inputs = new Map<string, AuditInput>();
  for (const name of files) {
    const file = await locate(name).then(
      (location) => location.file,
      () => undefined,
    );
    if (file === undefined || inputs.has(file)) continue;
    inputs.set(file, { path: shown(file), sha256: await hashFile(file, task) });
  }
  return [...inputs.values()];
}

async function hashFile(file: string, task: Task): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) {
      hash.update(chunk as Buffer);
      await task.checkpoint();
    }
  } catch (cause) {
    throw readError(file, cause);
  }
  return hash.digest('hex');
}

/** Everything that decides what a workspace's documents and labels are. */
export const workspaceFiles = (workspace: Workspace): readonly string[] => [
  workspace.taxonomyFile,
  ...workspace.corpusFiles,
  path.join(workspace.root, DECISIONS_FILE),
  ...workspace.documents.map(({ patent }) => patent.source.file),
];
