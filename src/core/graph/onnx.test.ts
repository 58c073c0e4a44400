/** The same graphs through ONNX Runtime and through the plain evaluation. */
import { describe, expect, it } from 'vitest';
import { onnxCompute } from '../../engine/onnx/compute.ts';
import { Random } from '../random.ts';
import {
  add,
  apply,
  cast,
  concat,
  exponential,
  gather,
  gemm,
  greatest,
  layerNormalization,
  leastAlong,
  matmul,
  mean,
  multiply,
  reshape,
  softmax,
  sum,
  tanh,
  transpose,
  where,
} from './build.ts';
import { doubles, result, type Feeds } from './compute.ts';
import { gradients } from './differentiate.ts';
import { evaluateGraph } from './evaluate.ts';
import { operatorNames } from './registry.ts';
import { constant, input, integers, scalar, topologicalOrder, type Graph, type Tensor } from './tensor.ts';
import { expectAllClose } from './testing/close.ts';
import { network } from './testing/network.ts';
import { randomGraph, randomNumbers } from './testing/random-graph.ts';
import { INPUT_NAMES, networkReference } from './testing/reference.ts';

/** For one operator, and for twenty and their derivatives, whose roundings add up. */
const ONE = 1e-6;
const MANY = 2e-6;

async function compare(graph: Graph, feeds: Feeds, tolerance = ONE): Promise<void> {
  const plain = evaluateGraph(graph, feeds);
  const executable = await onnxCompute.compile(graph);
  try {
    const results = await executable.run(feeds);
    expect(Object.keys(results)).toEqual(Object.keys(graph.outputs));
    for (const [name, expected] of Object.entries(plain))
      expectAllClose(results[name], expected, tolerance, name);
  } finally {
    await executable.release();
  }
}

const X = input('x', [2, 3]);
const FEEDS = { x: Float32Array.of(0.5, -1, 2, -0.25, 1.5, -3) };

const POSITIVE = apply('Greater', [X, scalar(0)]);
const NEAR = apply('Less', [apply('Abs', [X]), scalar(1)]);
const ROW = Float32Array.of(7, 8, 9);

/** One graph an operator, on numbers where it is defined, and on those where it is not. */
const SINGLE: Readonly<Record<string, () => Tensor>> = {
  Add: () => add(X, constant(Float32Array.of(1, 2, 3), [3])),
  Sub: () => apply('Sub', [constant(Float32Array.of(1, 2), [2, 1]), X]),
  Mul: () => multiply(X, X),
  Div: () => apply('Div', [scalar(1), X]),
  Neg: () => apply('Neg', [X]),
  Exp: () => apply('Exp', [X]),
  Log: () => apply('Log', [X]),
  Sqrt: () => apply('Sqrt', [X]),
  Tanh: () => tanh(X),
  Sigmoid: () => apply('Sigmoid', [multiply(X, scalar(10))]),
  Softplus: () => apply('Softplus', [multiply(X, scalar(100))]),
  Relu: () => apply('Relu', [X]),
  Sign: () => apply('Sign', [multiply(X, add(X, scalar(1)))]),
  Identity: () => apply('Identity', [X]),
  Gemm: () => gemm(X, X, { transA: true }),
  ReduceSum: () => sum(X, [1]),
  ReduceMean: () => mean(X, [0], { keepDimensions: true }),
  Reshape: () => reshape(X, [1, 6, 1]),
  Expand: () => apply('Expand', [X], { shape: [4, 2, 3] }),
  ...Object.fromEntries(
    ['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual'].map((name) => [
      name,
      () => cast(apply(name, [X, scalar(-1)]), 'float32'),
    ]),
  ),
  ...Object.fromEntries(
    ['And', 'Or'].map((name) => [name, () => cast(apply(name, [POSITIVE, NEAR]), 'float32')]),
  ),
  Not: () => cast(apply('Not', [NEAR]), 'float32'),
  Where: () => where(NEAR, X, scalar(7)),
  Cast: () => add(cast(cast(X, 'int64'), 'float32'), cast(cast(X, 'float64'), 'float32')),
  ReduceMin: () => leastAlong(X, [0]),
  TopK: () => cast(greatest(X, 2), 'float32'),
  CumSum: () => cast(apply('CumSum', [cast(X, 'int64'), reshape(integers([1]), [])]), 'float32'),
  Sin: () => apply('Sin', [X]),
  Cos: () => apply('Cos', [X]),
  Abs: () => apply('Abs', [X]),
  Erf: () => apply('Erf', [X]),
  Gelu: () => add(apply('Gelu', [X], { approximate: 'tanh' }), apply('Gelu', [X])),
  Pow: () => apply('Pow', [X, scalar(3)]),
  Max: () => apply('Max', [X, scalar(0.25)]),
  Min: () => apply('Min', [X, scalar(0.25)]),
  ReduceMax: () => apply('ReduceMax', [X], { axes: [1], keepdims: 1 }),
  MatMul: () => matmul(X, reshape(X, [3, 2])),
  Transpose: () => transpose(X, [1, 0]),
  Softmax: () => softmax(X),
  LayerNormalization: () => layerNormalization(X, constant(Float32Array.of(1, 2, 3), [3])),
  Gather: () => gather(X, integers([-1, 0]), 1),
  ScatterND: () => apply('ScatterND', [X, reshape(integers([1]), [1, 1]), constant(ROW, [1, 3])]),
  Slice: () => apply('Slice', [X], { starts: [1, 0], ends: [3, 1], axes: [1, 0] }),
  Pad: () => apply('Pad', [X], { pads: [1, 0, 0, 2] }),
  Concat: () => concat([X, X], 1),
};

