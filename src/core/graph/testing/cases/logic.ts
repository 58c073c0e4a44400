/** Comparisons, truth values, selection and changes of type. */
import { matrix, single, truths, vector, whole, type OperatorCases, type Refusal } from './case.ts';

const MIXED: readonly Refusal[] = [
  { shapes: [[2], [2]], types: ['float32', 'int64'], error: 'float32 and int64 do not mix' },
  { shapes: [[2], [3]], error: 'shapes [2] and [3] do not broadcast' },
];

const comparison = (...holds: readonly number[]): OperatorCases => ({
  values: [
    { inputs: [vector(1, 2, 3), vector(2, 2, 2)], output: truths(...holds) },
    { inputs: [whole(1, 2, 3), whole(2)], output: truths(...holds) },
  ],
  refusals: MIXED,
  gradients: [],
});

const connective = (...holds: readonly number[]): OperatorCases => ({
  values: [{ inputs: [truths(0, 0, 1, 1), truths(0, 1, 0, 1)], output: truths(...holds) }],
  refusals: MIXED,
  gradients: [],
});

export const LOGIC_CASES: Readonly<Record<string, OperatorCases>> = {
  Equal: comparison(0, 1, 0),
  Greater: comparison(0, 0, 1),
  GreaterOrEqual: comparison(0, 1, 1),
  Less: comparison(1, 0, 0),
  LessOrEqual: comparison(1, 1, 0),
  And: connective(0, 0, 0, 1),
  Or: connective(0, 1, 1, 1),
  Not: {
    values: [{ inputs: [truths(0, 1)], output: truths(1, 0) }],
    refusals: [{ shapes: [], error: 'operator input 0 is missing' }],
    gradients: [],
  },
  Where: {
    values: [
      { inputs: [truths(1, 0), vector(1, 2), vector(3, 4)], output: vector(1, 4) },
      { inputs: [truths(1, 0), matrix([1], [2]), single(9)], output: matrix([1, 9], [2, 9]) },
      // What is not chosen does not spoil what is.
      { inputs: [truths(1, 0), vector(1, Number.NaN), vector(Infinity, 4)], output: vector(1, 4) },
      { inputs: [truths(0, 1), whole(1, 2), whole(3, 4)], output: whole(3, 2) },
    ],
    refusals: [
      { shapes: [[2], [2], [2]], error: 'Where: the condition is float32, not bool' },
      {
        shapes: [[2], [2], [2]],
        types: ['bool', 'float32', 'int64'],
        error: 'Where: float32 and int64 do not mix',
      },
    ],
    gradients: [
      { shapes: [[3], [3], [3]], constants: { 0: truths(1, 0, 1) } },
      { shapes: [[3], [2, 3], []], constants: { 0: truths(1, 0, 1) } },
      { shapes: [[3], [], [2, 1]], constants: { 0: truths(0, 0, 1) } },
    ],
  },
  Cast: {
    values: [
      { inputs: [vector(1.75, -1.75, 0)], attributes: { to: 7 }, output: whole(1, -1, 0) },
      { inputs: [vector(0.5, 0, -2)], attributes: { to: 9 }, output: truths(1, 0, 1) },
      { inputs: [truths(1, 0)], attributes: { to: 1 }, output: vector(1, 0) },
      { inputs: [whole(3, -4)], attributes: { to: 1 }, output: vector(3, -4) },
      { inputs: [vector(1, 0.5)], attributes: { to: 11 }, output: { ...vector(1, 0.5), type: 'float64' } },
    ],
    refusals: [{ shapes: [[2]], attributes: { to: 8 }, error: 'Cast: no element type 8' }],
    gradients: [{ shapes: [[3]], attributes: { to: 1 } }],
  },
  CumSum: {
    values: [
      { inputs: [whole(1, 2, 3), { ...whole(0), shape: [] }], output: whole(1, 3, 6) },
      {
        inputs: [
          { type: 'int64', shape: [2, 2], data: [1, 2, 3, 4] },
          { ...whole(1), shape: [] },
        ],
        output: { type: 'int64', shape: [2, 2], data: [1, 3, 3, 7] },
      },
      {
        inputs: [
          { type: 'int64', shape: [2, 2], data: [1, 2, 3, 4] },
          { ...whole(0), shape: [] },
        ],
        output: { type: 'int64', shape: [2, 2], data: [1, 2, 4, 6] },
      },
    ],
    refusals: [{ shapes: [], error: 'operator input 0 is missing' }],
    gradients: [],
  },
};
