/** A workspace for one test: a copy in a temporary folder, so that a test can change files freely. */
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A temporary folder with a way to remove it. */
export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

export async function temporaryFolder(purpose: string): Promise<TemporaryFolder> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), `patent-lab-${purpose}-`)));
  return {
    path: folder,
    // A server that is just ending may still write a last log line.
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}

/** What trying a workspace leaves in it: classifiers, decisions. A test starts without. */
const LEFT_BEHIND = /[\\/](\.patent-lab|labels\.jsonl)$/;

/** Copies a folder below a new temporary one; its name stays, as VS Code shows it. */
export async function copyOf(folder: string): Promise<TemporaryFolder> {
  const temporary = await temporaryFolder('workspace');
  const copy = path.join(temporary.path, path.basename(folder));
  await cp(folder, copy, { recursive: true, filter: (file) => !LEFT_BEHIND.test(file) });
  return { path: copy, remove: () => temporary.remove() };
}
