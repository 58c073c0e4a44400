import { describe, expect, it } from 'vitest';
import { SpyCompute } from '../learning/testing/spy-compute.ts';
import { multiply } from './build.ts';
import { result } from './compute.ts';
import { plainCompute } from './evaluate.ts';
import { reusing } from './reuse.ts';
import { input, scalar, type Graph } from './tensor.ts';

const times = (factor: number): Graph => ({
  name: `times ${factor}`,
  outputs: { y: multiply(input('x', [1]), scalar(factor)) },
});

describe('reusing graphs', () => {
  it('compiles a graph once, also after it was released, and frees all at the end', async () => {
    const spy = new SpyCompute(plainCompute);
    await reusing(spy, async (compute) => {
      for (const factor of [2, 3, 2, 2]) {
        const graph = await compute.compile(times(factor));
        expect(result(await graph.run({ x: Float32Array.of(5) }), 'y')).toEqual(Float32Array.of(5 * factor));
        await graph.release();
      }
      expect(spy.compiled).toBe(2);
      expect(spy.held).toBe(2);
    });
    expect(spy.held).toBe(0);
  });

  it('keeps no more than it should, and forgets the longest unused', async () => {
    const spy = new SpyCompute(plainCompute);
    await reusing(spy, async (compute) => {
      for (let factor = 1; factor <= 70; factor++) {
        await compute.compile(times(factor));
        await compute.compile(times(1));
      }
      expect(spy.held).toBe(64);
      expect(spy.compiled).toBe(70);
    });
    expect(spy.held).toBe(0);
  });

  it('frees what was compiled when the work fails', async () => {
    const spy = new SpyCompute(plainCompute);
    const failing = reusing(spy, async (compute) => {
      await compute.compile(times(2));
      throw new Error('enough');
    });
    await expect(failing).rejects.toThrow('enough');
    expect(spy.held).toBe(0);
  });
});
