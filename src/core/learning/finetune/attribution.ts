/** What each word's embedding does to a number that the hidden states are weighed to: gradient × input, as a graph. */
import { multiply, sum } from '../../graph/build.ts';
import { gradients } from '../../graph/differentiate.ts';
import type { ImportedEncoder } from '../../graph/import/encoder.ts';
import { input, topologicalOrder, type Graph, type Tensor } from '../../graph/tensor.ts';
import { summed, type Pooling } from './classifier-graph.ts';
import { maskOf } from './step.ts';

const IDS_INPUT = 'input_ids';

/** The rows that the tokens' ids pick from the table of words, `[batch, length, width]`. */
export function wordEmbeddings({ hidden, inputs }: ImportedEncoder): Tensor {
  const ids = inputs.get(IDS_INPUT);
  const found = topologicalOrder([hidden]).find(({ source }) => {
    if (source.kind !== 'node' || source.operator !== 'Gather') return false;
    const [table, picks] = source.inputs;
    return (
      table?.type === 'float32' &&
      picks !== undefined &&
      ids !== undefined &&
      topologicalOrder([picks]).includes(ids)
    );
  });
  if (!found) throw new Error('the encoder looks no words up');
  return found;
}

/** What the tokens add to the text's vector, weighed with the input `direction` `[dimension]`; one number. */
export function weighedHidden(
  encoder: ImportedEncoder,
  pooling: Pooling,
  hidden: Tensor = encoder.hidden,
): Tensor {
  const direction = input('direction', [hidden.shape.at(-1) ?? 0]);
  return sum(multiply(summed(hidden, maskOf(encoder), pooling), direction));
}

/**
 * Output `effects`, `[batch, length]`: how much {@link weighedHidden} changes, to first order and for the whole of it,
 * with the length of each token's word embedding.
 */
export function attributionGraph(encoder: ImportedEncoder, pooling: Pooling): Graph {
  const words = wordEmbeddings(encoder);
  const [gradient] = gradients(weighedHidden(encoder, pooling), [words]);
  if (!gradient) throw new Error('no gradient');
  return { name: 'attribution', outputs: { effects: sum(multiply(gradient, words), [2]) } };
}
