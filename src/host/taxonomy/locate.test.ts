import { expect, it } from 'vitest';
import { locateLabel } from './locate.ts';

const TEXT = '{\n  "name": "b",\n  "labels": [{"id": "a", "parent": "b"}, {"name": "B", "id": "b"}]\n}';

it.each([
  ['a', '{"id": "a", "parent": "b"}'],
  ['b', '{"name": "B", "id": "b"}'],
])('finds %s', (id, label) => {
  const span = locateLabel(TEXT, id);
  expect(span && TEXT.slice(span.start, span.end)).toBe(label);
});

it.each([
  ['c', TEXT],
  ['a', '{'],
  ['a', '[]'],
  ['a', ''],
])('finds no %s in %j', (id, text) => {
  expect(locateLabel(text, id)).toBeUndefined();
});
