import { expect, it } from 'vitest';
import type { MarkKind, ReviewMark } from '../../src/protocol/review-view.ts';
import { pieces } from './pieces.ts';

const mark = (start: number, end: number, kind: MarkKind = 'shared'): ReviewMark => ({
  start,
  end,
  kind,
  reason: '',
});

it.each<[string, readonly ReviewMark[], string]>([
  ['no mark', [], '0-10:'],
  ['one', [mark(2, 4)], '0-2: 2-4:shared 4-10:'],
  ['all of it', [mark(0, 10)], '0-10:shared'],
  [
    'overlapping ones',
    [mark(2, 6), mark(4, 8, 'keyword')],
    '0-2: 2-4:shared 4-6:shared+keyword 6-8:keyword 8-10:',
  ],
  ['one past the end', [mark(8, 30)], '0-8: 8-10:shared'],
])('%s', (_, marks, expected) => {
  const text = pieces('0123456789', marks)
    .map(({ start, end, marks: on }) => `${start}-${end}:${on.map(({ kind }) => kind).join('+')}`)
    .join(' ');
  expect(text).toBe(expected);
});
