/** Looking rows up, taking tensors apart and putting them together. */
import { matrix, vector, whole, type OperatorCases } from './case.ts';

const TABLE = matrix([1, 2], [3, 4], [5, 6]);
const column = (...rows: number[]) => ({ ...whole(...rows), shape: [rows.length, 1] });

export const PIECE_CASES: Readonly<Record<string, OperatorCases>> = {
  Gather: {
    values: [
      { inputs: [TABLE, whole(2, 0, 2)], output: matrix([5, 6], [1, 2], [5, 6]) },
      { inputs: [TABLE, whole(-1)], output: matrix([5, 6]) },
      { inputs: [TABLE, { ...whole(1), shape: [] }], output: vector(3, 4) },
      { inputs: [TABLE, whole(1)], attributes: { axis: 1 }, output: matrix([2], [4], [6]) },
      { inputs: [whole(7, 8), whole(1, 1, 0)], output: whole(8, 8, 7) },
    ],
    refusals: [
      { shapes: [[2, 3], [2]], error: 'Gather: no axis 0 of [2, 3] at positions of type float32' },
      {
        shapes: [[2], [2]],
        types: ['float32', 'int64'],
        attributes: { axis: 1 },
        error: 'Gather: no axis 1 of [2]',
      },
    ],
    gradients: [
      // A table with more rows than are looked up, and with fewer; rows come up never, once and often.
      { shapes: [[6, 2], [3]], constants: { 1: whole(4, 1, 4) } },
      { shapes: [[2, 3], [4]], constants: { 1: whole(1, 1, 0, 1) } },
      {
        shapes: [
          [9, 2],
          [2, 2],
        ],
        constants: { 1: { type: 'int64', shape: [2, 2], data: [8, 0, 8, 8] } },
      },
      // Along other axes, and counted from the end; one position alone takes the axis away.
      { shapes: [[2, 3], [2]], attributes: { axis: 1 }, constants: { 1: whole(2, 2) } },
      { shapes: [[2, 5, 2], [1]], attributes: { axis: 1 }, constants: { 1: whole(-1) } },
      { shapes: [[2, 2, 3], []], attributes: { axis: 2 }, constants: { 1: { ...whole(-1), shape: [] } } },
      { shapes: [[2, 2], [3]], constants: { 1: whole(-1, 0, -1) } },
      {
        shapes: [
          [2, 3, 2],
          [2, 2],
        ],
        attributes: { axis: 1 },
        constants: { 1: { type: 'int64', shape: [2, 2], data: [2, 0, 2, 2] } },
      },
    ],
  },
  ScatterND: {
    values: [
      {
        inputs: [TABLE, column(2, 0), matrix([50, 60], [10, 20])],
        output: matrix([10, 20], [3, 4], [50, 60]),
      },
    ],
    refusals: [
      {
        shapes: [
          [3, 2],
          [2, 1],
          [3, 2],
        ],
        types: ['float32', 'int64', 'float32'],
        error: 'ScatterND: rows [3, 2] at [2, 1] do not fit [3, 2]',
      },
    ],
    gradients: [],
  },
  Slice: {
    values: [
      {
        inputs: [TABLE],
        attributes: { starts: [1], ends: [3], axes: [0] },
        output: matrix([3, 4], [5, 6]),
      },
      {
        inputs: [TABLE],
        attributes: { starts: [1, 0], ends: [2, 1], axes: [1, 0] },
        output: matrix([2]),
      },
      { inputs: [whole(1, 2, 3)], attributes: { starts: [0], ends: [2], axes: [0] }, output: whole(1, 2) },
    ],
    refusals: [
      {
        shapes: [[2, 3]],
        attributes: { starts: [1], ends: [4], axes: [1] },
        error: 'Slice: 1 to 4 is not within axis 1 of [2, 3]',
      },
      {
        shapes: [[2, 3]],
        attributes: { starts: [-1], ends: [1], axes: [0] },
        error: 'Slice: -1 to 1 is not within axis 0 of [2, 3]',
      },
    ],
    gradients: [
      { shapes: [[4, 3]], attributes: { starts: [1], ends: [3], axes: [0] } },
      { shapes: [[2, 5]], attributes: { starts: [2, 0], ends: [5, 1], axes: [1, 0] } },
    ],
  },
  Pad: {
    values: [
      { inputs: [vector(1, 2)], attributes: { pads: [1, 2] }, output: vector(0, 1, 2, 0, 0) },
      {
        inputs: [matrix([1], [2])],
        attributes: { pads: [0, 1, 1, 0] },
        output: matrix([0, 1], [0, 2], [0, 0]),
      },
    ],
    refusals: [
      { shapes: [[2]], attributes: { pads: [1] }, error: 'Pad: [1] does not pad [2]' },
      { shapes: [[2]], attributes: { pads: [1, -1] }, error: 'Pad: [1, -1] does not pad [2]' },
    ],
    gradients: [{ shapes: [[2, 3]], attributes: { pads: [1, 0, 0, 2] } }],
  },
  Concat: {
    values: [
      { inputs: [vector(1), vector(2, 3)], attributes: { axis: 0 }, output: vector(1, 2, 3) },
      {
        inputs: [matrix([1], [2]), matrix([3, 4], [5, 6])],
        attributes: { axis: 1 },
        output: matrix([1, 3, 4], [2, 5, 6]),
      },
      { inputs: [whole(1), whole(2)], attributes: { axis: 0 }, output: whole(1, 2) },
    ],
    refusals: [
      {
        shapes: [
          [2, 3],
          [3, 3],
        ],
        attributes: { axis: 1 },
        error: 'Concat: [2, 3] and [3, 3] do not join along axis 1',
      },
      {
        shapes: [[2], [2]],
        types: ['float32', 'int64'],
        attributes: { axis: 0 },
        error: 'Concat: [2] and [2] do not join along axis 0',
      },
    ],
    gradients: [
      {
        shapes: [
          [2, 1],
          [2, 3],
          [2, 2],
        ],
        attributes: { axis: 1 },
      },
      {
        shapes: [
          [1, 2],
          [2, 2],
        ],
        attributes: { axis: 0 },
      },
    ],
  },
};
