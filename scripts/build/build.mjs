/**
 * Builds `dist`. Each file is replaced whole, and only when it changed, so that an engine or a window that runs from
 * `dist` meanwhile never reads half a file.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeAtomic } from '../lib/files.mjs';
import { withLock } from '../lib/lock.mjs';
import { root } from '../lib/paths.mjs';
import { Problem } from '../lib/problem.mjs';
import { timed } from '../lib/progress.mjs';
import { isFresh, stampBuild } from './fresh.mjs';

export const dist = path.join(root, 'dist');

/**
 * @typedef {{ files: readonly { name: string, bytes: number }[], inputs: readonly string[] }} BuildReport
 * `inputs`: every source file that went into a bundle, relative to the root
 */

/** @returns {Promise<BuildReport>} */
export function buildAll() {
  return withLock('build', async () => {
    const started = Date.now();
    const [{ build }, { bundles }] = await Promise.all([import('esbuild'), import('./bundles.mjs')]);
    const results = await Promise.all(bundles.map((options) => build({ ...options, write: false }))).catch(
      (error) => {
        // esbuild has printed what is wrong, with file and line.
        throw new Problem('The build failed.', 'Correct the errors above.', { cause: error });
      },
    );
    const outputs = results.flatMap(({ outputFiles }) => outputFiles ?? []);
    await mkdir(dist, { recursive: true });
    for (const { path: file, contents } of outputs) {
      if (!existsSync(file) || !readFileSync(file).equals(contents)) await writeAtomic(file, contents);
    }
    await removeOthers(new Set(outputs.map(({ path: file }) => file)));
    await stampBuild(started);
    return {
      files: outputs
        .map(({ path: file, contents }) => ({ name: path.relative(dist, file), bytes: contents.length }))
        .sort((a, b) => b.bytes - a.bytes),
      inputs: results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {})),
    };
  });
}

/** Builds only when a source changed since the last build. */
export async function buildIfNeeded() {
  if (!isFresh()) await timed('Building', buildAll);
}

/** Rebuilds on every change, until the process is ended. */
export async function watchAll() {
  const [{ context }, { bundles }] = await Promise.all([import('esbuild'), import('./bundles.mjs')]);
  for (const options of bundles) await (await context({ ...options, logLevel: 'info' })).watch();
}

/**
 * Removes files of earlier builds.
 * @param {ReadonlySet<string>} current
 */
async function removeOthers(current) {
  const entries = await readdir(dist, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !current.has(file) && !file.endsWith('.tmp')) await rm(file, { force: true });
  }
}
