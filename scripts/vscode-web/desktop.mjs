/** The installed VS Code, when there is one on the PATH that is new enough for the extension. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { note } from '../lib/progress.mjs';
import { run } from '../lib/process.mjs';

const windows = process.platform === 'win32';

/**
 * Opens a folder in the installed VS Code with the extension from its source; false when that is not to be had.
 * @param {string} extension
 * @param {string} folder
 */
export async function openInDesktop(extension, folder) {
  const code = onPath(windows ? 'code.cmd' : 'code');
  if (!code) return false;
  const version = (await code(['--version'])).output.split('\n')[0]?.trim() ?? '';
  const { engines } = JSON.parse(readFileSync(path.join(extension, 'package.json'), 'utf8'));
  const wanted = String(engines.vscode).replace(/^[^\d]*/, '');
  if (!isAtLeast(version, wanted)) {
    note(`The installed VS Code ${version} is older than ${wanted}; opening one for the browser instead.`);
    return false;
  }
  const opened = await code(['--new-window', `--extensionDevelopmentPath=${extension}`, folder]);
  if (opened.code === 0) note(`Opened ${path.basename(folder)} in VS Code ${version} with the extension.`);
  return opened.code === 0;
}

/**
 * @param {string} name
 * @returns {((args: readonly string[]) => Promise<{ code: number, output: string }>) | undefined}
 */
function onPath(name) {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const file = folders.map((folder) => path.join(folder, name)).find((candidate) => existsSync(candidate));
  if (!file) return undefined;
  // On Windows a .cmd file runs only in a shell, where each word needs its quotes.
  return (args) =>
    windows
      ? run(
          `"${file}"`,
          args.map((arg) => `"${arg}"`),
          { shell: true, quiet: true },
        )
      : run(file, args, { quiet: true });
}

/**
 * @param {string} version
 * @param {string} wanted
 */
export function isAtLeast(version, wanted) {
  const [have, need] = [version, wanted].map((text) => text.split('.').map(Number));
  for (const [index, part] of (need ?? []).entries()) {
    const own = have?.[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}
