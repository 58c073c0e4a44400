import { describe, expect, it } from 'vitest';
import { add, exponential, multiply, sum } from './build.ts';
import { result, type Feeds } from './compute.ts';
import { evaluateGraph, plainCompute } from './evaluate.ts';
import { input, scalar } from './tensor.ts';
import { networkReference, INPUT_NAMES, PARAMETER_NAMES } from './testing/reference.ts';
import { expectAllClose } from './testing/close.ts';
import { network } from './testing/network.ts';

const x = input('x', [2]);
const graph = { name: 'g', outputs: { doubled: add(x, x), total: sum(multiply(x, scalar(3))), same: x } };

describe('plain evaluation', () => {
  it('gives every named output', () => {
    expect(evaluateGraph(graph, { x: Float32Array.of(1, 2) })).toEqual({
      doubled: Float32Array.of(2, 4),
      total: Float32Array.of(9),
      same: Float32Array.of(1, 2),
    });
  });

  it('gives outputs that share no memory with the inputs', () => {
    const feed = Float32Array.of(1, 2);
    const results = evaluateGraph(graph, { x: feed });
    result(results, 'same').fill(0);
    expect([...feed]).toEqual([1, 2]);
  });

  it.each<{ what: string; feeds: Feeds }>([
    { what: 'is missing', feeds: {} },
    { what: 'is too short', feeds: { x: Float32Array.of(1) } },
    { what: 'is too long', feeds: { x: Float32Array.of(1, 2, 3) } },
  ])('names an input that $what', ({ feeds }) => {
    expect(() => evaluateGraph(graph, feeds)).toThrow('input x has the wrong size');
  });

  it('rounds each result to single precision and no more', () => {
    const [value] = result(evaluateGraph({ name: 'e', outputs: { y: exponential(scalar(1)) } }, {}), 'y');
    expect(value).toBe(Math.fround(Math.E));
  });

  it('runs behind the port as often as one likes', async () => {
    const executable = await plainCompute.compile(graph);
    for (const value of [1, 5]) {
      const results = await executable.run({ x: Float32Array.of(value, value) });
      expect([...result(results, 'total')]).toEqual([6 * value]);
    }
    await executable.release();
  });

  it('names an output that a graph does not have', () => {
    expect(() => result({}, 'losses')).toThrow('the graph has no float32 output losses');
  });
});

describe('a stored network', () => {
  it('has the loss and the gradients that complex-step differentiation in NumPy gives', () => {
    const reference = networkReference();
    const feeds = Object.fromEntries(
      INPUT_NAMES.map((name) => [name, Float32Array.from(reference.inputs[name].data)]),
    );
    const results = evaluateGraph(network(reference), feeds);
    expectAllClose(results['loss'], [reference.loss], 2e-6, 'loss');
    for (const name of PARAMETER_NAMES) {
      expectAllClose(results[`d_${name}`], reference.gradients[name].data, 2e-6, `gradient of ${name}`);
    }
  });
});
