/** Tensors that a model keeps beside its file: read only from within the model's folder. */
import { closeSync, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import { PatentLabError } from '../../core/errors.ts';
import type { ExternalPlace, ReadExternal } from '../../core/graph/import/initialisers.ts';
import { ModelProtoSchema, TensorProto_DataLocation } from '../../core/graph/onnx_pb.ts';

/** One read gives at most so many bytes; files of weights are often larger than what can be read at once. */
const PIECE = 2 ** 30;

/** Reads a model's external data, refusing what lies outside its folder, links included; one tensor at a time. */
export function externalReader(folder: string): ReadExternal {
  const root = realpathSync(folder);
  return ({ location, offset, length }: ExternalPlace): Uint8Array => {
    const handle = openSync(placeInside(root, location), 'r');
    try {
      const { size } = fstatSync(handle);
      const end = length === undefined ? size : offset + length;
      if (offset < 0 || end < offset || end > size) {
        throw refused(`names bytes ${offset} to ${end} of ${location}, which has ${size}`);
      }
      const bytes = new Uint8Array(end - offset);
      for (let done = 0; done < bytes.length;) {
        const read = readSync(handle, bytes, done, Math.min(PIECE, bytes.length - done), offset + done);
        if (read === 0) throw refused(`names bytes of ${location} that are not there any more`);
        done += read;
      }
      return bytes;
    } finally {
      closeSync(handle);
    }
  };
}

/** For models that the runtime reads itself. @throws as {@link externalFiles} does */
export const requireDataInside = (bytes: Uint8Array, folder: string): void => {
  externalFiles(bytes, folder);
};

/**
 * The files in which a model keeps tensors, as it names them. @param bytes of the model's file
 * @throws `model-external-data` where one lies outside the folder
 */
export function externalFiles(bytes: Uint8Array, folder: string): readonly string[] {
  const root = realpathSync(folder);
  const { graph } = fromBinary(ModelProtoSchema, bytes);
  const files = new Set<string>();
  const inNodes = (graph?.node ?? []).flatMap(({ attribute }) => attribute.flatMap(({ t }) => t ?? []));
  for (const tensor of [...(graph?.initializer ?? []), ...inNodes]) {
    if (tensor.dataLocation !== TensorProto_DataLocation.EXTERNAL) continue;
    const location = tensor.externalData.find(({ key }) => key === 'location')?.value ?? '';
    placeInside(root, location);
    files.add(location);
  }
  return [...files];
}

/** The file itself, links followed. */
function placeInside(root: string, location: string): string {
  let real: string;
  try {
    real = realpathSync(path.resolve(root, location));
  } catch {
    throw refused(`names the file ${location}, which is not there`);
  }
  const relative = path.relative(root, real);
  // By a whole path even a file within would be lost when the folder is moved.
  if (
    path.isAbsolute(location) ||
    relative === '' ||
    relative.startsWith('..') ||
    path.isAbsolute(relative)
  ) {
    throw refused(`names the file ${location}, which lies outside its folder`);
  }
  return real;
}

const refused = (what: string): PatentLabError =>
  new PatentLabError({
    code: 'model-external-data',
    message: `The model ${what}.`,
    remedy: 'Get the model again from its source, all files together in one folder.',
  });
