/** Functions of one or two numbers that joined later than the basic ones. */
import { matrix, single, vector, whole, type OperatorCases, type Refusal } from './case.ts';

const UNARY: readonly Refusal[] = [{ shapes: [], error: 'operator input 0 is missing' }];
const BINARY: readonly Refusal[] = [
  { shapes: [[2], [3]], error: 'shapes [2] and [3] do not broadcast' },
  { shapes: [[2]], error: 'operator input 1 is missing' },
];

const ANYWHERE = [{ shapes: [[3, 2]] }, { shapes: [[]] }];

export const FUNCTION_CASES: Readonly<Record<string, OperatorCases>> = {
  Sin: {
    values: [{ inputs: [vector(0, Math.PI / 2, -1)], output: vector(0, 1, -0.8414709848078965) }],
    refusals: UNARY,
    gradients: ANYWHERE,
  },
  Cos: {
    values: [{ inputs: [vector(0, Math.PI, 1)], output: vector(1, -1, 0.5403023058681398) }],
    refusals: UNARY,
    gradients: ANYWHERE,
  },
  Abs: {
    values: [
      { inputs: [vector(1, -2, 0)], output: vector(1, 2, 0) },
      { inputs: [whole(-3, 4)], output: whole(3, 4) },
    ],
    refusals: UNARY,
    gradients: ANYWHERE,
  },
  Erf: {
    // SciPy's erf.
    values: [
      {
        inputs: [vector(0, 0.5, -1, 2.5, 4, -9)],
        output: vector(0, 0.5204998778130465, -0.8427007929497149, 0.999593047982555, 0.9999999845827421, -1),
      },
    ],
    refusals: UNARY,
    gradients: ANYWHERE,
  },
  Gelu: {
    // PyTorch's gelu in double precision.
    values: [
      {
        inputs: [vector(0, 1, -1, 3, -30)],
        output: vector(0, 0.8413447460685429, -0.15865525393145707, 2.9959503059072867, 0),
      },
      {
        inputs: [vector(0, 1, -1, 3)],
        attributes: { approximate: 'tanh' },
        output: vector(0, 0.8411919906082768, -0.15880800939172324, 2.996362607273283),
      },
    ],
    refusals: UNARY,
    gradients: [...ANYWHERE, { shapes: [[4]], attributes: { approximate: 'tanh' } }],
  },
  Pow: {
    values: [
      { inputs: [vector(2, -3, 4), single(2)], output: vector(4, 9, 16) },
      { inputs: [vector(4, 9), vector(0.5, -0.5)], output: vector(2, 1 / 3) },
    ],
    refusals: BINARY,
    gradients: [{ shapes: [[3], [3]] }, { shapes: [[3, 2], []] }, { shapes: [[2], [3, 1]] }],
  },
  Max: {
    values: [{ inputs: [vector(1, 5), matrix([3], [0])], output: matrix([3, 5], [1, 5]) }],
    refusals: BINARY,
    gradients: [
      { shapes: [[3], [3]], at: { 0: [1, -1, 0.5], 1: [0.5, 0, 1] } },
      { shapes: [[3], []], at: { 0: [1, -1, 0.5], 1: [0.25] } },
    ],
  },
  Min: {
    values: [{ inputs: [vector(1, 5), matrix([3], [0])], output: matrix([1, 3], [0, 0]) }],
    refusals: BINARY,
    gradients: [{ shapes: [[3], [3]], at: { 0: [1, -1, 0.5], 1: [0.5, 0, 1] } }],
  },
  ReduceMax: {
    values: [
      {
        inputs: [matrix([1, 7, 3], [4, 5, 6])],
        attributes: { axes: [1], keepdims: 1 },
        output: matrix([7], [6]),
      },
      {
        inputs: [matrix([1, 7, 3], [4, 5, 6])],
        attributes: { axes: [0, 1], keepdims: 0 },
        output: single(7),
      },
    ],
    refusals: [
      {
        shapes: [[2, 3]],
        attributes: { axes: [2], keepdims: 0 },
        error: 'reduction: [2, 3] does not have all of the axes [2]',
      },
    ],
    gradients: [
      { shapes: [[2, 3]], attributes: { axes: [1], keepdims: 0 }, at: { 0: [1, 2, 3, 6, 5, 4] } },
      { shapes: [[2, 3]], attributes: { axes: [0], keepdims: 1 }, at: { 0: [1, 2, 3, 6, 5, 4] } },
    ],
  },
};
