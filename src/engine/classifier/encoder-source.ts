/** Where the encoder of a classifier lies, where it has one of its own. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import type { Provider } from '../../protocol/numerics.ts';
import { Encoder } from '../encoder/encoder.ts';
import { ENCODER_SPEC_FILE } from '../encoder/spec.ts';
import { loadTunedEncoder } from '../finetune/tuned.ts';
import type { LoadOn } from '../numerics/providers.ts';
import type { ClassifierDescription } from './format.ts';

export interface EncoderSource {
  readonly folder: string;
  readonly load: LoadOn<Provider>;
}

export const sourceAt = (folder: string): EncoderSource => ({
  folder,
  load: (provider) => Encoder.load(folder, { provider }),
});

/**
 * Fine-tuned from a base, in a folder of its own, or with the classifier, as exports have it; undefined: the built-in one.
 * @param folder of the classifier
 */
export function ownEncoder(
  folder: string,
  { finetuned, encoder }: Pick<ClassifierDescription, 'finetuned' | 'encoder'>,
): EncoderSource | undefined {
  if (finetuned) {
    const load: EncoderSource['load'] = (provider) => loadTunedEncoder(folder, finetuned, provider);
    return { folder: path.resolve(folder, finetuned.base.folder), load };
  }
  if (encoder.folder !== undefined) return sourceAt(path.resolve(folder, encoder.folder));
  return existsSync(path.join(folder, ENCODER_SPEC_FILE)) ? sourceAt(folder) : undefined;
}

/** @param classifier its folder @throws `encoder-missing` */
export function requireEncoder({ folder }: EncoderSource, classifier: string): void {
  if (existsSync(path.join(folder, ENCODER_SPEC_FILE))) return;
  throw new PatentLabError({
    code: 'encoder-missing',
    message: `The classifier in ${classifier} reads with the encoder in ${folder}, which is not there.`,
    remedy: 'Put the encoder back, or train the classifier again on another one.',
    place: { file: folder },
  });
}
