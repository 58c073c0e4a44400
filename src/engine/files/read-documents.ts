/** Patents from files and folders: streamed, one file at a time, each failure costing only itself. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'tinyglobby';
import { PatentLabError } from '../../core/errors.ts';
import type { ReadOutcome } from '../../core/patent/reader.ts';
import { readDocuments } from '../../core/patent/formats.ts';
import { readError } from './errors.ts';

/** Files that can hold patents, by extension. */
export const PATENT_EXTENSIONS = ['xml', 'txt', 'md', 'jsonl', 'csv'] as const;

/** Folders that never hold an analyst's documents. */
const IGNORED = ['**/node_modules/**', '**/.git/**', '**/.patent-lab/**'];

export async function* readFileDocuments(file: string, shown = file): AsyncGenerator<ReadOutcome> {
  try {
    yield* readDocuments(decoded(file), shown);
  } catch (cause) {
    yield {
      kind: 'failure',
      error: cause instanceof PatentLabError ? cause : readError(shown, cause),
      index: 0,
    };
  }
}

/**
 * The file's text piece by piece. UTF-8 unless a byte-order mark says UTF-16; invalid bytes are an error with their
 * position, never a silent replacement character.
 */
async function* decoded(file: string): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let offset = 0;
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) {
      const bytes = chunk as Buffer;
      decoder ??= new TextDecoder(encodingOf(bytes), { fatal: true });
      yield decoder.decode(bytes, { stream: true });
      offset += bytes.length;
    }
    const rest = decoder?.decode();
    if (rest) yield rest;
  } catch (cause) {
    if (cause instanceof TypeError) {
      throw new PatentLabError(
        {
          code: 'encoding-invalid',
          message: `${file} is not valid ${decoder?.encoding.toUpperCase() ?? 'UTF-8'} text near byte ${offset}.`,
          remedy: 'Save the file as UTF-8.',
          place: { file },
        },
        { cause },
      );
    }
    throw cause;
  }
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** The patent files a path stands for: itself, or all of a folder, sorted. Throws `file-not-found`. */
export async function expandPath(target: string): Promise<readonly string[]> {
  const information = await stat(target).catch((cause: unknown) => {
    throw readError(target, cause);
  });
  if (!information.isDirectory()) return [target];
  return globFiles(target, [`**/*.{${PATENT_EXTENSIONS.join(',')}}`]);
}

/** Absolute paths, sorted so that every run reads in the same order. */
export async function globFiles(root: string, patterns: readonly string[]): Promise<readonly string[]> {
  const found = await glob([...patterns], { cwd: root, absolute: true, ignore: IGNORED, onlyFiles: true });
  return found.map((file) => path.normalize(file)).sort();
}
