/** Comparison of computed figures: equal but for rounding. */
import { expect } from 'vitest';

const RELATIVE = 1e-12;

/** Fails unless the two differ by at most 1e-12 of the expected value (exactly, when that is 0). */
export function expectClose(actual: number, expected: number, what = 'value'): void {
  const near = Math.abs(actual - expected) <= RELATIVE * Math.abs(expected);
  expect(near, `${what}: ${actual} instead of ${expected}`).toBe(true);
}

/** {@link expectClose} for each member. */
export function expectAllClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what = 'value'): void {
  expect(actual.length).toBe(expected.length);
  Array.from(expected).forEach((value, at) => {
    expectClose(actual[at] ?? Number.NaN, value, `${what}[${at}]`);
  });
}
