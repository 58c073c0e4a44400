import { describe, expect, it, vi } from 'vitest';
import { Random } from '../random.ts';
import {
  add,
  apply,
  divide,
  exponential,
  matmul,
  mean,
  multiply,
  sigmoid,
  slice,
  softmax,
  softplus,
  sum,
  tanh,
  transposeMatrices,
} from './build.ts';
import { gradients } from './differentiate.ts';
import { evaluateGraph } from './evaluate.ts';
import { at, type Operator } from './operator.ts';
import type * as Registry from './registry.ts';
import { input, scalar, topologicalOrder, type Tensor } from './tensor.ts';
import { expectAllClose } from './testing/close.ts';
import { evaluateOne, GRADIENT_TOLERANCE, numericGradient } from './testing/finite-differences.ts';
import { randomGraph, randomNumbers } from './testing/random-graph.ts';

/** An operator that can be evaluated but has no derivative, as the registry might one day hold. */
const FLOOR: Operator = {
  name: 'Floor',
  infer: (inputs) => at(inputs, 0),
  evaluate: (inputs) => Float32Array.from(at(inputs, 0).data as Float32Array, Math.floor),
};

vi.mock('./registry.ts', async (importOriginal) => {
  const registry = await importOriginal<typeof Registry>();
  return {
    ...registry,
    operatorNamed: (name: string) => (name === FLOOR.name ? FLOOR : registry.operatorNamed(name)),
  };
});

const x = input('x', [3]);
const values = { x: Float32Array.of(0.5, -1, 2) };
const floor = (tensor: Tensor): Tensor => apply('Floor', [tensor]);
const only = (tensors: readonly Tensor[]): Tensor => at(tensors, 0);

describe('gradients', () => {
  it('add up over every way from a parameter to the loss', () => {
    // f = Σ x·x·(x·x + x), used as shared subexpressions; f' = 4x³ + 3x².
    const square = multiply(x, x);
    const loss = sum(multiply(square, add(square, x)));
    const expected = values.x.map((v) => 4 * v ** 3 + 3 * v ** 2);
    expectAllClose(evaluateOne(only(gradients(loss, [x])), values), expected, 1e-6);
  });

  it('reach a subexpression once, however often it is used', () => {
    // Doubling 40 times: walking each of the 2⁴⁰ ways would never end.
    let doubled: Tensor = x;
    for (let i = 0; i < 40; i++) doubled = add(doubled, doubled);
    const gradient = only(gradients(sum(doubled), [x]));
    expect(topologicalOrder([gradient]).length).toBeLessThan(200);
    expect([...evaluateOne(gradient, values)]).toEqual([2 ** 40, 2 ** 40, 2 ** 40]);
  });

  it('are zeros, in its shape, for a parameter that the loss does not depend on', () => {
    const unused = input('unused', [2, 4]);
    const [ofX, ofUnused] = gradients(sum(x), [x, unused]);
    expect(ofX && [...evaluateOne(ofX, values)]).toEqual([1, 1, 1]);
    expect(ofUnused?.shape).toEqual([2, 4]);
    expect(ofUnused && [...evaluateOne(ofUnused, {})]).toEqual(new Array<number>(8).fill(0));
  });

  it('can be asked for in the middle of the graph, beside what lies before it', () => {
    const hidden = tanh(x);
    const loss = sum(multiply(hidden, hidden));
    const [ofHidden, ofX] = gradients(loss, [hidden, x]);
    const h = values.x.map(Math.tanh);
    expectAllClose(
      ofHidden && evaluateOne(ofHidden, values),
      h.map((v) => 2 * v),
      1e-6,
    );
    expectAllClose(
      ofX && evaluateOne(ofX, values),
      h.map((v) => 2 * v * (1 - v * v)),
      1e-6,
    );
  });

  it('are 1 for the loss itself, whichever shape its one number has', () => {
    for (const shape of [[], [1], [1, 1]]) {
      const loss = input('loss', shape);
      const gradient = only(gradients(loss, [loss]));
      expect(gradient.shape).toEqual(shape);
      expect([...evaluateOne(gradient, { loss: Float32Array.of(5) })]).toEqual([1]);
    }
  });

  it('are graphs that can be differentiated again', () => {
    // Softplus″ = σ(1 − σ).
    const once = only(gradients(sum(softplus(x)), [x]));
    const twice = only(gradients(sum(once), [x]));
    const s = values.x.map((v) => 1 / (1 + Math.exp(-v)));
    expectAllClose(evaluateOne(once, values), s, 1e-6);
    expectAllClose(
      evaluateOne(twice, values),
      s.map((v) => v * (1 - v)),
      1e-6,
    );
  });

  it('exist for nothing but a single number', () => {
    for (const shape of [[3], [1, 2], [0]]) {
      const many = input('many', shape);
      expect(() => gradients(many, [many])).toThrow('only a single number can be differentiated');
    }
  });

  it('name an operator without a derivative', () => {
    expect(() => gradients(sum(floor(tanh(x))), [x])).toThrow('no derivative for the operator Floor');
  });

  it('do without the derivative of an operator that no parameter goes through', () => {
    const other = input('other', [3]);
    const loss = sum(multiply(x, floor(other)));
    const gradient = only(gradients(loss, [x]));
    const feeds = { ...values, other: Float32Array.of(1.5, 2.5, -0.5) };
    expect([...evaluateOne(gradient, feeds)]).toEqual([1, 2, -1]);
  });

  it('do not overflow the stack in a chain of 2,000 operators', () => {
    const start = input('x', []);
    let chain: Tensor = start;
    for (let depth = 0; depth < 2000; depth++) chain = multiply(chain, scalar(depth % 2 === 0 ? 2 : 0.5));
    const graph = { name: 'deep', outputs: { gradient: only(gradients(chain, [start])) } };
    expect([...(evaluateGraph(graph, { x: Float32Array.of(3) })['gradient'] ?? [])]).toEqual([1]);
  });

  it('leave the graph they came from as it was', () => {
    const loss = sum(exponential(sigmoid(x)));
    const before = topologicalOrder([loss]);
    const frozen = before.map((tensor) => ({ ...tensor }));
    gradients(loss, [x]);
    expect(topologicalOrder([loss])).toEqual(frozen);
    before.forEach((tensor, i) => expect(topologicalOrder([loss])[i]).toBe(tensor));
  });

  it('agree with moving the inputs, for random graphs of all operators', () => {
    const random = new Random(23);
    for (let trial = 0; trial < 5; trial++) {
      const { loss, inputs, feeds } = smooth(random);
      const found = gradients(loss, inputs);
      inputs.forEach((tensor, i) => {
        const name = tensor.source.kind === 'input' ? tensor.source.name : '';
        const gradient = found[i];
        expect(gradient?.shape).toEqual(tensor.shape);
        const numeric = numericGradient(loss, feeds, name);
        const what = `gradient of ${name} in graph ${trial}`;
        expectAllClose(gradient && evaluateOne(gradient, feeds), numeric, 10 * GRADIENT_TOLERANCE, what);
      });
    }
  });
});

