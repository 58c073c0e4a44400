import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { add } from './build.ts';
import {
  constant,
  elementCount,
  input,
  integers,
  sameShape,
  scalar,
  topologicalOrder,
  type Tensor,
} from './tensor.ts';
import { randomGraph } from './testing/random-graph.ts';

describe('shapes', () => {
  it.each([
    { shape: [], count: 1 },
    { shape: [3], count: 3 },
    { shape: [2, 3, 4], count: 24 },
    { shape: [2, 0, 4], count: 0 },
  ])('$shape holds $count numbers', ({ shape, count }) => {
    expect(elementCount(shape)).toBe(count);
  });

  it.each([
    { a: [], b: [], same: true },
    { a: [2, 3], b: [2, 3], same: true },
    { a: [2, 3], b: [3, 2], same: false },
    { a: [2], b: [2, 1], same: false },
    { a: [], b: [1], same: false },
  ])('$a and $b are the same: $same', ({ a, b, same }) => {
    expect(sameShape(a, b)).toBe(same);
  });
});

describe('leaves of a graph', () => {
  it('are inputs with a name, of single precision unless told otherwise', () => {
    expect(input('x', [2])).toEqual({ source: { kind: 'input', name: 'x' }, shape: [2], type: 'float32' });
    expect(input('i', [2], 'int64').type).toBe('int64');
  });

  it('are constants whose type is that of their numbers', () => {
    expect(constant(Float32Array.of(1, 2), [2, 1])).toMatchObject({ type: 'float32', shape: [2, 1] });
    expect(scalar(0.5)).toMatchObject({ type: 'float32', shape: [], source: { data: Float32Array.of(0.5) } });
    expect(integers([3, -1])).toMatchObject({
      type: 'int64',
      shape: [2],
      source: { data: BigInt64Array.of(3n, -1n) },
    });
  });

  it('refuse numbers that do not fill the shape', () => {
    expect(() => constant(Float32Array.of(1, 2, 3), [2, 2])).toThrow(
      'constant of 3 numbers does not fill shape [2, 2]',
    );
  });
});

describe('topological order', () => {
  it('puts everything after what it depends on, each once, inputs of the same name included', () => {
    const random = new Random(1);
    for (let trial = 0; trial < 20; trial++) {
      const { graph, inputs } = randomGraph(random);
      const order = topologicalOrder(Object.values(graph.outputs));
      const position = new Map(order.map((tensor, at) => [tensor, at]));
      expect(position.size).toBe(order.length);
      for (const tensor of order) {
        for (const one of inputsOf(tensor))
          expect(position.get(one)).toBeLessThan(position.get(tensor) ?? -1);
      }
      for (const tensor of Object.values(graph.outputs)) expect(position.has(tensor)).toBe(true);
      for (const tensor of order) expect(inputsOf(tensor).length > 0 || isLeaf(tensor, inputs)).toBe(true);
    }
  });

  it('leaves out what the outputs do not need', () => {
    const [a, b] = [input('a', []), input('b', [])];
    expect(topologicalOrder([add(a, a)])).not.toContain(b);
    expect(topologicalOrder([])).toEqual([]);
    expect(topologicalOrder([a, a])).toEqual([a]);
  });

  it('is as deep as the graph, not as the call stack', () => {
    let chain: Tensor = input('x', []);
    for (let depth = 0; depth < 20_000; depth++) chain = add(chain, chain);
    expect(topologicalOrder([chain])).toHaveLength(20_001);
  });
});

const inputsOf = ({ source }: Tensor): readonly Tensor[] => (source.kind === 'node' ? source.inputs : []);
const isLeaf = (tensor: Tensor, inputs: readonly Tensor[]): boolean =>
  tensor.source.kind === 'constant' || inputs.includes(tensor);
