/** Matrix product of two matrices, either of them transposed (ONNX Gemm without a bias). */
import { gemm } from '../build.ts';
import { at, commonType, type Operator } from '../operator.ts';
import { floats, type Attributes, type Shape } from '../tensor.ts';

function dimensions(a: Shape, b: Shape, attributes: Attributes): { m: number; n: number; k: number } {
  const [m, k] = attributes['transA'] === 1 ? a.toReversed() : a;
  const [k2, n] = attributes['transB'] === 1 ? b.toReversed() : b;
  const matrices = a.length === 2 && b.length === 2;
  if (!matrices || m === undefined || n === undefined || k === undefined || k !== k2) {
    throw new Error(`Gemm: shapes [${a.join(', ')}] and [${b.join(', ')}] do not fit`);
  }
  return { m, n, k };
}

export const MATRIX: readonly Operator[] = [
  {
    name: 'Gemm',
    infer: (inputs, attributes) => {
      const { m, n } = dimensions(at(inputs, 0).shape, at(inputs, 1).shape, attributes);
      return { type: commonType('Gemm', inputs), shape: [m, n] };
    },
    // With C = op(A) op(B): dA and dB are again products of the upstream gradient with the other factor.
    gradient: ({ inputs, attributes, upstream }) => {
      const [a, b] = [at(inputs, 0), at(inputs, 1)];
      const transA = attributes['transA'] === 1;
      const transB = attributes['transB'] === 1;
      return [
        transA ? gemm(b, upstream, { transA: transB, transB: true }) : gemm(upstream, b, { transB: !transB }),
        transB ? gemm(upstream, a, { transA: true, transB: transA }) : gemm(a, upstream, { transA: !transA }),
      ];
    },
    evaluate: (inputs, attributes) => {
      const [a, b] = [at(inputs, 0), at(inputs, 1)];
      const { m, n, k } = dimensions(a.shape, b.shape, attributes);
      const transA = attributes['transA'] === 1;
      const transB = attributes['transB'] === 1;
      const result = floats(a.type, m * n, () => 0);
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let total = 0;
          for (let l = 0; l < k; l++) {
            total +=
              Number(a.data[transA ? l * m + i : i * k + l]) * Number(b.data[transB ? j * k + l : l * n + j]);
          }
          result[i * n + j] = total;
        }
      }
      return result;
    },
  },
];
