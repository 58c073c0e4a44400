/** A trained encoder as an encoder folder of its own: one plain ONNX file with the trained numbers in their places. */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { withWeights, type WithWeightsOptions } from '../../core/graph/import/patch.ts';
import { sha256 } from '../classifier/store.ts';
import { copyOne, TOKENIZER_FILES } from '../encoder/copy.ts';
import { externalReader } from '../encoder/external-data.ts';
import { ENCODER_SPEC_FILE, type EncoderSpec } from '../encoder/spec.ts';
import { writeFileAtomically } from '../files/write.ts';
import { builtWith } from '../onnx/large-models.ts';
import type { BaseModel } from './base.ts';

const MODEL_FILE = 'model.onnx';
/** Beside the model, where that cannot hold its weights. */
const DATA_FILE = 'model.onnx.data';
/** What a publisher puts beside a model, taken along where it is there. */
const COMPANIONS = ['config.json', 'LICENSE'];

/** By the names of the stored tensors. */
type Weights = ReadonlyMap<string, Float32Array>;

export interface WrittenEncoder {
  readonly spec: EncoderSpec;
  readonly files: readonly string[];
}

/**
 * The base's file with some of its stored tensors exchanged; data beside the file is taken in.
 * @throws `model-too-large` where one file cannot hold it all
 */
export async function mergedModel({ folder, spec }: BaseModel, weights: Weights): Promise<Uint8Array> {
  const published = await readFile(path.join(folder, spec.model));
  return withWeights(published, weights, { readExternal: externalReader(folder) });
}

/** @param id of the encoder that the weights make */
export async function writeMergedEncoder(
  { folder: from, spec: published }: BaseModel,
  weights: Weights,
  folder: string,
  { id = published.id, ...options }: Pick<WithWeightsOptions, 'mostInside'> & { readonly id?: string } = {},
): Promise<WrittenEncoder> {
  const model = await readFile(path.join(from, published.model));
  const readExternal = externalReader(from);
  await mkdir(folder, { recursive: true });
  const { bytes, isParted } = builtWith(
    (store) => withWeights(model, weights, { ...options, readExternal, store }),
    path.join(folder, DATA_FILE),
  );
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
  const models = isParted ? [MODEL_FILE, DATA_FILE] : [MODEL_FILE];
  return { spec, files: [...models, ...TOKENIZER_FILES, ...companions, ENCODER_SPEC_FILE] };
}
