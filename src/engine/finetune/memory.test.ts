import { describe, expect, it } from 'vitest';
import { matmul } from '../../core/graph/build.ts';
import { constant, input } from '../../core/graph/tensor.ts';
import { freeMemory } from './free-memory.ts';
import { memoryPlan, requireMemory, threadsThatFit, trainingNeed } from './memory.ts';

const GB = 2 ** 30;

describe('memory', () => {
  it.each([
    ['linux', 3, 3],
    ['win32', 3, 3],
    ['darwin', 0.1, 8],
    ['darwin', 12, 12],
  ])('that is free on %s, with %d of 16 GB told as free, is %d GB', (platform, available, expected) => {
    expect(freeMemory({ platform, available: available * GB, total: 16 * GB })).toBe(expected * GB);
    expect(freeMemory()).toBeGreaterThan(0);
  });

  it('is refused before it runs out, with both figures', () => {
    const need = { pooled: 8 * GB, sparing: 3 * GB };
    expect(() => requireMemory(memoryPlan(need, GB))).toThrow('about 3.0 GB of memory; 1.0 GB are free');
  });

  it('is used sparingly where the fast way does not fit', () => {
    const need = { pooled: 8 * GB, sparing: 3 * GB };
    expect(requireMemory(memoryPlan(need, 8 * GB))).toBe('pooled');
    expect(requireMemory(memoryPlan(need, 7 * GB))).toBe('sparing');
  });

  it.each([
    [8, 4, 'pooled'],
    [7, 4, 'sparing'],
    [3.5, 3, 'sparing'],
    [2, 2, 'sparing'],
    [1.5, 1, 'sparing'],
    [0.5, 1, 'sparing'],
  ])('%d GB are enough for %d of 4 threads, %s', (free, threads, use) => {
    expect(threadsThatFit({ pooled: 2 * GB, sparing: GB }, 4, free * GB)).toEqual({ threads, use });
    expect(threadsThatFit({ pooled: 2 * GB, sparing: GB }, 1, 2 * GB)).toEqual({ threads: 1, use: 'pooled' });
  });

  it('of several graphs is kept for each, or taken for the largest alone', () => {
    const graph = (rows: number) => ({
      name: 'g',
      outputs: {
        y: matmul(input('x', [rows, 1000]), constant(new Float32Array(1e6), [1000, 1000])),
      },
    });
    const [small, large] = [trainingNeed([graph(900)], 0, 0), trainingNeed([graph(1000)], 0, 0)];
    const both = trainingNeed([graph(900), graph(1000)], 0, 0);
    // Only one of them is being handed over at a time.
    expect(both.pooled).toBe(small.pooled + large.pooled - 4e6);
    // The weights of both, and the results of one.
    expect(both.sparing).toBe(large.sparing + 2 * 4e6);
    expect(both.sparing).toBeLessThan(both.pooled);
    expect(trainingNeed([], 1000, 50)).toEqual({ pooled: 32_050, sparing: 32_050 });
  });
});
