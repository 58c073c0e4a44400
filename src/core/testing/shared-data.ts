/**
 * Real documents and corpora that stand beside the repository and are not part of it. Tests that use them are skipped
 * where they are absent, and say so.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = resolve(fileURLToPath(new URL('../../..', import.meta.url)));

/** Path of a file or folder under `../shared/data`; undefined, with a message, where it is absent. */
export function sharedData(...parts: readonly string[]): string | undefined {
  const path = resolve(REPOSITORY, '..', 'shared', 'data', ...parts);
  return present(path, `shared/data/${parts.join('/')}`);
}

/** Path of a file or folder of the repository, for data that is written elsewhere in it. */
export function repositoryData(...parts: readonly string[]): string | undefined {
  return present(join(REPOSITORY, ...parts), parts.join('/'));
}

function present(path: string, name: string): string | undefined {
  if (existsSync(path)) return path;
  console.log(`Tests on ${name} are skipped: it is not there.`);
  return undefined;
}

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Every file of a folder as text, without a byte order mark, in the order of names. */
export function readFolder(folder: string): NamedText[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && !/\.pdf$/i.test(entry.name),
  );
  return names.map(({ name }) => readNamed(join(folder, name))).sort((a, b) => a.name.localeCompare(b.name));
}

export function readNamed(path: string): NamedText {
  return { name: basename(path), text: readFileSync(path, 'utf8').replace(/^\uFEFF/, '') };
}
