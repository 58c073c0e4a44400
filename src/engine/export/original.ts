/** The classifier that is exported, as it is: fine-tuned, or a head on an encoder as it was published. */
import { loadClassifier, readDescription, type StoredClassifier } from '../classifier/store.ts';
import { Encoder } from '../encoder/encoder.ts';
import { readTuned } from '../finetune/tuned.ts';

export interface Original {
  readonly classifier: StoredClassifier;
  readonly encoder: Encoder;
  /** Where the encoder lies as it was before it was trained. */
  readonly base: string;
  /** What was trained of it, by the names of the stored tensors. */
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/**
 * @param folder of the classifier @param frozen where its encoder lies if nothing of it was trained
 * @throws what reading either throws
 */
export async function openOriginal(folder: string, frozen: string): Promise<Original> {
  const { finetuned } = await readDescription(folder);
  const { base, weights, encoder } = finetuned
    ? await tunedOriginal(folder, finetuned)
    : { base: frozen, weights: new Map<string, Float32Array>(), encoder: await Encoder.load(frozen) };
  return { base, weights, encoder, classifier: await loadClassifier(folder, encoder.spec) };
}

async function tunedOriginal(
  folder: string,
  finetuned: Parameters<typeof readTuned>[1],
): Promise<Omit<Original, 'classifier'>> {
  const { base, tuned } = await readTuned(folder, finetuned);
  const encoder = await Encoder.load(base.folder, { tuned });
  return { base: base.folder, weights: tuned.weights, encoder };
}
