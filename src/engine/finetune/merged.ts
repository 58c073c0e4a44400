/** A trained encoder as an encoder folder of its own: one plain ONNX file with the trained numbers in their places. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { withWeights } from '../../core/graph/import/patch.ts';
import { sha256 } from '../classifier/store.ts';
import { copyOne, TOKENIZER_FILES } from '../encoder/copy.ts';
import { externalReader } from '../encoder/external-data.ts';
import { ENCODER_SPEC_FILE, type EncoderSpec } from '../encoder/spec.ts';
import { writeFileAtomically } from '../files/write.ts';
import type { BaseModel } from './base.ts';

const MODEL_FILE = 'model.onnx';
/** What a publisher puts beside a model, taken along where it is there. */
const COMPANIONS = ['config.json', 'LICENSE'];

export interface WrittenEncoder {
  readonly spec: EncoderSpec;
  readonly files: readonly string[];
}

/** The base's file with some of its stored tensors exchanged, by their names; data beside the file is taken in. */
export async function mergedModel(
  { folder, spec }: BaseModel,
  weights: ReadonlyMap<string, Float32Array>,
): Promise<Uint8Array> {
  return withWeights(await readFile(path.join(folder, spec.model)), weights, externalReader(folder));
}

/** @param bytes of the merged model @param id of the encoder that they are */
export async function writeMergedEncoder(
  { folder: from, spec: published }: BaseModel,
  bytes: Uint8Array,
  folder: string,
  id = published.id,
): Promise<WrittenEncoder> {
  const spec: EncoderSpec = {
    ...published,
    id,
    model: MODEL_FILE,
    sha256: sha256(bytes),
    precision: 'fp32',
  };
  await writeFileAtomically(path.join(folder, MODEL_FILE), bytes);
  const companions = COMPANIONS.filter((name) => existsSync(path.join(from, name)));
  for (const name of [...TOKENIZER_FILES, ...companions]) await copyOne(from, folder, name);
  await writeFileAtomically(path.join(folder, ENCODER_SPEC_FILE), `${JSON.stringify(spec, null, 2)}\n`);
  return { spec, files: [MODEL_FILE, ...TOKENIZER_FILES, ...companions, ENCODER_SPEC_FILE] };
}
