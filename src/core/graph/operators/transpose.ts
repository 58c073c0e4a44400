/** Axes in another order. */
import { transpose } from '../build.ts';
import { at, listAttribute, type Operator } from '../operator.ts';
import { filled, type Shape } from '../tensor.ts';

/** For each element of a permuted tensor, where it stands in the original. */
function permutedIndices(shape: Shape, perm: readonly number[]): Int32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const sizes = perm.map((axis) => at(shape, axis));
  return Int32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => {
    let rest = i;
    let index = 0;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const size = at(sizes, axis);
      index += (rest % size) * (strides[at(perm, axis)] ?? 0);
      rest = Math.floor(rest / size);
    }
    return index;
  });
}

export const TRANSPOSE: readonly Operator[] = [
  {
    name: 'Transpose',
    infer: (inputs, attributes) => {
      const { type, shape } = at(inputs, 0);
      const perm = listAttribute(attributes, 'perm');
      if (perm.length !== shape.length || shape.some((_, axis) => !perm.includes(axis))) {
        throw new Error(`Transpose: [${perm.join(', ')}] does not order the axes of [${shape.join(', ')}]`);
      }
      return { type, shape: perm.map((axis) => at(shape, axis)) };
    },
    gradient: ({ attributes, upstream }) => {
      const perm = listAttribute(attributes, 'perm');
      return [
        transpose(
          upstream,
          perm.map((_, axis) => perm.indexOf(axis)),
        ),
      ];
    },
    evaluate: (inputs, attributes) => {
      const { type, shape, data } = at(inputs, 0);
      const indices = permutedIndices(shape, listAttribute(attributes, 'perm'));
      return filled(type, indices.length, (i) => Number(data[indices[i] ?? 0]));
    },
  },
];
