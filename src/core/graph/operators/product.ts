/** Matrix products over the last two axes; the axes before them broadcast. */
import { broadcastIndices, broadcastShapes } from '../broadcast.ts';
import { gemm, matmul, reshape, transposeMatrices } from '../build.ts';
import { at, type Operator } from '../operator.ts';
import { elementCount, type Shape, type Tensor } from '../tensor.ts';

interface Dimensions {
  /** The axes before the last two, of the result. */
  readonly batch: Shape;
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

function dimensions(a: Shape, b: Shape): Dimensions {
  const [m, k] = a.slice(-2);
  const [k2, n] = b.slice(-2);
  if (m === undefined || n === undefined || k === undefined || k !== k2) {
    throw new Error(`MatMul: shapes [${a.join(', ')}] and [${b.join(', ')}] do not fit`);
  }
  return { batch: broadcastShapes(a.slice(0, -2), b.slice(0, -2)), m, n, k };
}

/** A stack of matrices as one, its rows one below the other. */
const stacked = (x: Tensor): Tensor => {
  const width = x.shape.at(-1) ?? 0;
  return reshape(x, [elementCount(x.shape.slice(0, -1)), width]);
};

export const PRODUCTS: readonly Operator[] = [
  {
    name: 'MatMul',
    infer: (inputs) => {
      const { batch, m, n } = dimensions(at(inputs, 0).shape, at(inputs, 1).shape);
      return { type: 'float32', shape: [...batch, m, n] };
    },
    gradient: ({ inputs, upstream }) => {
      const [a, b] = [at(inputs, 0), at(inputs, 1)];
      // One matrix for the whole stack: its gradient is one product, not a sum over the stack.
      if (b.shape.length === 2) {
        const rows = stacked(upstream);
        return [reshape(gemm(rows, b, { transB: true }), a.shape), gemm(stacked(a), rows, { transA: true })];
      }
      return [matmul(upstream, transposeMatrices(b)), matmul(transposeMatrices(a), upstream)];
    },
    evaluate: (inputs) => {
      const [a, b] = [at(inputs, 0), at(inputs, 1)];
      const { batch, m, n, k } = dimensions(a.shape, b.shape);
      const ia = broadcastIndices(a.shape.slice(0, -2), batch);
      const ib = broadcastIndices(b.shape.slice(0, -2), batch);
      const result = new Float32Array(elementCount(batch) * m * n);
      for (let cell = 0; cell < result.length; cell++) {
        const stack = Math.floor(cell / (m * n));
        const row = ((ia[stack] ?? 0) * m + (Math.floor(cell / n) % m)) * k;
        const column = (ib[stack] ?? 0) * k * n + (cell % n);
        let total = 0;
        for (let l = 0; l < k; l++) total += Number(a.data[row + l]) * Number(b.data[column + l * n]);
        result[cell] = total;
      }
      return result;
    },
  },
];
