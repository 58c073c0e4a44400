/**
 * Installs an extension from its source: a link among VS Code's extensions. Its way for extensions under development
 * does not do here: in the browser it comes only with a test mode that shows no notifications, and it takes every
 * extension below the folder for the one under development, which in this checkout are VS Code's own.
 */
import { mkdir, readFile, readdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';

/**
 * @param {string} source
 * @param {string} extensions VS Code's extensions folder
 */
export async function installFromSource(source, extensions) {
  const { publisher, name, version } = JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8'));
  const id = `${publisher}.${name}-`;
  await mkdir(extensions, { recursive: true });
  // Without its list of extensions VS Code makes a new one from the folders.
  const old = (await readdir(extensions)).filter((one) => one.startsWith(id) || one === 'extensions.json');
  await Promise.all(old.map((one) => rm(path.join(extensions, one), { recursive: true })));
  // On Windows a junction needs no special rights; elsewhere it is a plain link.
  await symlink(source, path.join(extensions, `${id}${version}`), 'junction');
}
