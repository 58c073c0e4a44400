/** Every operator: its shape rule, what it refuses, its values and its derivative. */
import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { apply, expand, gemm, mean, multiply, reshape, sum } from './build.ts';
import { gradients } from './differentiate.ts';
import { operatorNamed, operatorNames } from './registry.ts';
import { constant, input, sameShape, type Shape } from './tensor.ts';
import {
  asConstant,
  inputs as inputsOf,
  matrix,
  single,
  vector,
  type GradientCase,
  type OperatorCases,
  type Refusal,
  type Value,
  type ValueCase,
} from './testing/cases/case.ts';
import { FUNCTION_CASES } from './testing/cases/functions.ts';
import { LAYER_CASES } from './testing/cases/layers.ts';
import { LOGIC_CASES } from './testing/cases/logic.ts';
import { PICK_CASES } from './testing/cases/picks.ts';
import { PIECE_CASES } from './testing/cases/pieces.ts';
import { expectAllClose } from './testing/close.ts';
import { evaluateOne, GRADIENT_TOLERANCE, numericGradient } from './testing/finite-differences.ts';
import { randomNumbers } from './testing/random-graph.ts';

const TWO_BY_THREE = matrix([1, 2, 3], [4, 5, 6]);
const CUBE: Value = { shape: [2, 2, 2], data: [1, 2, 3, 4, 5, 6, 7, 8] };
const e = Math.E;

