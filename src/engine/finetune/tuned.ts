/** A fine-tuned encoder on disk: only what was trained, put into its base when it is loaded. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import { result } from '../../core/graph/compute.ts';
import { input } from '../../core/graph/tensor.ts';
import { changedWeights, encoderParameters, type Method } from '../../core/learning/finetune/method.ts';
import { cutOut, layoutOf, type Layout, valuesOf } from '../../core/learning/finetune/parameters.ts';
import { Random } from '../../core/random.ts';
import type { Provider } from '../../protocol/numerics.ts';
import { readVerified, sha256 } from '../classifier/store.ts';
import { tunedFile, type FinetunedDescription } from '../classifier/format.ts';
import { Encoder, type TunedWeights } from '../encoder/encoder.ts';
import { writeFileAtomically } from '../files/write.ts';
import { onnxCompute } from '../onnx/compute.ts';
import { openBase, type BaseModel } from './base.ts';
import { encoderAt, FEW_TOKENS } from './sessions.ts';

const encoderLayout = (base: BaseModel, method: Method): Layout =>
  layoutOf(encoderParameters(encoderAt(base, 1, FEW_TOKENS), method, new Random(0)));

/** The trained numbers of the encoder without the head's, little-endian. */
export function packTuned(
  base: BaseModel,
  method: Method,
  parameters: Float32Array,
  layout: Layout,
): { readonly bytes: Uint8Array; readonly sha256: string } {
  const own = encoderLayout(base, method);
  const values = new Float32Array(own.size);
  for (const { name, offset } of own.slots) values.set(valuesOf(parameters, layout, name), offset);
  const bytes = new Uint8Array(values.buffer);
  return { bytes, sha256: sha256(bytes) };
}

/** Identity of the encoder that a base and trained numbers make together. */
export const tunedIdentity = (base: string, trained: string): string => sha256(`${base}\n${trained}`);

export async function saveTuned(
  folder: string,
  tuned: { readonly bytes: Uint8Array; readonly sha256: string },
): Promise<string> {
  const file = tunedFile(tuned.sha256);
  await writeFileAtomically(path.join(folder, file), tuned.bytes);
  return file;
}

/** The weights of the base as they are after training, by the names of its stored tensors. */
export async function mergedWeights(
  base: BaseModel,
  method: Method,
  values: Float32Array,
): Promise<ReadonlyMap<string, Float32Array>> {
  const encoder = encoderAt(base, 1, FEW_TOKENS);
  const layout = encoderLayout(base, method);
  const changed = changedWeights(encoder, method, cutOut(input('parameters', [layout.size]), layout));
  const outputs = Object.fromEntries(changed.map(({ values: tensor }, i) => [`weight${i}`, tensor]));
  const executable = await onnxCompute.compile({ name: 'merge', outputs });
  try {
    const results = await executable.run({ parameters: values });
    return new Map(changed.map(({ stored }, i) => [stored, result(results, `weight${i}`)]));
  } finally {
    await executable.release();
  }
}

/** @throws `encoder-missing`, `encoder-hash-mismatch`, `classifier-weights-mismatch` */
export async function readTuned(
  folder: string,
  finetuned: FinetunedDescription,
): Promise<{ readonly base: BaseModel; readonly tuned: TunedWeights }> {
  const { base: stated, method } = finetuned;
  const place = path.resolve(folder, stated.folder);
  if (!existsSync(place)) {
    throw new PatentLabError({
      code: 'encoder-missing',
      message: `The classifier in ${folder} was fine-tuned from the encoder in ${place}, which is not there.`,
      remedy: 'Put the encoder back, or export the classifier where it is.',
      place: { file: place },
    });
  }
  const bytes = await readVerified(folder, finetuned);
  const base = await openBase(place);
  if (base.spec.sha256 !== stated.sha256) {
    throw new PatentLabError({
      code: 'encoder-hash-mismatch',
      message: `The encoder in ${place} is not the one that the classifier was fine-tuned from.`,
      remedy: 'Put the right encoder back, or fine-tune again.',
      place: { file: place },
    });
  }
  const values = new Float32Array(new Uint8Array(bytes).buffer);
  const weights = await mergedWeights(base, method, values);
  return { base, tuned: { weights, sha256: tunedIdentity(base.spec.sha256, finetuned.sha256) } };
}

export async function loadTunedEncoder(
  folder: string,
  finetuned: FinetunedDescription,
  provider: Provider = 'cpu',
): Promise<Encoder> {
  const { base, tuned } = await readTuned(folder, finetuned);
  return Encoder.load(base.folder, { tuned, provider });
}
