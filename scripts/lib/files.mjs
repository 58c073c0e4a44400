/** Files that appear whole or not at all: hashes, atomic writes, folders built aside and moved into place. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cache } from './paths.mjs';

/** @param {string | Uint8Array} content */
export function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

/** @param {string} file */
export async function sha256OfFile(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/**
 * The parsed content, or undefined when there is no such file or it is no JSON.
 * @param {string} file
 * @returns {unknown}
 */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Writes beside the target and renames over it.
 * @param {string} file
 * @param {string | Uint8Array} content
 */
export async function writeAtomic(file, content) {
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, file);
}

/**
 * Builds a folder aside and moves it into place when `fill` succeeded; a failure leaves nothing behind.
 * @param {string} target
 * @param {(folder: string) => Promise<void>} fill
 */
export async function replaceFolder(target, fill) {
  const aside = path.join(cache, 'making');
  await mkdir(aside, { recursive: true });
  const making = await mkdtemp(path.join(aside, `${path.basename(target)}-`));
  const old = `${making}.old`;
  try {
    await fill(making);
    await chmod(making, 0o755);
    await mkdir(path.dirname(target), { recursive: true });
    if (existsSync(target)) await rename(target, old);
    await rename(making, target);
  } finally {
    await Promise.all([making, old].map((folder) => rm(folder, { recursive: true, force: true })));
  }
}

/**
 * Gives a temporary folder to `use` and removes it afterwards.
 * @template T
 * @param {(folder: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withTemporaryFolder(use) {
  const aside = path.join(cache, 'making');
  await mkdir(aside, { recursive: true });
  const folder = await mkdtemp(path.join(aside, 'temporary-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Whether the file exists with exactly this size.
 * @param {string} file
 * @param {number} size
 */
export function hasSize(file, size) {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? -1) === size;
}

/**
 * Bytes below a folder, or of a file.
 * @param {string} target
 * @returns {Promise<number>}
 */
export async function sizeOf(target) {
  const information = await stat(target);
  if (!information.isDirectory()) return information.size;
  const names = await readdir(target);
  const sizes = await Promise.all(names.map((name) => sizeOf(path.join(target, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
