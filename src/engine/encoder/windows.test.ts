/** Windows: all of a text, in order, ended at sentences where that costs less than half a window. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import { windowsOf } from './windows.ts';

/** The end of a window as the rule states it, looked up the slow way. */
function endOf(start: number, tokens: number, size: number, breaks: readonly number[]): number {
  if (start + size >= tokens) return tokens;
  const inSecondHalf = breaks.filter((at) => at > start + size / 2 && at <= start + size);
  return Math.max(...inSecondHalf, inSecondHalf.length > 0 ? 0 : start + size);
}

describe('windows', () => {
  it('are one empty window for a text without tokens', () => {
    expect(windowsOf(0, 10, [])).toEqual([{ start: 0, end: 0 }]);
  });

  it('are one window for a text that fits, wherever its sentences end', () => {
    expect(windowsOf(10, 10, [4, 7])).toEqual([{ start: 0, end: 10 }]);
  });

  it('end at the last sentence border of the second half', () => {
    expect(windowsOf(25, 10, [3, 6, 8, 12])).toEqual([
      { start: 0, end: 8 },
      { start: 8, end: 18 },
      { start: 18, end: 25 },
    ]);
  });

  it('may be full, when the next sentence starts right behind', () => {
    expect(windowsOf(15, 10, [7, 10])[0]).toEqual({ start: 0, end: 10 });
  });

  it('pass over a border in the first half', () => {
    expect(windowsOf(15, 10, [5])[0]).toEqual({ start: 0, end: 10 });
  });

  it('cover every token once, keep the size and honour the borders, for any text', () => {
    const random = new Random(2);
    for (let n = 0; n < 1000; n++) {
      const tokens = random.integer(n % 10 === 0 ? 3000 : 200);
      const size = 6 + random.integer(60);
      const breaks = Array.from({ length: random.integer(40) }, () => random.integer(tokens + 1));
      breaks.sort((a, b) => a - b);
      let at = 0;
      const windows = windowsOf(tokens, size, breaks);
      for (const { start, end } of windows) {
        expect(start).toBe(at);
        expect(end).toBe(endOf(start, tokens, size, breaks));
        expect(end - start).toBeLessThanOrEqual(size);
        at = end;
      }
      expect(at).toBe(tokens);
      expect(windows.slice(0, -1).every(({ start, end }) => end - start > size / 2)).toBe(true);
    }
  });
});
