/** The file of an encoder's model. It may hold more, as an exported classifier's does: what is read is the encoder. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { partFor } from '../../core/graph/import/part.ts';
import type { ReadExternal } from '../../core/graph/import/initialisers.ts';
import { readError } from '../files/errors.ts';
import { externalReader } from './external-data.ts';

export interface ModelFile {
  readonly bytes: Uint8Array;
  /** Whether they are all of the file. */
  readonly isWhole: boolean;
  /** Of tensors beside the file: places are told from the folder it lies in. */
  readonly readExternal: ReadExternal;
}

/** @param output name of the hidden states */
export async function readModelFile(file: string, output: string): Promise<ModelFile> {
  const stored = await readFile(file).catch((cause: unknown) => {
    throw readError(file, cause);
  });
  const bytes = partFor(stored, output);
  return { bytes, isWhole: bytes === stored, readExternal: externalReader(path.dirname(file)) };
}
