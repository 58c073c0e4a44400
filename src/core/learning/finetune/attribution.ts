/**
 * What each word does to a number that the hidden states are weighed to, as a graph: gradient × input, where the input is
 * a word's embedding less the average one of its window. Without that, encoders that normalise the embedding of a word
 * alone (ModernBERT) would be told that no word matters: its length makes no difference to them. [ours]
 */
import { divide, multiply, reshape, subtract, sum } from '../../graph/build.ts';
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

/** How each token's word embedding differs from the window's average, `[batch, length, width]`. */
export function wordDifferences(encoder: ImportedEncoder): Tensor {
  const words = wordEmbeddings(encoder);
  const [batch = 0, , width = 0] = words.shape;
  const mask = maskOf(encoder);
  const average = divide(summed(words, mask, 'mean'), sum(mask, [1], { keepDimensions: true }));
  return subtract(words, reshape(average, [batch, 1, width]));
}

/**
 * Output `effects`, `[batch, length]`: how much {@link weighedHidden} would fall, to first order, if each token's word
 * became the average one of its window.
 */
export function attributionGraph(encoder: ImportedEncoder, pooling: Pooling): Graph {
  const [gradient] = gradients(weighedHidden(encoder, pooling), [wordEmbeddings(encoder)]);
  if (!gradient) throw new Error('no gradient');
  return {
    name: 'attribution',
    outputs: { effects: sum(multiply(gradient, wordDifferences(encoder)), [2]) },
  };
}
