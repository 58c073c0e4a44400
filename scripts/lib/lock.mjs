/** One process at a time sets something up; the others wait for it. A lock of a process that died is taken over. */
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cache } from './paths.mjs';
import { note } from './progress.mjs';

/**
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  const file = path.join(cache, 'locks', name);
  await mkdir(path.dirname(file), { recursive: true });
  for (let tries = 1; !(await acquire(file)); tries++) {
    if (tries === 10) note('Waiting for another Patent Lab command that is setting things up …');
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** @param {string} file */
async function acquire(file) {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const holder = Number(await readFile(file, 'utf8').catch(() => ''));
  const age = Date.now() - (await stat(file).then(({ mtimeMs }) => mtimeMs, Date.now));
  if (holder > 0 ? !isAlive(holder) : age > 10_000) await rm(file, { force: true });
  return false;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