/** Operators with kinks or steps, which moving the inputs may cross. */
const ROUGH = [
  ...['Sign', 'Relu', 'Abs', 'Max', 'Min', 'ReduceMax', 'ReduceMin', 'Equal', 'Greater', 'GreaterOrEqual'],
  ...['Less', 'LessOrEqual', 'And', 'Or', 'Not', 'Cast', 'CumSum', 'TopK'],
];

/** A random graph whose loss has no kink near the inputs. */
function smooth(random: Random): {
  readonly loss: Tensor;
  readonly inputs: readonly Tensor[];
  readonly feeds: ReturnType<typeof randomGraph>['feeds'];
} {
  const made = randomGraph(random, new Set(ROUGH));
  return { ...made, loss: mean(divide(made.loss, scalar(8))) };
}

describe('the gradient of a sum over pieces', () => {
  const wide = input('wide', [2, 6]);
  const squares = (start: number, end: number): Tensor => {
    const piece = slice(wide, 1, start, end);
    return sum(multiply(piece, piece));
  };
  const feeds = { wide: Float32Array.from({ length: 12 }, (_, i) => i / 8 - 0.5) };
  const operators = (tensor: Tensor): readonly string[] =>
    topologicalOrder([tensor]).flatMap(({ source }) => (source.kind === 'node' ? [source.operator] : []));

  it('puts neighbours side by side instead of padding and adding', () => {
    const gradient = only(gradients(add(add(squares(2, 3), squares(0, 2)), squares(3, 6)), [wide]));
    expect(operators(gradient)).toContain('Concat');
    expect(operators(gradient)).not.toContain('Pad');
    expectAllClose(
      evaluateOne(gradient, feeds),
      feeds.wide.map((v) => 2 * v),
      1e-6,
    );
  });

  it.each([
    {
      what: 'overlap',
      pieces: [
        [0, 4],
        [2, 6],
      ] as const,
    },
    {
      what: 'leave a gap',
      pieces: [
        [0, 2],
        [3, 6],
      ] as const,
    },
  ])('adds pieces that $what', ({ pieces: [first, second] }) => {
    const loss = add(squares(first[0], first[1]), squares(second[0], second[1]));
    const gradient = only(gradients(loss, [wide]));
    expectAllClose(evaluateOne(gradient, feeds), numericGradient(loss, feeds, 'wide'), GRADIENT_TOLERANCE);
  });
});

describe('the gradient of attention', () => {
  it('takes row sums from the mixed values, and agrees with moving the inputs', () => {
    const names = ['q', 'k', 'v'] as const;
    const [q, k, v] = names.map((name) => input(name, [2, 3, 4]));
    const random = new Random(3);
    const feeds = Object.fromEntries(names.map((name) => [name, randomNumbers(random, [2, 3, 4])]));
    if (!q || !k || !v) throw new Error('three inputs');
    const mixed = matmul(softmax(matmul(q, transposeMatrices(k))), v);
    const loss = sum(multiply(mixed, mixed));
    gradients(loss, [q, k, v]).forEach((gradient, i) => {
      const name = names[i] ?? 'q';
      expectAllClose(
        evaluateOne(gradient, feeds),
        numericGradient(loss, feeds, name),
        GRADIENT_TOLERANCE,
        name,
      );
    });
    // The row sums are over the width of the values (4), not over the positions (3).
    const summed = topologicalOrder(gradients(loss, [q])).flatMap(({ source }) =>
      source.kind === 'node' && source.operator === 'ReduceSum' ? [source.inputs[0]?.shape.at(-1)] : [],
    );
    expect(summed).toEqual([4]);
  });

  it('takes them from the weights where those are used once more', () => {
    const [s, v] = [input('s', [2, 3, 3]), input('v', [2, 3, 2])];
    const random = new Random(4);
    const feeds = { s: randomNumbers(random, s.shape), v: randomNumbers(random, v.shape) };
    const weights = softmax(s);
    const loss = add(sum(tanh(matmul(weights, v))), sum(multiply(weights, weights)));
    const gradient = only(gradients(loss, [s]));
    expectAllClose(evaluateOne(gradient, feeds), numericGradient(loss, feeds, 's'), GRADIENT_TOLERANCE);
  });
});
