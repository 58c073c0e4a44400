/**
 * Guessing hidden words (Devlin et al. 2019) over an encoder that was exported without the head it was pretrained with.
 *
 * [ours] The head is new: one linear map of the hidden state, then the products with the encoder's own word embeddings
 * (tied, as BERT's decoder is) and one shift a word. The map starts at 0 and the shifts at the logarithms of the words'
 * frequencies, so that training starts from the best guess without reading and the head moves before the encoder does.
 */
import { add, gather, gemm, matmul, multiply, reshape, sum } from '../../graph/build.ts';
import { input, scalar, type Tensor } from '../../graph/tensor.ts';
import type { Parameter } from '../finetune/parameters.ts';
import { crossEntropy, type Measured } from './cross-entropy.ts';

export const MAP_WEIGHTS = 'guess.weights';
export const MAP_SHIFTS = 'guess.shifts';
export const WORD_SHIFTS = 'guess.words';

/** The map is trained at this scale, so that one rate suits head and encoder. [ours] */
const MAP_SCALE = 10;

/**
 * @param counts how often each word occurs in the training texts
 * @param rate the head's learning rate over the encoder's
 */
export function guessingParameters(
  dimension: number,
  counts: ArrayLike<number>,
  rate = 1,
): readonly Parameter[] {
  const all = Array.from(counts);
  const total = all.reduce((sum, count) => sum + count + 1, 0);
  return [
    {
      name: MAP_WEIGHTS,
      shape: [dimension, dimension],
      start: new Float32Array(dimension * dimension),
      rate,
    },
    { name: MAP_SHIFTS, shape: [dimension], start: new Float32Array(dimension), rate },
    {
      name: WORD_SHIFTS,
      shape: [all.length],
      rate,
      // As if every word had been seen once more.
      start: Float32Array.from(all, (count) => Math.log((count + 1) / total)),
    },
  ];
}

function named(parameters: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const tensor = parameters.get(name);
  if (!tensor) throw new Error(`the layout has no ${name}`);
  return tensor;
}

/**
 * Inputs `places` (int64, in the flattened batch), `words` (int64, what stood there) and `weights`, each of `slots`
 * numbers; a slot that is not used weighs 0.
 * @param hidden `[batch, length, dimension]` @param table `[words, dimension]`
 */
export function guessingLoss(
  hidden: Tensor,
  table: Tensor,
  parameters: ReadonlyMap<string, Tensor>,
  slots: number,
): Measured {
  const [batch = 0, length = 0, dimension = 0] = hidden.shape;
  const places = input('places', [slots], 'int64');
  const words = input('words', [slots], 'int64');
  const weights = input('weights', [slots, 1]);
  const map = multiply(named(parameters, MAP_WEIGHTS), scalar(MAP_SCALE));
  const shifts = named(parameters, WORD_SHIFTS);
  const states = gather(reshape(hidden, [batch * length, dimension]), places);
  const mapped = add(matmul(states, map), named(parameters, MAP_SHIFTS));
  const logits = add(gemm(mapped, table, { transB: true }), shifts);
  const products = sum(multiply(mapped, gather(table, words)), [1]);
  const right = reshape(add(products, gather(shifts, words)), [slots, 1]);
  return crossEntropy(logits, right, weights);
}
