/** The operators that pick, and what only they and comparisons refuse. */
import { matrix, vector, whole, type OperatorCases, type Value } from './case.ts';

const TWO_BY_THREE = matrix([1, 2, 3], [4, 5, 6]);
const CUBE: Value = { shape: [2, 2, 2], data: [1, 2, 3, 4, 5, 6, 7, 8] };

export const PICK_CASES: Readonly<Record<string, OperatorCases>> = {
  ReduceMin: {
    values: [
      { inputs: [TWO_BY_THREE], attributes: { axes: [1], keepdims: 0 }, output: vector(1, 4) },
      { inputs: [vector(3, -2, 5)], attributes: { axes: [0], keepdims: 1 }, output: vector(-2) },
      { inputs: [CUBE], attributes: { axes: [0, 2], keepdims: 0 }, output: vector(1, 3) },
    ],
    refusals: [
      { shapes: [[2]], attributes: { axes: [1] }, error: 'reduction: [2] does not have all of the axes [1]' },
      {
        shapes: [[2, 0]],
        attributes: { axes: [1], keepdims: 0 },
        error: 'ReduceMin: nothing to choose from in [2, 0]',
      },
    ],
    gradients: [
      { shapes: [[2, 3]], attributes: { axes: [1], keepdims: 0 }, at: { 0: [3, 1, 2, 5, 6, 4] } },
      { shapes: [[2, 2]], attributes: { axes: [0, 1], keepdims: 1 }, at: { 0: [3, 1, 2, 5] } },
    ],
  },
  TopK: {
    values: [
      {
        inputs: [matrix([1, 5, 3], [7, 7, 8])],
        attributes: { k: [2], axis: 1, largest: 1, sorted: 1 },
        output: { ...whole(1, 2, 2, 0), shape: [2, 2] },
      },
      {
        inputs: [TWO_BY_THREE],
        attributes: { k: [1], axis: 1, largest: 0, sorted: 1 },
        output: { ...whole(0, 0), shape: [2, 1] },
      },
    ],
    refusals: [
      { shapes: [[3]], attributes: { k: [1], axis: 1 }, error: 'TopK: takes the rows of a matrix, not [3]' },
      {
        shapes: [[3, 2]],
        attributes: { k: [1], axis: 0 },
        error: 'TopK: takes the rows of a matrix, not [3, 2]',
      },
      { shapes: [[2, 3]], attributes: { k: [4], axis: 1 }, error: 'TopK: 4 of 3 columns' },
      { shapes: [[2, 3]], attributes: { k: [0], axis: 1 }, error: 'TopK: 0 of 3 columns' },
    ],
    gradients: [],
  },
};
