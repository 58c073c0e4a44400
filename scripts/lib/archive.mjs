/** Unpacks archives with the `tar` that Linux, macOS and Windows 10 bring along, and Brotli with Node itself. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { Problem } from './problem.mjs';
import { run } from './process.mjs';

/**
 * Unpacks a tar archive, compressed or not, or only some paths of it.
 * @param {string} archive
 * @param {string} folder made if missing
 * @param {{ strip?: number, only?: readonly string[] }} [options]
 */
export async function unpack(archive, folder, { strip = 0, only = [] } = {}) {
  await mkdir(folder, { recursive: true });
  // Relative names: some versions of tar read the colon of a Windows drive as a host name.
  const name = path.relative(folder, archive).split(path.sep).join('/');
  const { code, output } = await run(
    'tar',
    ['-xf', name, '--no-same-owner', ...(strip > 0 ? [`--strip-components=${strip}`] : []), ...only],
    { cwd: folder, quiet: true },
  ).catch((error) => {
    throw new Problem('The program tar was not found.', 'Install tar, and try again.', { cause: error });
  });
  if (code !== 0) {
    throw new Problem(`${path.basename(archive)} could not be unpacked: ${output.trim()}`, 'Try again.');
  }
}

/**
 * @param {string} archive a Brotli-compressed file
 * @param {string} file
 * @param {number} [mode]
 */
export async function unpackBrotli(archive, file, mode = 0o644) {
  await mkdir(path.dirname(file), { recursive: true });
  await pipeline(createReadStream(archive), createBrotliDecompress(), createWriteStream(file, { mode }));
}

/**
 * @param {string} archive a Brotli-compressed tar archive
 * @param {string} folder
 */
export async function unpackBrotliTar(archive, folder) {
  const tar = path.join(folder, path.basename(archive, '.br'));
  await unpackBrotli(archive, tar);
  await unpack(tar, folder);
  await rm(tar);
}
