/** Comparison of computed tensors: equal but for the rounding of single precision. */
import { expect } from 'vitest';

/** Fails unless each member is within `tolerance` of the expected one, relative to it where it is larger than 1. */
export function expectAllClose(
  actual: ArrayLike<number> | undefined,
  expected: ArrayLike<number>,
  tolerance: number,
  what = 'value',
): void {
  expect(actual?.length, `length of ${what}`).toBe(expected.length);
  for (let at = 0; at < expected.length; at++) {
    const [is, should] = [actual?.[at] ?? Number.NaN, expected[at] ?? Number.NaN];
    const near = Object.is(is, should) || Math.abs(is - should) <= tolerance * Math.max(1, Math.abs(should));
    expect(near, `${what}[${at}]: ${is} instead of ${should}`).toBe(true);
  }
}
