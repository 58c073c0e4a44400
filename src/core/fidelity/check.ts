/** Embeddings must be numbers, and of one encoder: distances between anything else would look like distances. */
import { PatentLabError } from '../errors.ts';
import { notFinite } from './embeddings.ts';
import type { FidelitySet } from './facts.ts';

/** @throws PatentLabError `embeddings-invalid`, the document named. */
export function checkSet({ documents, embeddings }: FidelitySet): void {
  if (embeddings.rows !== documents.length) {
    throw new RangeError(`${documents.length} documents have ${embeddings.rows} embeddings`);
  }
  const row = notFinite(embeddings);
  if (row !== undefined) throw notANumber(documents[row]?.id ?? '');
}

/** @throws PatentLabError `embeddings-invalid` where the two are of different encoders. */
export function checkComparable(real: FidelitySet, synthetic: FidelitySet): void {
  if (real.embeddings.dimension !== synthetic.embeddings.dimension || real.encoder !== synthetic.encoder) {
    throw differentEncoders(real, synthetic);
  }
}

const notANumber = (id: string): PatentLabError =>
  new PatentLabError({
    code: 'embeddings-invalid',
    message: `The embedding of ${id} holds something that is no finite number.`,
    remedy:
      'Delete the cache folder in .patent-lab and score again; if that does not help, leave the document out.',
  });

const differentEncoders = (real: FidelitySet, synthetic: FidelitySet): PatentLabError => {
  const named = ({ encoder, embeddings }: FidelitySet): string =>
    `${encoder ?? 'an encoder'} (${embeddings.dimension} numbers)`;
  return new PatentLabError({
    code: 'embeddings-invalid',
    message: `The embeddings are of different encoders: ${named(real)} and ${named(synthetic)}.`,
    remedy: 'Encode both sets with the same encoder.',
  });
};