const VALUES: Readonly<Record<string, readonly ValueCase[]>> = {
  Add: [
    { inputs: [vector(1, 2), vector(10, 20)], output: vector(11, 22) },
    { inputs: [TWO_BY_THREE, vector(10, 20, 30)], output: matrix([11, 22, 33], [14, 25, 36]) },
    { inputs: [matrix([1], [2]), vector(10, 20)], output: matrix([11, 21], [12, 22]) },
  ],
  Sub: [
    { inputs: [vector(1, 2), vector(10, 20)], output: vector(-9, -18) },
    { inputs: [single(1), TWO_BY_THREE], output: matrix([0, -1, -2], [-3, -4, -5]) },
  ],
  Mul: [
    { inputs: [vector(1, 2), vector(10, -20)], output: vector(10, -40) },
    { inputs: [matrix([1], [2]), matrix([3, 4])], output: matrix([3, 4], [6, 8]) },
  ],
  Div: [
    { inputs: [vector(1, 2, 3), vector(2, -4, 0)], output: vector(0.5, -0.5, Infinity) },
    { inputs: [matrix([6, 8]), matrix([2], [4])], output: matrix([3, 4], [1.5, 2]) },
  ],
  Neg: [{ inputs: [vector(1, -2, 0)], output: vector(-1, 2, -0) }],
  Exp: [{ inputs: [vector(0, 1, -1, -1000)], output: vector(1, e, 1 / e, 0) }],
  Log: [{ inputs: [vector(1, e, 0, -1)], output: vector(0, 1, -Infinity, Number.NaN) }],
  Sqrt: [{ inputs: [vector(0, 1, 2.25, -1)], output: vector(0, 1, 1.5, Number.NaN) }],
  Tanh: [{ inputs: [vector(0, 1, -1, 50)], output: vector(0, 0.7615941559557649, -0.7615941559557649, 1) }],
  Sigmoid: [
    { inputs: [vector(0, 1, -1, 200, -200)], output: vector(0.5, 1 / (1 + 1 / e), 1 / (1 + e), 1, 0) },
  ],
  Softplus: [
    {
      inputs: [vector(0, 1, -1, 200, -200)],
      output: vector(Math.LN2, Math.log(1 + e), Math.log(1 + 1 / e), 200, 0),
    },
  ],
  Relu: [{ inputs: [vector(2, -2, 0, Infinity)], output: vector(2, 0, 0, Infinity) }],
  Sign: [{ inputs: [vector(2, -2, 0, -Infinity)], output: vector(1, -1, 0, -1) }],
  Identity: [{ inputs: [TWO_BY_THREE], output: TWO_BY_THREE }],
  Gemm: [
    { inputs: [matrix([1, 2, 3]), matrix([4], [5], [6])], output: matrix([32]) },
    { inputs: [TWO_BY_THREE, matrix([1, 0], [0, 1], [1, 1])], output: matrix([4, 5], [10, 11]) },
    {
      inputs: [TWO_BY_THREE, matrix([1, -1])],
      attributes: { transA: 1, transB: 1 },
      // Neither fits as it stands.
      output: matrix([1 - 4], [2 - 5], [3 - 6]),
    },
    { inputs: [TWO_BY_THREE, TWO_BY_THREE], attributes: { transB: 1 }, output: matrix([14, 32], [32, 77]) },
    {
      inputs: [TWO_BY_THREE, TWO_BY_THREE],
      attributes: { transA: 1 },
      output: matrix([17, 22, 27], [22, 29, 36], [27, 36, 45]),
    },
    {
      inputs: [
        { shape: [2, 0], data: [] },
        { shape: [0, 1], data: [] },
      ],
      output: matrix([0], [0]),
    },
  ],
  ReduceSum: [
    { inputs: [TWO_BY_THREE], attributes: { axes: [0, 1], keepdims: 0 }, output: single(21) },
    { inputs: [TWO_BY_THREE], attributes: { axes: [0], keepdims: 0 }, output: vector(5, 7, 9) },
    { inputs: [TWO_BY_THREE], attributes: { axes: [1], keepdims: 1 }, output: matrix([6], [15]) },
    { inputs: [CUBE], attributes: { axes: [2, 0], keepdims: 0 }, output: vector(14, 22) },
    { inputs: [TWO_BY_THREE], attributes: { axes: [], keepdims: 0 }, output: TWO_BY_THREE },
    { inputs: [single(3)], attributes: { axes: [], keepdims: 0 }, output: single(3) },
    {
      inputs: [{ shape: [0, 2], data: [] }],
      attributes: { axes: [0], keepdims: 0 },
      output: vector(0, 0),
    },
  ],
  ReduceMean: [
    { inputs: [TWO_BY_THREE], attributes: { axes: [0, 1], keepdims: 0 }, output: single(3.5) },
    { inputs: [TWO_BY_THREE], attributes: { axes: [0], keepdims: 1 }, output: matrix([2.5, 3.5, 4.5]) },
    { inputs: [CUBE], attributes: { axes: [1], keepdims: 0 }, output: matrix([2, 3], [6, 7]) },
    { inputs: [TWO_BY_THREE], attributes: { axes: [], keepdims: 0 }, output: TWO_BY_THREE },
  ],
  Reshape: [
    { inputs: [TWO_BY_THREE], attributes: { shape: [3, 2] }, output: matrix([1, 2], [3, 4], [5, 6]) },
    { inputs: [single(7)], attributes: { shape: [1, 1] }, output: matrix([7]) },
    { inputs: [vector(7)], attributes: { shape: [] }, output: single(7) },
    {
      inputs: [{ shape: [0, 3], data: [] }],
      attributes: { shape: [5, 0] },
      output: { shape: [5, 0], data: [] },
    },
  ],
  Expand: [
    { inputs: [single(7)], attributes: { shape: [2, 1] }, output: matrix([7], [7]) },
    { inputs: [vector(1, 2)], attributes: { shape: [3, 2] }, output: matrix([1, 2], [1, 2], [1, 2]) },
    { inputs: [matrix([1], [2])], attributes: { shape: [2, 3] }, output: matrix([1, 1, 1], [2, 2, 2]) },
  ],
};

