/** Layer normalisation over the last axis (Ba, Kiros and Hinton 2016), with the statistics its derivative needs. */
import { mean, multiply, part, subtract, sum } from '../build.ts';
import { at, numberAttribute, type GradientContext, type Operator, type Part } from '../operator.ts';
import { sameShape, type Attributes, type Tensor, type TensorType, type Values } from '../tensor.ts';

const MEAN = 1;
const INVERSE_DEVIATION = 2;

function statistics(x: Values, attributes: Attributes): readonly { mean: number; inverse: number }[] {
  const width = x.shape.at(-1) ?? 1;
  const epsilon = numberAttribute(attributes, 'epsilon', 1e-5);
  return Array.from({ length: x.data.length / width }, (_, row) => {
    const values = Array.from({ length: width }, (_, i) => Number(x.data[row * width + i]));
    const average = values.reduce((a, b) => a + b, 0) / width;
    const variance = values.reduce((a, b) => a + (b - average) ** 2, 0) / width;
    return { mean: average, inverse: 1 / Math.sqrt(variance + epsilon) };
  });
}

const statistic = (pick: 'mean' | 'inverse'): Part => ({
  infer: (inputs) => ({
    type: 'float32',
    shape: at(inputs, 0).shape.map((size, axis, { length }) => (axis === length - 1 ? 1 : size)),
  }),
  evaluate: (inputs, attributes) =>
    Float32Array.from(statistics(at(inputs, 0), attributes), (row) => row[pick]),
});

function infer(inputs: readonly TensorType[], attributes: Attributes): TensorType {
  const { shape } = at(inputs, 0);
  const axis = numberAttribute(attributes, 'axis', -1);
  if (shape.length === 0 || (axis !== -1 && axis !== shape.length - 1)) {
    throw new Error(
      `LayerNormalization: only over the last axis, not over axis ${axis} of [${shape.join(', ')}]`,
    );
  }
  const width = [shape.at(-1) ?? 1];
  for (const parameter of [at(inputs, 1), inputs[2]]) {
    if (parameter && !sameShape(parameter.shape, width)) {
      throw new Error(
        `LayerNormalization: a parameter of shape [${parameter.shape.join(', ')}] does not fit [${shape.join(', ')}]`,
      );
    }
  }
  return { type: 'float32', shape };
}

/**
 * With x̂ = (x − μ)/σ and t = γ∘dy: dx = (t − mean t − x̂·mean(t∘x̂))/σ, dγ = Σ dy∘x̂ and dβ = Σ dy over the rows.
 */
function gradient({ inputs, output, upstream }: GradientContext): readonly Tensor[] {
  const [x, scale] = [at(inputs, 0), at(inputs, 1)];
  const last = [x.shape.length - 1];
  const inverse = part(output, INVERSE_DEVIATION);
  const normal = multiply(subtract(x, part(output, MEAN)), inverse);
  const scaled = multiply(upstream, scale);
  const along = mean(multiply(scaled, normal), last, { keepDimensions: true });
  const centred = subtract(scaled, mean(scaled, last, { keepDimensions: true }));
  const rows = x.shape.slice(0, -1).map((_, axis) => axis);
  return [
    multiply(subtract(centred, multiply(normal, along)), inverse),
    sum(multiply(upstream, normal), rows),
    sum(upstream, rows),
  ];
}

export const LAYER_NORMALIZATION: readonly Operator[] = [
  {
    name: 'LayerNormalization',
    infer,
    gradient,
    parts: [statistic('mean'), statistic('inverse')],
    evaluate: (inputs, attributes) => {
      const [x, scale, shift] = [at(inputs, 0), at(inputs, 1), inputs[2]];
      const width = x.shape.at(-1) ?? 1;
      const rows = statistics(x, attributes);
      return Float32Array.from(x.data as Float32Array, (value, i) => {
        const row = at(rows, Math.floor(i / width));
        const normal = (value - row.mean) * row.inverse;
        return normal * Number(scale.data[i % width]) + Number(shift?.data[i % width] ?? 0);
      });
    },
  },
];
