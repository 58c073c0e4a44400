/** Where a benchmark finds things: it runs as a bundle in `bench/out`, so it looks upwards for the root of the checkout. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = rootAbove(path.dirname(fileURLToPath(import.meta.url)));

export const encoderFolder = path.join(root, 'encoders', 'all-MiniLM-L6-v2-int8');

/** What benchmarks keep between runs (embeddings, say); git-ignored and safe to delete. */
export const keptFolder = path.join(root, 'bench', 'out', 'kept');

/** A file or folder of real patents that stands beside the checkout; undefined, with a message, where it is absent. */
export function sharedData(...parts: readonly string[]): string | undefined {
  const found = path.resolve(root, '..', 'shared', 'data', ...parts);
  if (existsSync(found)) return found;
  console.log(`Skipped: shared/data/${parts.join('/')} is not beside the checkout.`);
  return undefined;
}

function rootAbove(folder: string): string {
  const manifest = path.join(folder, 'package.json');
  if (existsSync(manifest)) {
    const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly name?: string };
    if (name === 'patent-lab') return folder;
  }
  const above = path.dirname(folder);
  if (above === folder) throw new Error('the root of the checkout was not found');
  return rootAbove(above);
}