const UNARY_REFUSALS: readonly Refusal[] = [{ shapes: [], error: 'operator input 0 is missing' }];
const BINARY_REFUSALS: readonly Refusal[] = [
  {
    shapes: [
      [2, 3],
      [3, 2],
    ],
    error: 'shapes [2, 3] and [3, 2] do not broadcast',
  },
  { shapes: [[2, 3]], error: 'operator input 1 is missing' },
];
const REDUCTION_REFUSALS: readonly Refusal[] = [
  {
    shapes: [[2, 3]],
    attributes: { axes: [0, 2], keepdims: 0 },
    error: 'reduction: [2, 3] does not have all of the axes [0, 2]',
  },
  {
    shapes: [[2, 3]],
    attributes: { axes: [-1], keepdims: 1 },
    error: 'reduction: [2, 3] does not have all of the axes [-1]',
  },
  ...UNARY_REFUSALS,
];

const REFUSALS: Readonly<Record<string, readonly Refusal[]>> = {
  ...Object.fromEntries(['Add', 'Sub', 'Mul', 'Div'].map((name) => [name, BINARY_REFUSALS])),
  ...Object.fromEntries(
    ['Neg', 'Exp', 'Log', 'Sqrt', 'Tanh', 'Sigmoid', 'Softplus', 'Relu', 'Sign', 'Identity'].map((name) => [
      name,
      UNARY_REFUSALS,
    ]),
  ),
  Gemm: [
    {
      shapes: [
        [2, 3],
        [2, 3],
      ],
      error: 'Gemm: shapes [2, 3] and [2, 3] do not fit',
    },
    {
      shapes: [
        [2, 3],
        [3, 4],
      ],
      attributes: { transA: 1, transB: 0 },
      error: 'Gemm: shapes [2, 3] and [3, 4] do not fit',
    },
    { shapes: [[3], [3, 4]], error: 'Gemm: shapes [3] and [3, 4] do not fit' },
    { shapes: [[2, 3], []], error: 'Gemm: shapes [2, 3] and [] do not fit' },
    {
      shapes: [
        [2, 3, 1],
        [3, 4],
      ],
      error: 'Gemm: shapes [2, 3, 1] and [3, 4] do not fit',
    },
    { shapes: [[2, 3]], error: 'operator input 1 is missing' },
  ],
  ReduceSum: REDUCTION_REFUSALS,
  ReduceMean: REDUCTION_REFUSALS,
  Reshape: [
    {
      shapes: [[2, 3]],
      attributes: { shape: [4, 2] },
      error: 'Reshape: [2, 3] does not hold as many numbers as [4, 2]',
    },
    {
      shapes: [[2, 3]],
      attributes: { shape: [-2, -3] },
      error: 'Reshape: [2, 3] does not hold as many numbers as [-2, -3]',
    },
  ],
  Expand: [
    { shapes: [[2, 3]], attributes: { shape: [2] }, error: 'shapes [2, 3] and [2] do not broadcast' },
    {
      shapes: [[2, 3]],
      attributes: { shape: [1, 3] },
      error: 'Expand: [2, 3] does not repeat up to [1, 3]',
    },
    { shapes: [[2, 3]], attributes: { shape: [3] }, error: 'Expand: [2, 3] does not repeat up to [3]' },
  ],
};

const UNARY_GRADIENTS: readonly GradientCase[] = [{ shapes: [[3, 2]] }, { shapes: [[]] }];
const BINARY_GRADIENTS: readonly GradientCase[] = [
  [
    [3, 2],
    [3, 2],
  ],
  [[3, 2], [2]],
  [[2], [3, 2]],
  [
    [3, 1],
    [1, 4],
  ],
  [
    [2, 1, 3],
    [4, 1],
  ],
  [[], [3, 2]],
  [[3, 2], []],
  [[1, 1], [2]],
].map((shapes) => ({ shapes }));
const REDUCTION_GRADIENTS: readonly GradientCase[] = [
  { axes: [0, 1], keepdims: 0 },
  { axes: [0], keepdims: 0 },
  { axes: [1], keepdims: 1 },
  { axes: [], keepdims: 0 },
  { axes: [0, 1], keepdims: 1 },
].map((attributes) => ({ shapes: [[3, 4]], attributes }));

