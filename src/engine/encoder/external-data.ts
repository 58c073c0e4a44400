/** Tensors that a model keeps beside its file: read only from within the model's folder. */
import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import type { ExternalPlace, ReadExternal } from '../../core/graph/import/initialisers.ts';

/** Reads a model's external data, refusing what lies outside its folder, links included. */
export function externalReader(folder: string): ReadExternal {
  const root = realpathSync(folder);
  const files = new Map<string, Uint8Array>();
  return ({ location, offset, length }: ExternalPlace): Uint8Array => {
    let bytes = files.get(location);
    if (!bytes) {
      const file = path.resolve(root, location);
      bytes = readInside(root, file, location);
      files.set(location, bytes);
    }
    const end = length === undefined ? bytes.length : offset + length;
    if (offset < 0 || end < offset || end > bytes.length) {
      throw refused(`names bytes ${offset} to ${end} of ${location}, which has ${bytes.length}`);
    }
    return bytes.subarray(offset, end);
  };
}

function readInside(root: string, file: string, location: string): Uint8Array {
  let real: string;
  try {
    real = realpathSync(file);
  } catch {
    throw refused(`names the file ${location}, which is not there`);
  }
  const relative = path.relative(root, real);
  if (relative === '' || relative.startsWith('..') || path.isAbsolute(relative)) {
    throw refused(`names the file ${location}, which lies outside its folder`);
  }
  return readFileSync(real);
}

const refused = (what: string): PatentLabError =>
  new PatentLabError({
    code: 'model-external-data',
    message: `The model ${what}.`,
    remedy: 'Get the model again from its source, all files together in one folder.',
  });
