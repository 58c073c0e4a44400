/** The word embeddings of an encoder: the table from which the input ids are looked up. */
import { PatentLabError } from '../../errors.ts';
import type { ImportedEncoder } from '../../graph/import/encoder.ts';
import { topologicalOrder, type Tensor } from '../../graph/tensor.ts';

export interface WordTable {
  /** Name of the stored tensor. */
  readonly stored: string;
  /** `[words, width]` */
  readonly table: Tensor;
}

export const IDS_INPUT = 'input_ids';

/** @throws `adaptation-unsupported` where words are not looked up in one stored table, or it is not as wide as the output */
export function wordTable({ hidden, inputs, weights }: ImportedEncoder): WordTable {
  const ids = inputs.get(IDS_INPUT);
  const names = new Map([...weights].map(([name, tensor]) => [tensor, name]));
  for (const { source } of topologicalOrder([hidden])) {
    if (source.kind !== 'node' || source.operator !== 'Gather' || source.inputs[1] !== ids) continue;
    const [table] = source.inputs;
    const stored = table && names.get(table);
    if (!table || stored === undefined || table.shape.length !== 2) continue;
    if (table.shape[1] === hidden.shape.at(-1)) return { stored, table };
    throw unsupported(
      `its word embeddings are ${table.shape[1] ?? 0} wide and its output ${hidden.shape.at(-1) ?? 0}`,
    );
  }
  throw unsupported('its words are not looked up in one stored table');
}

const unsupported = (why: string): PatentLabError =>
  new PatentLabError({
    code: 'adaptation-unsupported',
    message: `Masked words cannot be guessed with this encoder: ${why}.`,
    remedy: 'Adapt it with --objective contrastive, or take another encoder.',
  });
