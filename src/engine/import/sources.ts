/** The documents of an import's inputs, in the same order in every run. */
import path from 'node:path';
import type { PatentLabError } from '../../core/errors.ts';
import type { Patent } from '../../core/patent/model.ts';
import type { RememberedMapping } from '../../core/patent/tables/mapping.ts';
import { expandPath, readFileDocuments } from '../files/read-documents.ts';
import { importPlaces } from './places.ts';

/** All files the sources stand for, without what an import into `out` writes itself. */
export async function inputFiles(sources: readonly string[], out: string): Promise<readonly string[]> {
  const own = new Set(Object.values(importPlaces(out)));
  const files = new Set<string>();
  for (const source of sources) {
    for (const file of await expandPath(path.resolve(source))) if (!own.has(file)) files.add(file);
  }
  return [...files];
}

export type SourceOutcome =
  | { readonly kind: 'patent'; readonly patent: Patent }
  | { readonly kind: 'failure'; readonly error: PatentLabError };

/** Documents from the one after `skip` on; the skipped ones have been read by an earlier run. */
export async function* sourceDocuments(
  file: string,
  tables: readonly RememberedMapping[],
  skip: number,
): AsyncGenerator<SourceOutcome> {
  let at = 0;
  for await (const outcome of readFileDocuments(file, file, { tables })) {
    if (at++ >= skip) yield outcome;
  }
}
