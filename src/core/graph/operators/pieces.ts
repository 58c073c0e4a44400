/** Taking tensors apart and putting them together along an axis. */
import { apply, slice } from '../build.ts';
import { at, listAttribute, numberAttribute, type Operator } from '../operator.ts';
import {
  elementCount,
  filled,
  type Attributes,
  type Shape,
  type TensorType,
  type Values,
} from '../tensor.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** What is kept of every axis. */
function ranges(shape: Shape, attributes: Attributes): readonly Range[] {
  const starts = listAttribute(attributes, 'starts');
  const ends = listAttribute(attributes, 'ends');
  const axes = listAttribute(attributes, 'axes');
  const kept = shape.map((size): Range => ({ start: 0, end: size }));
  axes.forEach((axis, i) => {
    const range = { start: at(starts, i), end: at(ends, i) };
    if (range.start < 0 || range.end < range.start || range.end > (shape[axis] ?? -1)) {
      throw new Error(
        `Slice: ${range.start} to ${range.end} is not within axis ${axis} of [${shape.join(', ')}]`,
      );
    }
    kept[axis] = range;
  });
  return kept;
}

/** The elements of a box within a larger tensor: calls back with the place in the box and in the whole. */
function eachOfBox(
  whole: Shape,
  box: Shape,
  corner: readonly number[],
  found: (inBox: number, inWhole: number) => void,
): void {
  const strides = whole.map((_, axis) => elementCount(whole.slice(axis + 1)));
  const count = elementCount(box);
  for (let i = 0; i < count; i++) {
    let rest = i;
    let place = 0;
    for (let axis = box.length - 1; axis >= 0; axis--) {
      const size = at(box, axis);
      place += ((rest % size) + at(corner, axis)) * at(strides, axis);
      rest = Math.floor(rest / size);
    }
    found(i, place);
  }
}

function padShape({ shape }: TensorType, attributes: Attributes): Shape {
  const pads = listAttribute(attributes, 'pads');
  if (pads.length !== 2 * shape.length || pads.some((pad) => pad < 0)) {
    throw new Error(`Pad: [${pads.join(', ')}] does not pad [${shape.join(', ')}]`);
  }
  return shape.map((size, axis) => size + at(pads, axis) + at(pads, axis + shape.length));
}

function concatShape(inputs: readonly TensorType[], axis: number): Shape {
  const first = at(inputs, 0);
  const fits = inputs.every(
    ({ type, shape }) =>
      type === first.type &&
      shape.length === first.shape.length &&
      shape.every((size, i) => i === axis || size === first.shape[i]),
  );
  if (!fits || first.shape[axis] === undefined) {
    const shapes = inputs.map(({ shape }) => `[${shape.join(', ')}]`).join(' and ');
    throw new Error(`Concat: ${shapes} do not join along axis ${axis}`);
  }
  const size = inputs.reduce((all, { shape }) => all + at(shape, axis), 0);
  return first.shape.map((other, i) => (i === axis ? size : other));
}

/** Start of each input along the axis. */
function offsets(inputs: readonly TensorType[], axis: number): readonly Range[] {
  let start = 0;
  return inputs.map(({ shape }) => {
    const range = { start, end: start + at(shape, axis) };
    start = range.end;
    return range;
  });
}

export const PIECES: readonly Operator[] = [
  {
    name: 'Slice',
    infer: (inputs, attributes) => {
      const { type, shape } = at(inputs, 0);
      return { type, shape: ranges(shape, attributes).map(({ start, end }) => end - start) };
    },
    gradient: ({ inputs, attributes, upstream }) => {
      const { shape } = at(inputs, 0);
      const kept = ranges(shape, attributes);
      const pads = [...kept.map(({ start }) => start), ...kept.map(({ end }, axis) => at(shape, axis) - end)];
      return [apply('Pad', [upstream], { pads })];
    },
    evaluate: (inputs, attributes, output) => {
      const x = at(inputs, 0);
      const corner = ranges(x.shape, attributes).map(({ start }) => start);
      const values = new Float64Array(elementCount(output.shape));
      eachOfBox(x.shape, output.shape, corner, (i, place) => (values[i] = Number(x.data[place])));
      return filled(x.type, values.length, (i) => values[i] ?? 0);
    },
  },
  {
    // With zeros.
    name: 'Pad',
    infer: (inputs, attributes) => {
      const x = at(inputs, 0);
      return { type: x.type, shape: padShape(x, attributes) };
    },
    gradient: ({ inputs, attributes, upstream }) => {
      const { shape } = at(inputs, 0);
      const starts = listAttribute(attributes, 'pads').slice(0, shape.length);
      const ends = shape.map((size, axis) => size + at(starts, axis));
      return [apply('Slice', [upstream], { starts, ends, axes: shape.map((_, axis) => axis) })];
    },
    evaluate: (inputs, attributes, output) => {
      const x = at(inputs, 0);
      const corner = listAttribute(attributes, 'pads').slice(0, x.shape.length);
      const values = new Float64Array(elementCount(output.shape));
      eachOfBox(output.shape, x.shape, corner, (i, place) => (values[place] = Number(x.data[i])));
      return filled(x.type, values.length, (i) => values[i] ?? 0);
    },
  },
  {
    name: 'Concat',
    infer: (inputs, attributes) => ({
      type: at(inputs, 0).type,
      shape: concatShape(inputs, numberAttribute(attributes, 'axis', 0)),
    }),
    gradient: ({ inputs, attributes, upstream }) => {
      const axis = numberAttribute(attributes, 'axis', 0);
      return offsets(inputs, axis).map(({ start, end }) => slice(upstream, axis, start, end));
    },
    evaluate: (inputs: readonly Values[], attributes, output) => {
      const axis = numberAttribute(attributes, 'axis', 0);
      const values = new Float64Array(elementCount(output.shape));
      offsets(inputs, axis).forEach(({ start }, position) => {
        const one = at(inputs, position);
        const corner = output.shape.map((_, i) => (i === axis ? start : 0));
        eachOfBox(output.shape, one.shape, corner, (i, place) => (values[place] = Number(one.data[i])));
      });
      return filled(output.type, values.length, (i) => values[i] ?? 0);
    },
  },
];
