import { describe, expect, it } from 'vitest';
import { add, multiply, negate, sum } from './build.ts';
import { memoryNeed } from './memory.ts';
import { constant, input } from './tensor.ts';

describe('memory of a graph', () => {
  const x = input('x', [100]);

  it('frees what is not needed any more', () => {
    // Never more than two of the chain at a time, however long it is.
    let chain = x;
    for (let i = 0; i < 50; i++) chain = negate(chain);
    expect(memoryNeed({ name: 'chain', outputs: { chain } })).toEqual({ constants: 0, peak: 800 });
  });

  it('keeps what is needed later, and outputs to the end', () => {
    const doubled = add(x, x);
    const squared = multiply(doubled, doubled);
    const total = sum(multiply(squared, x));
    // x, squared and their product; doubled is gone by then.
    expect(memoryNeed({ name: 'g', outputs: { total } }).peak).toBe(1200);
    expect(memoryNeed({ name: 'g', outputs: { total, doubled } }).peak).toBe(1600);
  });

  it('counts constants apart', () => {
    const weights = constant(new Float32Array(100), [100]);
    expect(memoryNeed({ name: 'g', outputs: { y: add(x, weights) } })).toEqual({ constants: 400, peak: 800 });
  });
});
