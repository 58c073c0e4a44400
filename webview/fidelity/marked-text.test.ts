import { describe, expect, it } from 'vitest';
import { markedParts, markedRanges } from './marked-text.ts';

const marked = (text: string, passage: string | undefined): string =>
  markedParts(text, passage)
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join('');

describe('markedParts', () => {
  it.each([
    ['A frame and a spring.', 'frame and', 'A [frame and] a spring.'],
    ['A Frame\nand a spring.', 'a frame and …', '[A Frame\nand] a spring.'],
    ['A frame (10) and a spring.', 'frame (10)', 'A [frame (10)] and a spring.'],
    ['A frame.', 'Walker\nA fra…', '[A fra]me.'],
    ['A frame.', 'wheel', 'A frame.'],
    ['A frame.', undefined, 'A frame.'],
    ['A frame.', '…', 'A frame.'],
  ])('marks in “%s” the passage “%s”', (text, passage, expected) => {
    expect(marked(text, passage)).toBe(expected);
  });
});

describe('markedRanges', () => {
  const cut = (...ranges: readonly (readonly [number, number])[]): string =>
    markedRanges(
      'abcdef',
      ranges.map(([start, end]) => ({ start, end })),
    )
      .map(({ text, range }) => (range === undefined ? text : `[${range}${text}]`))
      .join('');

  it.each([
    [[], 'abcdef'],
    [[[1, 3]], 'a[0bc]def'],
    [[[4, 99]], 'abcd[0ef]'],
    [
      [
        [2, 4],
        [1, 5],
      ],
      'a[1b][0cd][1e]f',
    ],
    [
      [
        [0, 2],
        [2, 4],
      ],
      '[0ab][1cd]ef',
    ],
  ] as const)('cuts at %j', (ranges, expected) => {
    expect(cut(...ranges)).toBe(expected);
  });

  it('cuts nothing into nothing', () => {
    expect(markedRanges('', [])).toEqual([]);
  });
});
