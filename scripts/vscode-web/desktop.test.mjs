/** Which installed VS Code is new enough. */
import { expect, test } from 'vitest';
import { isAtLeast } from './desktop.mjs';

test.each([
  ['1.106.0', '1.106.0', true],
  ['1.139.1', '1.106.0', true],
  ['2.0.0', '1.106.0', true],
  ['1.99.9', '1.106.0', false],
  ['', '1.106.0', false],
])('%s is at least %s: %s', (version, wanted, expected) => {
  expect(isAtLeast(version, wanted)).toBe(expected);
});
