/** The word embeddings of an encoder: the table from which the input ids are looked up. */
import { PatentLabError } from '../../errors.ts';
import type { ImportedEncoder } from '../../graph/import/encoder.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { wordLookup } from '../finetune/attribution.ts';

export interface WordTable {
  /** Name of the stored tensor. */
  readonly stored: string;
  /** `[words, width]` */
  readonly table: Tensor;
}

/** @throws `adaptation-unsupported` where words are not looked up in one stored table, or it is not as wide as the output */
export function wordTable(encoder: ImportedEncoder): WordTable {
  const { hidden, weights } = encoder;
  const lookup = wordLookup(encoder);
  const table = lookup?.source.kind === 'node' ? lookup.source.inputs[0] : undefined;
  const stored = [...weights].find(([, tensor]) => tensor === table)?.[0];
  if (!table || stored === undefined) throw unsupported('its words are not looked up in one stored table');
  const [width, output] = [table.shape.at(-1) ?? 0, hidden.shape.at(-1) ?? 0];
  if (width !== output) throw unsupported(`its word embeddings are ${width} wide and its output ${output}`);
  return { stored, table };
}

const unsupported = (why: string): PatentLabError =>
  new PatentLabError({
    code: 'adaptation-unsupported',
    message: `Masked words cannot be guessed with this encoder: ${why}.`,
    remedy: 'Adapt it with --objective contrastive, or take another encoder.',
  });
