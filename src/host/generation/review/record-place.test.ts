import { expect, it } from 'vitest';
import { lineOf } from './record-place.ts';

const TEXT = '{"id":"a","parents":["b"]}\n\n{"broken\n{"id": "b"}\n';

it.each([
  ['a', 1],
  ['b', 4],
  ['c', undefined],
])('%s stands on line %s', (id, line) => {
  expect(lineOf(TEXT, id)).toBe(line);
});
