/** The npm packages of this checkout, exactly as the lockfile names them. Fetched once; fetched again when it changes. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readJson, sha256, writeAtomic } from '../lib/files.mjs';
import { withLock } from '../lib/lock.mjs';
import { npm } from '../lib/npm.mjs';
import { root } from '../lib/paths.mjs';
import { timed } from '../lib/progress.mjs';

/**
 * @param {string} [folder] the checkout
 * @param {(folder: string) => Promise<void>} [install] fetches the packages of the lockfile
 */
export async function setUpDependencies(folder = root, install = (cwd) => npm(['ci'], cwd)) {
  if (isDone(folder)) return;
  await withLock('dependencies', async () => {
    if (isDone(folder)) return;
    if (!isInstalled(folder)) await timed('Installing the dependencies', () => install(folder));
    await writeAtomic(stampFile(folder), JSON.stringify({ lock: lockHash(folder) }));
  });
}

/** @param {string} folder */
function stampFile(folder) {
  return path.join(folder, 'node_modules', '.patent-lab.json');
}

/** @param {string} folder */
function lockHash(folder) {
  return sha256(readFileSync(path.join(folder, 'package-lock.json')));
}

/** @param {string} folder */
function isDone(folder) {
  const stamp = /** @type {{ lock?: string } | undefined} */ (readJson(stampFile(folder)));
  return stamp?.lock === lockHash(folder);
}

/**
 * Whether someone's own `npm install` already put every package of the lockfile there: npm notes what it installed.
 * @param {string} folder
 */
function isInstalled(folder) {
  /** @typedef {{ packages?: Record<string, { version?: string, optional?: boolean, devOptional?: boolean }> }} Lock */
  const wanted = /** @type {Lock | undefined} */ (readJson(path.join(folder, 'package-lock.json')));
  const present = /** @type {Lock | undefined} */ (
    readJson(path.join(folder, 'node_modules', '.package-lock.json'))
  );
  if (!wanted?.packages || !present?.packages) return false;
  return Object.entries(wanted.packages).every(([place, { version, optional }]) => {
    const installed = present.packages?.[place];
    if (place === '' || (!installed && optional)) return true;
    return installed?.version === version && existsSync(path.join(folder, place));
  });
}
