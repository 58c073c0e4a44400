import { describe, expect, it } from 'vitest';
import { positionAt } from './position.ts';

describe('positionAt', () => {
  it.each([
    ['abc', 0, { offset: 0, line: 1, column: 1 }],
    ['abc', 2, { offset: 2, line: 1, column: 3 }],
    ['a\nb', 2, { offset: 2, line: 2, column: 1 }],
    ['a\r\nb', 3, { offset: 3, line: 2, column: 1 }],
    ['a\rb', 2, { offset: 2, line: 2, column: 1 }],
    ['a\r\n', 2, { offset: 2, line: 1, column: 3 }],
    ['a\n\nb', 3, { offset: 3, line: 3, column: 1 }],
    ['abc', 99, { offset: 3, line: 1, column: 4 }],
  ])('%j at %i', (text, index, expected) => {
    expect(positionAt(text, index)).toEqual(expected);
  });

  it('goes on from a start inside the file', () => {
    const start = { offset: 100, line: 7, column: 5 };
    expect(positionAt('ab', 1, start)).toEqual({ offset: 101, line: 7, column: 6 });
    expect(positionAt('a\nb', 3, start)).toEqual({ offset: 103, line: 8, column: 2 });
  });

  it('counts a line break once when the text is cut between CR and LF', () => {
    const text = 'one\r\ntwo';
    const middle = positionAt(text, 4);
    expect(positionAt(text.slice(4), 1, middle)).toMatchObject({ line: 2, column: 1 });
  });
});
