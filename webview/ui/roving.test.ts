import { expect, it } from 'vitest';
import { step } from './roving.ts';

it('moves within the list and stops at its ends', () => {
  expect(step('ArrowDown', 0, 3)).toBe(1);
  expect(step('ArrowDown', 2, 3)).toBe(2);
  expect(step('ArrowUp', 0, 3)).toBe(0);
  expect(step('PageDown', 5, 100, 20)).toBe(25);
  expect(step('PageUp', 5, 100, 20)).toBe(0);
  expect(step('Home', 9, 100)).toBe(0);
  expect(step('End', 9, 100)).toBe(99);
});

it('leaves other keys and empty lists alone', () => {
  expect(step('a', 0, 3)).toBeUndefined();
  expect(step('ArrowDown', 0, 0)).toBeUndefined();
});
