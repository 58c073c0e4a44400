/** Whether `dist` was built from the sources as they are now: their number and newest time, looked up in milliseconds. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { readJson, writeAtomic } from '../lib/files.mjs';
import { cache, root } from '../lib/paths.mjs';

const SOURCES = ['src', 'webview', 'scripts/build'];
const SINGLE = ['package-lock.json', 'tsconfig.base.json', 'webview/tsconfig.json'];
const BUILT = ['dist/extension.cjs', 'dist/engine.mjs', 'dist/cli.mjs'];
const stamp = path.join(cache, 'build.json');

export function isFresh() {
  const built = /** @type {{ files?: number, newest?: number } | undefined} */ (readJson(stamp));
  if (!BUILT.every((file) => statSync(path.join(root, file), { throwIfNoEntry: false }))) return false;
  const now = look();
  return built?.files === now.files && built.newest === now.newest;
}

/**
 * Notes what was built. A source that changed while the build ran counts as not built.
 * @param {number} started when the sources began to be read
 */
export async function stampBuild(started) {
  const now = look();
  await writeAtomic(stamp, JSON.stringify(now.newest < started ? now : {}));
}

function look() {
  let files = 0;
  let newest = 0;
  /** @param {string} file */
  const see = (file) => {
    files++;
    newest = Math.max(newest, statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  };
  for (const folder of SOURCES) {
    const top = path.join(root, folder);
    for (const entry of readdirSync(top, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || /\.test\.tsx?$/.test(entry.name)) continue;
      see(path.join(entry.parentPath, entry.name));
    }
  }
  for (const file of SINGLE) see(path.join(root, file));
  return { files, newest };
}