const GRADIENTS: Readonly<Record<string, readonly GradientCase[]>> = {
  ...Object.fromEntries(['Add', 'Sub', 'Mul', 'Div'].map((name) => [name, BINARY_GRADIENTS])),
  ...Object.fromEntries(
    ['Neg', 'Exp', 'Log', 'Sqrt', 'Tanh', 'Sigmoid', 'Softplus', 'Relu', 'Sign', 'Identity'].map((name) => [
      name,
      UNARY_GRADIENTS,
    ]),
  ),
  Gemm: [
    {
      shapes: [
        [4, 3],
        [3, 2],
      ],
      attributes: { transA: 0, transB: 0 },
    },
    {
      shapes: [
        [3, 4],
        [3, 2],
      ],
      attributes: { transA: 1, transB: 0 },
    },
    {
      shapes: [
        [4, 3],
        [2, 3],
      ],
      attributes: { transA: 0, transB: 1 },
    },
    {
      shapes: [
        [3, 4],
        [2, 3],
      ],
      attributes: { transA: 1, transB: 1 },
    },
  ],
  ReduceSum: REDUCTION_GRADIENTS,
  ReduceMean: REDUCTION_GRADIENTS,
  Reshape: [
    { shapes: [[3, 4]], attributes: { shape: [2, 6] } },
    { shapes: [[]], attributes: { shape: [1, 1] } },
  ],
  Expand: [
    { shapes: [[3, 1]], attributes: { shape: [3, 4] } },
    { shapes: [[3]], attributes: { shape: [2, 4, 3] } },
    { shapes: [[]], attributes: { shape: [2, 2] } },
    { shapes: [[1, 1]], attributes: { shape: [1, 1, 3] } },
  ],
};

/** The basic operators' cases stand above, the others' in a file a family. */
const CASES: Readonly<Record<string, OperatorCases>> = {
  ...Object.fromEntries(
    Object.entries(VALUES).map(([name, values]) => [
      name,
      { values, refusals: REFUSALS[name] ?? [], gradients: GRADIENTS[name] ?? [] },
    ]),
  ),
  ...FUNCTION_CASES,
  ...LAYER_CASES,
  ...LOGIC_CASES,
  ...PICK_CASES,
  ...PIECE_CASES,
};

/** Operators that are defined or smooth only away from 0: their inputs stay in [½, 2), with random signs for these. */
const AWAY_FROM_ZERO = new Set(['Div', 'Log', 'Sqrt', 'Relu', 'Sign', 'Abs', 'Pow']);
const EITHER_SIGN = new Set(['Div', 'Relu', 'Sign', 'Abs']);

describe('the registry', () => {
  it('knows each operator by its name, and every one of them is specified here', () => {
    expect(new Set(operatorNames()).size).toBe(operatorNames().length);
    for (const name of operatorNames()) expect(operatorNamed(name).name).toBe(name);
    expect(Object.keys(CASES).sort()).toEqual([...operatorNames()].sort());
    expect(Object.keys(REFUSALS).sort()).toEqual(Object.keys(VALUES).sort());
    expect(Object.keys(GRADIENTS).sort()).toEqual(Object.keys(VALUES).sort());
    for (const { values, refusals } of Object.values(CASES))
      expect(Math.min(values.length, refusals.length)).toBeGreaterThan(0);
  });

  it('mixes no types by itself', () => {
    const [one, double] = [input('a', [2]), input('b', [2], 'float64')];
    for (const operator of ['Add', 'Sub', 'Mul', 'Div', 'LessOrEqual']) {
      expect(() => apply(operator, [one, double])).toThrow(`${operator}: float32 and float64 do not mix`);
    }
  });

  it('names an operator it does not know', () => {
    expect(() => operatorNamed('Convolve')).toThrow('no rule for the operator Convolve');
    expect(() => apply('Convolve', [])).toThrow('no rule for the operator Convolve');
  });
});

