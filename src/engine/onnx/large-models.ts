/**
 * Models beyond what one file of this format can hold (2 GB): the weights go into a file beside the model, in a folder
 * that is gone when the runtime has read it.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StoreData } from '../../core/graph/serialise.ts';
import { writeError } from '../files/errors.ts';
import { createSession, type ort, type SessionOptions } from './runtime.ts';

const MODEL_FILE = 'model.onnx';
const DATA_FILE = 'weights.bin';
/** Files that are mapped into memory want tensors at borders of pages. */
const ALIGNMENT = 4096;

/** @param build gives the model's file, having put its large tensors into `store` @throws `disk-full`, `write-failed` */
export async function sessionWithData(
  build: (store: StoreData) => Uint8Array,
  options: SessionOptions = {},
): Promise<ort.InferenceSession> {
  const folder = await mkdtemp(path.join(tmpdir(), 'patent-lab-model-'));
  try {
    const file = path.join(folder, MODEL_FILE);
    await writeFile(file, builtWith(build, path.join(folder, DATA_FILE))).catch((cause: unknown) => {
      throw writeError(file, cause);
    });
    return await createSession(file, options);
  } finally {
    // Where the runtime holds the files open (Windows), they stay until the system clears its temporary folder.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

function builtWith(build: (store: StoreData) => Uint8Array, file: string): Uint8Array {
  const handle = openSync(file, 'w');
  let end = 0;
  try {
    return build((bytes) => {
      const offset = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
      try {
        for (let done = 0; done < bytes.length;)
          done += writeSync(handle, bytes, done, bytes.length - done, offset + done);
      } catch (cause) {
        throw writeError(file, cause);
      }
      end = offset + bytes.length;
      return { location: DATA_FILE, offset };
    });
  } finally {
    closeSync(handle);
  }
}
