/** A finished run on disk: a folder of its own with the report in every format, each file whole or not there. */
import path from 'node:path';
import { runName, RUNS_FOLDER, type RunKind } from '../../core/corpus/workspace-files.ts';
import { writeFileAtomically } from '../files/write.ts';

/**
 * @param files name → content, such as `report.json`
 * @returns the run's folder
 */
export async function writeRun(
  root: string,
  kind: RunKind,
  createdAt: string,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const folder = path.join(root, RUNS_FOLDER, runName(kind, createdAt));
  for (const [name, content] of Object.entries(files)) {
    await writeFileAtomically(path.join(folder, name), content);
  }
  return folder;
}
