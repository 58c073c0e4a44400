/**
 * Models beyond what one file of this format can hold (2 GB): their weights stand in a file beside them. For a session
 * both are written into a folder that is gone when the runtime has read it.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StoreData } from '../../core/graph/serialise.ts';
import { writeError } from '../files/errors.ts';
import { createSession, type ort, type SessionOptions } from './runtime.ts';

/** A model's file, made by putting into the store what is too large for it. */
export type BuildModel = (store: StoreData) => Uint8Array;

/** Files that are mapped into memory want tensors at borders of pages. */
const ALIGNMENT = 4096;

/** @throws `disk-full`, `write-failed` */
export async function sessionFrom(
  build: BuildModel,
  options: SessionOptions = {},
): Promise<ort.InferenceSession> {
  const folder = await mkdtemp(path.join(tmpdir(), 'patent-lab-model-'));
  try {
    const { bytes, isParted } = builtWith(build, path.join(folder, 'weights.bin'));
    if (!isParted) return await createSession(bytes, options);
    const file = path.join(folder, 'model.onnx');
    await writeFile(file, bytes).catch((cause: unknown) => {
      throw writeError(file, cause);
    });
    return await createSession(file, options);
  } finally {
    // Where the runtime holds the files open (Windows), they stay until the system clears its temporary folder.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

export interface BuiltModel {
  readonly bytes: Uint8Array;
  /** Whether the file of weights was needed; otherwise there is none. */
  readonly isParted: boolean;
}

/** @param file of the weights, named in the model by its last part */
export function builtWith(build: BuildModel, file: string): BuiltModel {
  const location = path.basename(file);
  let handle: number | undefined;
  let end = 0;
  try {
    const bytes = build((data) => {
      const offset = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
      try {
        handle ??= openSync(file, 'w');
        for (let done = 0; done < data.length;)
          done += writeSync(handle, data, done, data.length - done, offset + done);
      } catch (cause) {
        throw writeError(file, cause);
      }
      end = offset + data.length;
      return { location, offset };
    });
    return { bytes, isParted: handle !== undefined };
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
