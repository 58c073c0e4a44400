import { describe, expect, it } from 'vitest';
import { moveSpan, moveThrough, type Edit } from './edits.ts';

const span = { start: 10, end: 20 };

describe('moveSpan', () => {
  it.each<[string, Edit, number, number, boolean]>([
    ['before', { start: 2, removed: 1, added: 4 }, 13, 23, false],
    ['at the start', { start: 10, removed: 0, added: 3 }, 13, 23, false],
    ['at the end', { start: 20, removed: 0, added: 3 }, 10, 20, false],
    ['behind', { start: 25, removed: 5, added: 0 }, 10, 20, false],
    ['inside', { start: 12, removed: 2, added: 5 }, 10, 23, true],
    ['over the start', { start: 8, removed: 4, added: 1 }, 8, 17, true],
    ['over the end', { start: 18, removed: 6, added: 0 }, 10, 18, true],
    ['over all of it', { start: 5, removed: 30, added: 2 }, 5, 7, true],
  ])('%s', (_, edit, start, end, touched) => {
    expect(moveSpan(span, edit)).toEqual({ span: { start, end }, touched });
  });

  it('agrees with editing a text', () => {
    const text = 'abcdefghij0123456789klmnopqrst';
    for (let start = 0; start <= text.length; start++) {
      for (let removed = 0; start + removed <= text.length; removed++) {
        const edited = `${text.slice(0, start)}##${text.slice(start + removed)}`;
        const moved = moveSpan(span, { start, removed, added: 2 });
        const now = edited.slice(moved.span.start, moved.span.end);
        if (moved.touched) expect(now).not.toBe('0123456789');
        else expect(now).toBe('0123456789');
      }
    }
  });
});

describe('moveThrough', () => {
  it('remembers that any edit touched it', () => {
    const edits = [
      { start: 15, removed: 1, added: 1 },
      { start: 0, removed: 0, added: 5 },
    ];
    expect(moveThrough(span, edits)).toEqual({ span: { start: 15, end: 25 }, touched: true });
  });
});
