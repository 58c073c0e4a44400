/**
 * Operators that pick: the least, the greatest, the k greatest, and comparisons. They say which number it is, so that
 * what reads them needs no derivative, and they have none.
 */
import { broadcastIndices, broadcastShapes } from '../broadcast.ts';
import { at, commonType, type Operator } from '../operator.ts';
import { floats, type Attributes, type Shape, type Values } from '../tensor.ts';
import { inferReduction, reducedTo, reductionAxes } from './reduce.ts';

function extreme(name: string, better: (candidate: number, sofar: number) => boolean): Operator {
  return {
    name,
    infer: (inputs, attributes) => {
      const { shape } = at(inputs, 0);
      if (reductionAxes(attributes).some((axis) => shape[axis] === 0)) {
        throw new Error(`${name}: nothing to choose from in [${shape.join(', ')}]`);
      }
      return inferReduction(inputs, attributes);
    },
    evaluate: (inputs, attributes, { type }) => {
      const x = at(inputs, 0);
      const { size, target } = reducedTo(x.shape, reductionAxes(attributes));
      const found = new Array<number | undefined>(size).fill(undefined);
      for (let i = 0; i < x.data.length; i++) {
        const value = Number(x.data[i]);
        const sofar = found[target(i)];
        if (sofar === undefined || better(value, sofar)) found[target(i)] = value;
      }
      return floats(type, size, (i) => found[i] ?? Number.NaN);
    },
  };
}

interface TopK {
  readonly rows: number;
  readonly columns: number;
  readonly k: number;
}

function topK(shape: Shape, attributes: Attributes): TopK {
  const [rows, columns] = shape;
  const k = Array.isArray(attributes['k']) ? (attributes['k'] as readonly number[])[0] : undefined;
  if (shape.length !== 2 || rows === undefined || columns === undefined || attributes['axis'] !== 1) {
    throw new Error(`TopK: takes the rows of a matrix, not [${shape.join(', ')}]`);
  }
  if (k === undefined || k < 1 || k > columns) throw new Error(`TopK: ${k} of ${columns} columns`);
  return { rows, columns, k };
}

function topOf({ data }: Values, { columns, k }: TopK, row: number, sign: number): number[] {
  const valueAt = (column: number): number => sign * Number(data[row * columns + column]);
  return Array.from({ length: columns }, (_, column) => column)
    .sort((a, b) => valueAt(b) - valueAt(a) || a - b)
    .slice(0, k);
}

export const SELECTIONS: readonly Operator[] = [
  extreme('ReduceMin', (candidate, sofar) => candidate < sofar),
  extreme('ReduceMax', (candidate, sofar) => candidate > sofar),
  {
    // ONNX gives values and positions; the positions are the result here, from which values can be looked up.
    name: 'TopK',
    infer: (inputs, attributes) => {
      const { rows, k } = topK(at(inputs, 0).shape, attributes);
      return { type: 'int64', shape: [rows, k] };
    },
    evaluate: (inputs, attributes) => {
      const x = at(inputs, 0);
      const problem = topK(x.shape, attributes);
      const sign = attributes['largest'] === 0 ? -1 : 1;
      const positions = Array.from({ length: problem.rows }, (_, row) => topOf(x, problem, row, sign));
      return BigInt64Array.from(positions.flat(), BigInt);
    },
  },
  {
    name: 'LessOrEqual',
    infer: (inputs) => {
      commonType('LessOrEqual', inputs);
      return { type: 'bool', shape: broadcastShapes(at(inputs, 0).shape, at(inputs, 1).shape) };
    },
    evaluate: (inputs, _attributes, output) => {
      const [a, b] = [at(inputs, 0), at(inputs, 1)];
      const ia = broadcastIndices(a.shape, output.shape);
      const ib = broadcastIndices(b.shape, output.shape);
      return Uint8Array.from(ia, (index, i) => (Number(a.data[index]) <= Number(b.data[ib[i] ?? 0]) ? 1 : 0));
    },
  },
];