describe('ONNX Runtime', () => {
  it('computes in double precision where a graph says so', async () => {
    const random = new Random(7);
    const [a, b] = [input('a', [5, 40], 'float64'), input('b', [6, 40])];
    const y = sum(exponential(gemm(a, cast(b, 'float64'), { transB: true })), [1]);
    const feeds = {
      a: Float64Array.from({ length: 200 }, () => random.uniform() / 10),
      b: randomNumbers(random, [6, 40]),
    };
    const graph = { name: 'double', outputs: { y } };
    const executable = await onnxCompute.compile(graph);
    const results = await executable.run(feeds);
    await executable.release();
    expect(doubles(results, 'y')).toBeInstanceOf(Float64Array);
    expectAllClose(results['y'], doubles(evaluateGraph(graph, feeds), 'y'), 1e-14);
    expect(() => result(results, 'y')).toThrow('the graph has no float32 output y');
  });

  it.each(operatorNames())('evaluates %s as the plain evaluation does', async (operator) => {
    const make = SINGLE[operator];
    expect(make, `a graph with ${operator}`).toBeDefined();
    if (make) await compare({ name: operator, outputs: { y: make() } }, FEEDS);
  });

  it.each([
    { transA: false, transB: false, a: [4, 3], b: [3, 2] },
    { transA: true, transB: false, a: [3, 4], b: [3, 2] },
    { transA: false, transB: true, a: [4, 3], b: [2, 3] },
    { transA: true, transB: true, a: [3, 4], b: [2, 3] },
  ])('multiplies matrices with transA $transA and transB $transB', async ({ transA, transB, a, b }) => {
    const random = new Random(3);
    const y = gemm(input('a', a), input('b', b), { transA, transB });
    await compare(
      { name: 'gemm', outputs: { y } },
      { a: randomNumbers(random, a), b: randomNumbers(random, b) },
    );
  });

  const empty = input('empty', [0, 3]);
  it.each<{ what: string; y: Tensor }>([
    { what: 'a sum over no axes is the tensor itself', y: sum(X, []) },
    { what: 'a mean over no axes is the tensor itself', y: mean(X, []) },
    { what: 'a sum over no axes keeps the tensor', y: sum(X, [], { keepDimensions: true }) },
    { what: 'a sum over no rows is 0', y: sum(empty, [0]) },
    { what: 'a tensor without numbers changes its shape', y: reshape(empty, [4, 0]) },
    { what: 'an input is an output', y: X },
    { what: 'a constant is an output', y: constant(Float32Array.of(1, 2), [2]) },
  ])('agrees where $what', async ({ y }) => {
    const feeds = { ...FEEDS, empty: new Float32Array() };
    await compare({ name: 'edge', outputs: { y } }, feeds);
  });

  it('agrees on random graphs in which every operator occurs, and on their gradients', async () => {
    const random = new Random(31);
    for (let trial = 0; trial < 15; trial++) {
      const { graph, inputs, loss, feeds } = randomGraph(random);
      const used = topologicalOrder(Object.values(graph.outputs)).flatMap(({ source }) =>
        source.kind === 'node' ? [source.operator] : [],
      );
      expect(operatorNames().filter((name) => !used.includes(name))).toEqual([]);
      await compare(graph, feeds, MANY);
      const derived = gradients(loss, inputs).map((gradient, i) => [`d${i}`, gradient] as const);
      await compare({ name: 'derived', outputs: Object.fromEntries(derived) }, feeds, MANY);
    }
  });

  it('agrees on the stored network', async () => {
    const reference = networkReference();
    const feeds = INPUT_NAMES.map((name) => [name, Float32Array.from(reference.inputs[name].data)] as const);
    await compare(network(reference), Object.fromEntries(feeds), MANY);
  });

  it('runs a chain of 2,000 operators', async () => {
    let chain: Tensor = X;
    for (let depth = 0; depth < 2000; depth++) chain = add(chain, scalar(depth % 2 === 0 ? 1 : -1));
    await compare({ name: 'deep', outputs: { y: chain } }, FEEDS);
  });

  it('gives the same bits run after run', async () => {
    const { graph, feeds } = randomGraph(new Random(5));
    const executable = await onnxCompute.compile(graph);
    const first = await executable.run(feeds);
    for (let run = 0; run < 5; run++) expect(await executable.run(feeds)).toEqual(first);
    await executable.release();
  });

  it('names an input that was not given', async () => {
    const executable = await onnxCompute.compile({ name: 'g', outputs: { y: add(X, input('other', [3])) } });
    await expect(executable.run(FEEDS)).rejects.toThrow('input other was not given');
    await executable.release();
  });
});
