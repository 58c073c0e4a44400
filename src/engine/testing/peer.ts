/** The same model through the library that published it: the peer our encoder is held against. */
import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from './folder.ts';
import { ENCODER } from './repository.ts';

const MODEL = 'Xenova/all-MiniLM-L6-v2';

/** Embeds one text: mean over all tokens, L2-normalised. */
export type Peer = (text: string) => Promise<Float32Array>;

/** Lays the local model out as the library wants it; nothing is fetched. */
export async function transformersPeer(): Promise<Peer> {
  const { env, pipeline } = await import('@huggingface/transformers');
  const models = await temporaryFolder();
  const folder = path.join(models, ...MODEL.split('/'));
  await mkdir(path.join(folder, 'onnx'), { recursive: true });
  for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json']) {
    await symlink(path.join(ENCODER, name), path.join(folder, name));
  }
  await symlink(path.join(ENCODER, 'model.onnx'), path.join(folder, 'onnx', 'model_quantized.onnx'));
  env.allowRemoteModels = false;
  env.localModelPath = models;
  env.cacheDir = path.join(models, 'cache');
  const extract = await pipeline('feature-extraction', MODEL, { dtype: 'q8', device: 'cpu' });
  return async (text) => {
    const output = await extract(text, { pooling: 'mean', normalize: true });
    return Float32Array.from(output.data as Float32Array);
  };
}
