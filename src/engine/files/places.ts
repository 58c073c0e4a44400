/** Folders by where they really are, links followed, so that nothing is written over what it is made from. */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';

/** Also of what is not there yet. */
export async function realPlace(place: string): Promise<string> {
  try {
    return await realpath(place);
  } catch {
    const parent = path.dirname(path.resolve(place));
    if (parent === path.resolve(place)) return parent;
    return path.join(await realPlace(parent), path.basename(place));
  }
}

export async function isSamePlace(a: string, b: string): Promise<boolean> {
  return (await realPlace(a)) === (await realPlace(b));
}

export interface KeptFolder {
  readonly folder: string;
  /** As a person calls it. */
  readonly name: string;
}

/**
 * @param targets folders that files are written into @param kept folders whose files must stay as they are
 * @throws `usage` where one of these is one of those
 */
export async function requireApart(targets: readonly string[], kept: readonly KeptFolder[]): Promise<void> {
  for (const target of targets) {
    for (const { folder, name } of kept) {
      if (!(await isSamePlace(target, folder))) continue;
      throw new PatentLabError({
        code: 'usage',
        message: `Nothing is written to ${target}: that is the folder of ${name}, which would be lost.`,
        remedy: 'Choose another folder.',
        place: { file: target },
      });
    }
  }
}
