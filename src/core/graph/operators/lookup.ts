/** Slices at integer positions (embeddings), and their counterpart for the derivative. */
import { apply, cast, equal, expand, gemm, reshape, transpose } from '../build.ts';
import { at, numberAttribute, type GradientContext, type Operator } from '../operator.ts';
import { constant, elementCount, filled, integers, scalar, type Shape, type Tensor } from '../tensor.ts';

/** Sizes before, along and behind the axis. */
function around(shape: Shape, axis: number): { before: number; size: number; behind: number } {
  return {
    before: elementCount(shape.slice(0, axis)),
    size: at(shape, axis),
    behind: elementCount(shape.slice(axis + 1)),
  };
}

/**
 * Adds up the rows of the gradient that fell on the same row of the table. ScatterND would add in any order, and in
 * ONNX Runtime's threads it loses updates to the same row now and then (seen in 1 run of 40 with 3 rows hit 1,024
 * times). So rows are added by a product with 0 and 1: with [table row = index] where the table is small; else with
 * [index = index], so that every writer of a row writes the same sum and their order does not matter.
 */
function rowGradient({ inputs, upstream }: GradientContext): readonly (Tensor | undefined)[] {
  const [table, indices] = [at(inputs, 0), at(inputs, 1)];
  const { size, behind } = around(table.shape, 0);
  const count = elementCount(indices.shape);
  const rows = reshape(upstream, [count, behind]);
  const column = reshape(indices, [count, 1]);
  const row = reshape(indices, [1, count]);
  if (size <= count) {
    const positions = reshape(integers(Array.from({ length: size }, (_, i) => i)), [size, 1]);
    return [reshape(gemm(cast(equal(positions, row), 'float32'), rows), table.shape), undefined];
  }
  const summed = gemm(cast(equal(column, row), 'float32'), rows);
  const zeros = expand(scalar(0), table.shape);
  const updates = reshape(summed, [count, ...table.shape.slice(1)]);
  return [apply('ScatterND', [zeros, column, updates]), undefined];
}

/** Along another axis than the first: that one is brought to the front, and back. */
function sliceGradient(context: GradientContext): readonly (Tensor | undefined)[] {
  const { inputs, attributes, upstream } = context;
  const [x, stated] = [at(inputs, 0), at(inputs, 1)];
  const axis = numberAttribute(attributes, 'axis', 0);
  const indices = fromFront(stated, at(x.shape, axis));
  if (axis === 0) return rowGradient({ ...context, inputs: [x, indices] });
  const axes = (from: number, to: number): readonly number[] =>
    Array.from({ length: to - from }, (_, i) => from + i);
  const behind = axis + indices.shape.length;
  const first = [axis, ...axes(0, axis), ...axes(axis + 1, x.shape.length)];
  const [rows] = rowGradient({
    ...context,
    inputs: [transpose(x, first), indices],
    upstream: transpose(upstream, [
      ...axes(axis, behind),
      ...axes(0, axis),
      ...axes(behind, upstream.shape.length),
    ]),
  });
  const back = first.map((_, position) => first.indexOf(position));
  return [rows && transpose(rows, back), undefined];
}

/** Positions that are known may be counted from the end. */
function fromFront(indices: Tensor, size: number): Tensor {
  const { source, type, shape } = indices;
  if (source.kind !== 'constant') return indices;
  const counted = (i: number): number => Number(source.data[i]) + (Number(source.data[i]) < 0 ? size : 0);
  return constant(filled(type, source.data.length, counted), shape);
}

export const LOOKUPS: readonly Operator[] = [
  {
    name: 'Gather',
    infer: (inputs, attributes) => {
      const [x, indices] = [at(inputs, 0), at(inputs, 1)];
      const axis = numberAttribute(attributes, 'axis', 0);
      if (x.shape[axis] === undefined || indices.type !== 'int64') {
        throw new Error(
          `Gather: no axis ${axis} of [${x.shape.join(', ')}] at positions of type ${indices.type}`,
        );
      }
      return {
        type: x.type,
        shape: [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)],
      };
    },
    gradient: sliceGradient,
    evaluate: (inputs, attributes) => {
      const [x, indices] = [at(inputs, 0), at(inputs, 1)];
      const { size, behind } = around(x.shape, numberAttribute(attributes, 'axis', 0));
      const count = indices.data.length;
      const total = size === 0 ? 0 : (x.data.length / size) * count;
      return filled(x.type, total, (i) => {
        const index = Number(indices.data[Math.floor(i / behind) % count]);
        const row = index < 0 ? index + size : index;
        if (row < 0 || row >= size) throw new Error(`Gather: position ${index} of ${size}`);
        return Number(x.data[(Math.floor(i / (behind * count)) * size + row) * behind + (i % behind)]);
      });
    },
  },
  {
    // Rows of the first input replaced by those of the last; the derivative is not needed, because it only serves in one.
    name: 'ScatterND',
    infer: (inputs) => {
      const [x, indices, updates] = [at(inputs, 0), at(inputs, 1), at(inputs, 2)];
      const [count, one] = indices.shape;
      const rows = elementCount(x.shape.slice(1));
      if (indices.shape.length !== 2 || one !== 1 || elementCount(updates.shape) !== (count ?? 0) * rows) {
        throw new Error(
          `ScatterND: rows [${updates.shape.join(', ')}] at [${indices.shape.join(', ')}] do not fit [${x.shape.join(', ')}]`,
        );
      }
      return { type: x.type, shape: x.shape };
    },
    evaluate: (inputs) => {
      const [x, indices, updates] = [at(inputs, 0), at(inputs, 1), at(inputs, 2)];
      const width = elementCount(x.shape.slice(1));
      const result = Float32Array.from(x.data, Number);
      for (const [position, index] of indices.data.entries()) {
        for (let i = 0; i < width; i++)
          result[Number(index) * width + i] = Number(updates.data[position * width + i]);
      }
      return result;
    },
  },
];
