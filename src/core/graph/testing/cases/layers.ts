/** What layers of a transformer are made of. */
import { matrix, vector, whole, type OperatorCases } from './case.ts';

const PAIR = { shape: [2, 1, 2], data: [1, 2, 3, 4] };

export const LAYER_CASES: Readonly<Record<string, OperatorCases>> = {
  MatMul: {
    values: [
      { inputs: [matrix([1, 2], [3, 4]), matrix([1, 0], [1, 1])], output: matrix([3, 2], [7, 4]) },
      {
        // One matrix for a whole stack, and one stack for another.
        inputs: [PAIR, matrix([1], [10])],
        output: { shape: [2, 1, 1], data: [21, 43] },
      },
      {
        inputs: [PAIR, { shape: [2, 2, 1], data: [1, 1, 10, 100] }],
        output: { shape: [2, 1, 1], data: [3, 430] },
      },
      {
        inputs: [
          { shape: [2, 1, 1, 1], data: [2, 3] },
          { shape: [3, 1, 1], data: [1, 10, 100] },
        ],
        output: { shape: [2, 3, 1, 1], data: [2, 20, 200, 3, 30, 300] },
      },
    ],
    refusals: [
      {
        shapes: [
          [2, 3],
          [2, 3],
        ],
        error: 'MatMul: shapes [2, 3] and [2, 3] do not fit',
      },
      { shapes: [[3], [3, 2]], error: 'MatMul: shapes [3] and [3, 2] do not fit' },
      {
        shapes: [
          [2, 1, 3],
          [4, 3, 1],
        ],
        error: 'shapes [2] and [4] do not broadcast',
      },
    ],
    gradients: [
      {
        shapes: [
          [2, 3],
          [3, 4],
        ],
      },
      {
        shapes: [
          [2, 3, 4],
          [4, 2],
        ],
      },
      {
        shapes: [
          [2, 3, 4],
          [2, 4, 2],
        ],
      },
      {
        shapes: [
          [2, 2, 3, 4],
          [2, 4, 3],
        ],
      },
      {
        shapes: [
          [3, 4],
          [2, 4, 2],
        ],
      },
      {
        shapes: [
          [2, 1, 2, 3],
          [1, 3, 3, 2],
        ],
      },
    ],
  },
  Transpose: {
    values: [
      {
        inputs: [matrix([1, 2, 3], [4, 5, 6])],
        attributes: { perm: [1, 0] },
        output: matrix([1, 4], [2, 5], [3, 6]),
      },
      {
        inputs: [{ shape: [2, 1, 3], data: [1, 2, 3, 4, 5, 6] }],
        attributes: { perm: [2, 0, 1] },
        output: { shape: [3, 2, 1], data: [1, 4, 2, 5, 3, 6] },
      },
      { inputs: [whole(1, 2)], attributes: { perm: [0] }, output: whole(1, 2) },
    ],
    refusals: [
      {
        shapes: [[2, 3]],
        attributes: { perm: [0, 0] },
        error: 'Transpose: [0, 0] does not order the axes of [2, 3]',
      },
      { shapes: [[2, 3]], attributes: { perm: [0] }, error: 'Transpose: [0] does not order' },
    ],
    gradients: [
      { shapes: [[2, 3]], attributes: { perm: [1, 0] } },
      { shapes: [[2, 3, 4]], attributes: { perm: [2, 0, 1] } },
      { shapes: [[2, 1, 3, 2]], attributes: { perm: [0, 2, 1, 3] } },
    ],
  },
  Softmax: {
    values: [
      {
        inputs: [matrix([0, Math.log(3)], [1000, 1000])],
        attributes: { axis: -1 },
        output: matrix([0.25, 0.75], [0.5, 0.5]),
      },
      { inputs: [vector(-Infinity, 0)], attributes: { axis: 0 }, output: vector(0, 1) },
    ],
    refusals: [
      {
        shapes: [[2, 3]],
        attributes: { axis: 0 },
        error: 'Softmax: only over the last axis, not over axis 0 of [2, 3]',
      },
      { shapes: [[]], error: 'Softmax: only over the last axis' },
    ],
    gradients: [
      { shapes: [[2, 3]], attributes: { axis: 1 } },
      { shapes: [[2, 2, 4]], attributes: { axis: -1 } },
    ],
  },
  LayerNormalization: {
    values: [
      {
        inputs: [matrix([1, 3], [10, 10]), vector(2, 3), vector(0.5, -0.5)],
        attributes: { axis: -1, epsilon: { float: 0 } },
        // The second row has no deviation: with ε = 0 it is 0/0.
        output: matrix([-1.5, 2.5], [Number.NaN, Number.NaN]),
      },
      {
        inputs: [matrix([1, 3]), vector(1, 1)],
        attributes: { axis: 1, epsilon: { float: 3 } },
        output: matrix([-0.5, 0.5]),
      },
    ],
    refusals: [
      {
        shapes: [[2, 3], [3]],
        attributes: { axis: 0 },
        error: 'LayerNormalization: only over the last axis, not over axis 0 of [2, 3]',
      },
      {
        shapes: [[2, 3], [2]],
        error: 'LayerNormalization: a parameter of shape [2] does not fit [2, 3]',
      },
      {
        shapes: [[2, 3], [3], [1]],
        error: 'LayerNormalization: a parameter of shape [1] does not fit [2, 3]',
      },
    ],
    gradients: [
      { shapes: [[3, 4], [4], [4]], attributes: { axis: -1, epsilon: { float: 0.25 } } },
      { shapes: [[2, 2, 3], [3]], attributes: { axis: 2, epsilon: { float: 0.25 } } },
    ],
  },
};
