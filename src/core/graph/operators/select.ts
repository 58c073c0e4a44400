/** The k greatest or least of a row: positions, which have no derivative; what stands there can be looked up. */
import { at, type Operator } from '../operator.ts';
import type { Attributes, Shape, Values } from '../tensor.ts';

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
];
