/** Softmax over the last axis. */
import { multiply, subtract, sum } from '../build.ts';
import { at, numberAttribute, type GradientContext, type Operator } from '../operator.ts';
import { sameShape, type Tensor } from '../tensor.ts';

/**
 * Σ over each row of dP∘P, needed for dS = P∘(dP − rowsum(dP∘P)). In attention, where P is used only in O = P·V, it
 * equals the row sum of dO∘O (Dao et al. 2022, "FlashAttention", section 3.1 and appendix B), which is far smaller.
 */
function rowSums({ output, upstream, consumers }: GradientContext): Tensor {
  const [mixed, ...others] = consumers;
  const ofMixed = productOf(upstream)?.[0];
  const attention =
    mixed !== undefined &&
    others.length === 0 &&
    productOf(mixed)?.[0] === output &&
    ofMixed !== undefined &&
    sameShape(ofMixed.shape, mixed.shape);
  const pairs = attention ? multiply(ofMixed, mixed) : multiply(upstream, output);
  return sum(pairs, [output.shape.length - 1], { keepDimensions: true });
}

const productOf = ({ source }: Tensor): readonly Tensor[] | undefined =>
  source.kind === 'node' && source.operator === 'MatMul' ? source.inputs : undefined;

export const SOFTMAX: readonly Operator[] = [
  {
    name: 'Softmax',
    infer: (inputs, attributes) => {
      const { shape } = at(inputs, 0);
      const axis = numberAttribute(attributes, 'axis', -1);
      if (shape.length === 0 || (axis !== -1 && axis !== shape.length - 1)) {
        throw new Error(`Softmax: only over the last axis, not over axis ${axis} of [${shape.join(', ')}]`);
      }
      return { type: 'float32', shape };
    },
    gradient: (context) => [multiply(context.output, subtract(context.upstream, rowSums(context)))],
    evaluate: (inputs) => {
      const { data, shape } = at(inputs, 0);
      const width = shape.at(-1) ?? 1;
      const result = new Float32Array(data.length);
      for (let start = 0; start < data.length; start += width) {
        const row = Array.from({ length: width }, (_, i) => Number(data[start + i]));
        const largest = Math.max(...row);
        const powers = row.map((value) => Math.exp(value - largest));
        const all = powers.reduce((a, b) => a + b, 0);
        powers.forEach((value, i) => (result[start + i] = value / all));
      }
      return result;
    },
  },
];
