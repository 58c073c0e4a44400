/** The documents of an import's inputs, in the same order in every run. */
import path from 'node:path';
import type { PatentLabError } from '../../core/errors.ts';
import type { Patent } from '../../core/patent/model.ts';
import type { RememberedMapping } from '../../core/patent/tables/mapping.ts';
import type { ResumePoint } from '../../core/patent/reader.ts';
import type { OnRead } from '../files/content.ts';
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

/** Where an input is read on: inside one of its texts, with so many documents of the input before it. */
export interface InputPoint extends ResumePoint {
  readonly file: string;
  readonly before: number;
}

/** How reading an input begins and what it tells. */
export interface SourceReading {
  readonly tables: readonly RememberedMapping[];
  /** Documents that an earlier run has dealt with. */
  readonly skip: number;
  /** At or before the first document that is not skipped; without it those before are read again. */
  readonly from?: InputPoint | undefined;
  readonly onRead?: OnRead;
}

export type SourceOutcome =
  | { readonly kind: 'patent'; readonly patent: Patent }
  | { readonly kind: 'failure'; readonly error: PatentLabError };

/** Documents from the one after `skip` on. */
export async function* sourceDocuments(
  file: string,
  { tables, skip, from, onRead }: SourceReading,
): AsyncGenerator<SourceOutcome> {
  let at = from?.before ?? 0;
  const reading = { tables, ...(from ? { from } : {}), ...(onRead ? { onRead } : {}) };
  for await (const outcome of readFileDocuments(file, file, reading)) {
    if (at++ >= skip) yield outcome;
  }
}
