/** A trained encoder as an encoder folder of its own: one plain ONNX file with the trained numbers in their places. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ReadExternal } from '../../core/graph/import/initialisers.ts';
import { withWeights, type WithWeightsOptions } from '../../core/graph/import/patch.ts';
import { sha256 } from '../classifier/store.ts';
import { copyOne, TOKENIZER_FILES } from '../encoder/copy.ts';
import { readModelFile } from '../encoder/model-file.ts';
import { ENCODER_SPEC_FILE, type EncoderSpec } from '../encoder/spec.ts';
import { requireApart, type KeptFolder } from '../files/places.ts';
import { writeTogether } from '../files/together.ts';
import { writeFileAtomically } from '../files/write.ts';
import { builtWith } from '../onnx/large-models.ts';
import type { BaseModel } from './base.ts';

export const MODEL_FILE = 'model.onnx';
/** Beside the model, where that cannot hold its weights. */
const DATA_FILE = 'model.onnx.data';
/** What a publisher puts beside a model, taken along where it is there. */
const COMPANIONS = ['config.json', 'LICENSE'];

/** By the names of the stored tensors. */
type Weights = ReadonlyMap<string, Float32Array>;

/** For tests: how much one file holds. */
export type FileLimit = Pick<WithWeightsOptions, 'mostInside'>;

export interface WrittenEncoder {
  readonly spec: EncoderSpec;
  readonly files: readonly string[];
}

/**
 * The base's model with some of its stored tensors exchanged; data beside the file is taken in.
 * @throws `model-too-large` where one file cannot hold it all
 */
export async function mergedModel({ folder, spec }: BaseModel, weights: Weights): Promise<Uint8Array> {
  const { bytes, readExternal } = await readModelFile(path.join(folder, spec.model), spec.output);
  return withWeights(bytes, weights, { readExternal });
}

/**
 * @param id of the encoder that the weights make
 * @throws `usage` where the base would be overwritten
 */
export async function writeMergedEncoder(
  { folder: from, spec: published }: BaseModel,
  weights: Weights,
  folder: string,
  { id, ...limit }: FileLimit & { readonly id: string },
): Promise<WrittenEncoder> {
  await requireApart([folder], encoderPlaces(from, published));
  const model = await readModelFile(path.join(from, published.model), published.output);
  return writeTogether(folder, async (stage) => {
    const written = await writeModel(model, weights, stage, limit);
    const spec = { ...published, id, model: MODEL_FILE, sha256: written.sha256 };
    const companions = await copyCompanions(from, stage);
    await writeSpec(stage, spec);
    return { spec, files: [...written.files, ...companions, ENCODER_SPEC_FILE] };
  });
}

/** Where an encoder's files lie, which nothing that is made of it may replace. */
export const encoderPlaces = (folder: string, { model }: EncoderSpec): readonly KeptFolder[] =>
  [folder, path.dirname(path.join(folder, model))].map((place) => ({
    folder: place,
    name: 'the base encoder',
  }));

/** A model with the weights in their places, what is too large for its file beside it. */
export async function writeModel(
  { bytes: model, readExternal }: { readonly bytes: Uint8Array; readonly readExternal: ReadExternal },
  weights: Weights,
  folder: string,
  limit: FileLimit = {},
): Promise<{ readonly files: readonly string[]; readonly sha256: string }> {
  const { bytes, isParted } = builtWith(
    (store) => withWeights(model, weights, { ...limit, readExternal, store }),
    path.join(folder, DATA_FILE),
  );
  await writeFileAtomically(path.join(folder, MODEL_FILE), bytes);
  return { files: isParted ? [DATA_FILE, MODEL_FILE] : [MODEL_FILE], sha256: sha256(bytes) };
}

/** The tokenizer, and what a publisher puts beside a model. @returns the names of the files */
export async function copyCompanions(from: string, to: string): Promise<readonly string[]> {
  const companions = COMPANIONS.filter((name) => existsSync(path.join(from, name)));
  const all = [...TOKENIZER_FILES, ...companions];
  for (const name of all) await copyOne(from, to, name);
  return all;
}

export const writeSpec = (folder: string, spec: EncoderSpec): Promise<void> =>
  writeFileAtomically(path.join(folder, ENCODER_SPEC_FILE), `${JSON.stringify(spec, null, 2)}\n`);
