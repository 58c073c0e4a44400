import { describe, expect, it } from 'vitest';
import { MappedTextBuilder, OffsetMap, sliceMapped } from './offset-map.ts';

describe('OffsetMap', () => {
  it('maps a verbatim text by its shift', () => {
    const map = OffsetMap.identity(5, 100);
    expect(map.toSource({ start: 1, end: 3 })).toEqual({ start: 101, end: 103 });
    expect(map.toSource({ start: 0, end: 5 })).toEqual({ start: 100, end: 105 });
  });

  it('covers all pieces of a text that is read in another order than it stands in the source', () => {
    // Two columns side by side: "ab  cd" over "ef  gh", read "ab ef cd gh".
    const out = new MappedTextBuilder();
    for (const [text, source] of [
      ['ab', 0],
      ['ef', 7],
      ['cd', 4],
      ['gh', 11],
    ] as const) {
      if (out.length > 0) out.inserted(' ');
      out.verbatim(text, source);
    }
    const { text, map } = out.build();
    expect(text).toBe('ab ef cd gh');
    for (const [span, expected] of [
      [
        { start: 0, end: 2 },
        { start: 0, end: 2 },
      ],
      [
        { start: 4, end: 7 },
        { start: 4, end: 9 },
      ],
      [
        { start: 6, end: 8 },
        { start: 4, end: 6 },
      ],
      [
        { start: 7, end: 10 },
        { start: 5, end: 12 },
      ],
      [
        { start: 0, end: 11 },
        { start: 0, end: 13 },
      ],
    ]) {
      expect(map.toSource(span ?? { start: 0, end: 0 })).toEqual(expected);
    }
  });

  it('has no source for a text that came from nowhere', () => {
    expect(new OffsetMap([]).toSource({ start: 0, end: 1 })).toBeUndefined();
  });

  it('maps resolved characters to exactly their own source, also at the edges and side by side', () => {
    const out = new MappedTextBuilder();
    // source: &ldquo;ab&nbsp;&deg;c&rdquo;
    out.resolved('“', { start: 0, end: 7 });
    out.verbatim('ab', 7);
    out.resolved(' ', { start: 9, end: 15 });
    out.resolved('°', { start: 15, end: 20 });
    out.verbatim('c', 20);
    out.resolved('”', { start: 21, end: 28 });
    const { text, map } = out.build();
    expect(text).toBe('“ab °c”');
    const at = (start: number, end: number) => map.toSource({ start, end });
    expect(at(0, 1)).toEqual({ start: 0, end: 7 });
    expect(at(1, 3)).toEqual({ start: 7, end: 9 });
    expect(at(3, 4)).toEqual({ start: 9, end: 15 });
    expect(at(4, 5)).toEqual({ start: 15, end: 20 });
    expect(at(5, 6)).toEqual({ start: 20, end: 21 });
    expect(at(6, 7)).toEqual({ start: 21, end: 28 });
    expect(at(0, 7)).toEqual({ start: 0, end: 28 });
  });

  it('maps an inserted blank to the gap it bridges', () => {
    const out = new MappedTextBuilder();
    out.verbatim('ab', 0);
    out.inserted(' ');
    out.verbatim('cd', 10);
    const { map } = out.build();
    expect(map.toSource({ start: 2, end: 3 })).toEqual({ start: 2, end: 10 });
    expect(map.toSource({ start: 1, end: 4 })).toEqual({ start: 1, end: 11 });
  });

  it('joins stretches that stand side by side into one run', () => {
    const out = new MappedTextBuilder();
    out.verbatim('ab', 5);
    out.verbatim('cd', 7);
    expect(out.build().map.runs).toEqual([{ text: 0, source: 5, length: 4 }]);
  });
});

describe('sliceMapped', () => {
  it('keeps the way back for the part that is left', () => {
    const out = new MappedTextBuilder();
    out.verbatim('1. ', 0);
    out.resolved('Ä', { start: 3, end: 9 });
    out.verbatim('bc', 9);
    const part = sliceMapped(out.build(), 3);
    expect(part.text).toBe('Äbc');
    expect(part.map.toSource({ start: 0, end: 1 })).toEqual({ start: 3, end: 9 });
    expect(part.map.toSource({ start: 1, end: 3 })).toEqual({ start: 9, end: 11 });
  });
});
