/** The model of an encoder folder, read to be trained. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import { bytesOf } from '../../core/graph/memory.ts';
import { readModel, type ModelSource } from '../../core/graph/import/model.ts';
import { externalReader } from '../encoder/external-data.ts';
import { readEncoderSpec, verifyEncoder, type EncoderSpec } from '../encoder/spec.ts';
import { readError } from '../files/errors.ts';

export interface BaseModel {
  readonly folder: string;
  readonly spec: EncoderSpec;
  readonly source: ModelSource;
}

/** Bytes of the published weights. */
export const weightsOf = ({ source }: BaseModel): number =>
  [...source.weights.values()].reduce((sum, tensor) => sum + bytesOf(tensor), 0);

/** @throws `encoder-missing`, `encoder-hash-mismatch`, `model-invalid`, `model-quantised`, `model-external-data` */
export async function openBase(folder: string): Promise<BaseModel> {
  const spec = await readEncoderSpec(folder);
  await verifyEncoder(folder, spec);
  const file = path.join(folder, spec.model);
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw readError(file, cause);
  });
  try {
    return { folder, spec, source: readModel(bytes, externalReader(folder)) };
  } catch (cause) {
    throw cause instanceof PatentLabError ? cause.in(file) : cause;
  }
}
