/** Files that belong together, written so that none of them takes an older one's place before all are there. */
import { mkdir, mkdtemp, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { writeError } from './errors.ts';

export interface Together {
  /** Relative to the folder, in the order in which they take their places. */
  readonly files: readonly string[];
}

/**
 * @param make writes the files into the folder that it is given, and looks at them: where it throws, everything in
 * `folder` stays as it was
 */
export async function writeTogether<T extends Together>(
  folder: string,
  make: (stage: string) => Promise<T>,
): Promise<T> {
  const { stage, isNew } = await stageIn(folder);
  try {
    const made = await make(stage);
    for (const name of made.files) await moveInto(stage, folder, name);
    return made;
  } finally {
    await rm(stage, { recursive: true, force: true }).catch(() => undefined);
    // Nothing is left of a folder that was made for nothing.
    if (isNew) await rmdir(folder).catch(() => undefined);
  }
}

async function stageIn(folder: string): Promise<{ readonly stage: string; readonly isNew: boolean }> {
  try {
    const isNew = (await mkdir(folder, { recursive: true })) !== undefined;
    return { stage: await mkdtemp(path.join(folder, '.writing-')), isNew };
  } catch (cause) {
    throw writeError(folder, cause);
  }
}

async function moveInto(stage: string, folder: string, name: string): Promise<void> {
  const target = path.join(folder, name);
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await rename(path.join(stage, name), target);
  } catch (cause) {
    throw writeError(target, cause);
  }
}
