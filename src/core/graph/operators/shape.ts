/** Operators that only rearrange or repeat. Target shapes are attributes here and become inputs when serialised. */
import { broadcastAxes, broadcastIndices, broadcastShapes } from '../broadcast.ts';
import { reshape, sum } from '../build.ts';
import { at, listAttribute, type Operator } from '../operator.ts';
import { elementCount, filled, sameShape, type Attributes, type Shape } from '../tensor.ts';

export const targetShape = (attributes: Attributes): Shape => listAttribute(attributes, 'shape');

export const SHAPES: readonly Operator[] = [
  {
    name: 'Reshape',
    infer: (inputs, attributes) => {
      const shape = targetShape(attributes);
      const from = at(inputs, 0).shape;
      if (elementCount(shape) !== elementCount(from) || shape.some((size) => size < 0)) {
        throw new Error(
          `Reshape: [${from.join(', ')}] does not hold as many numbers as [${shape.join(', ')}]`,
        );
      }
      return { type: at(inputs, 0).type, shape };
    },
    gradient: ({ inputs, upstream }) => [reshape(upstream, at(inputs, 0).shape)],
    evaluate: (inputs) => at(inputs, 0).data,
  },
  {
    name: 'Expand',
    infer: (inputs, attributes) => {
      const shape = targetShape(attributes);
      const from = at(inputs, 0).shape;
      if (!sameShape(broadcastShapes(from, shape), shape)) {
        throw new Error(`Expand: [${from.join(', ')}] does not repeat up to [${shape.join(', ')}]`);
      }
      return { type: at(inputs, 0).type, shape };
    },
    gradient: ({ inputs, upstream }) => {
      const shape = at(inputs, 0).shape;
      const axes = broadcastAxes(upstream.shape, shape);
      return [reshape(axes.length > 0 ? sum(upstream, axes, { keepDimensions: true }) : upstream, shape)];
    },
    evaluate: (inputs, _attributes, output) => {
      const x = at(inputs, 0);
      const indices = broadcastIndices(x.shape, output.shape);
      return filled(x.type, indices.length, (i) => Number(x.data[indices[i] ?? 0]));
    },
  },
];