describe.each(operatorNames())('%s', (operator) => {
  it('gives the shapes and values worked out by hand', () => {
    for (const { inputs, attributes, output } of CASES[operator]?.values ?? []) {
      const applied = apply(operator, inputs.map(asConstant), attributes);
      expect(applied).toMatchObject({ type: output.type ?? 'float32', shape: output.shape });
      expectAllClose(evaluateOne(applied, {}), output.data, 1e-7, operator);
    }
  });

  it('refuses inputs that do not fit, naming what does not', () => {
    for (const { shapes, types, attributes, error } of CASES[operator]?.refusals ?? []) {
      expect(() => apply(operator, inputsOf(shapes, types), attributes)).toThrow(error);
    }
  });

  it('has the derivative that moving its inputs shows', () => {
    const random = new Random(17);
    for (const { shapes, attributes, constants = {}, at = {} } of CASES[operator]?.gradients ?? []) {
      const all = inputsOf(shapes).map((tensor, i) => (constants[i] ? asConstant(constants[i]) : tensor));
      const feeds = Object.fromEntries(
        shapes.map((shape, i) => [
          `in${i}`,
          at[i] ? Float32Array.from(at[i]) : domainNumbers(random, operator, shape),
        ]),
      );
      const applied = apply(operator, all, attributes);
      const direction = constant(randomNumbers(random, applied.shape), applied.shape);
      const loss = sum(multiply(applied, direction));
      const moved = all.flatMap((tensor, i) => (constants[i] ? [] : [{ tensor, i }]));
      const found = gradients(
        loss,
        moved.map(({ tensor }) => tensor),
      );
      found.forEach((gradient, position) => {
        const { i = 0 } = moved[position] ?? {};
        const what = `${operator} of ${JSON.stringify(shapes)}, input ${i}`;
        expect(gradient.shape, what).toEqual(shapes[i]);
        const numeric = numericGradient(loss, feeds, `in${i}`);
        expectAllClose(evaluateOne(gradient, feeds), numeric, GRADIENT_TOLERANCE, what);
      });
    }
  });
});

function domainNumbers(random: Random, operator: string, shape: Shape): Float32Array {
  if (!AWAY_FROM_ZERO.has(operator)) return randomNumbers(random, shape);
  const sign = (): number => (EITHER_SIGN.has(operator) && random.integer(2) === 0 ? -1 : 1);
  return randomNumbers(random, shape, 0.5, 2).map((value) => sign() * value);
}

describe('builders', () => {
  const x = input('x', [2, 3]);

  it('sum and average over all axes unless told otherwise', () => {
    expect(sum(x).shape).toEqual([]);
    expect(mean(x).shape).toEqual([]);
    expect(sum(x, undefined, { keepDimensions: true }).shape).toEqual([1, 1]);
    expect(mean(x, [1]).shape).toEqual([2]);
    expect(mean(x, [1], { keepDimensions: true }).shape).toEqual([2, 1]);
  });

  it('add nothing to a graph for a shape that is there already', () => {
    expect(reshape(x, [2, 3])).toBe(x);
    expect(expand(x, [2, 3])).toBe(x);
    expect(reshape(x, [6]).shape).toEqual([6]);
    expect(expand(x, [4, 2, 3]).shape).toEqual([4, 2, 3]);
  });

  it('multiply matrices as they stand unless told otherwise', () => {
    const product = gemm(x, input('y', [3, 5]));
    expect(sameShape(product.shape, [2, 5])).toBe(true);
    expect(product.source).toMatchObject({ operator: 'Gemm', attributes: { transA: 0, transB: 0 } });
  });
});
