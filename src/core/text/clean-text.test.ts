import { describe, expect, it } from 'vitest';
import type { LineBreaks } from './clean-text.ts';
import { CleanTextBuilder } from './clean-text.ts';

function clean(source: string, lineBreaks: LineBreaks = 'layout'): string {
  const out = new CleanTextBuilder(lineBreaks);
  out.verbatim(source, 0);
  return out.build().text;
}

describe('CleanTextBuilder', () => {
  it.each([
    ['one two', 'one two'],
    ['  one   two  ', 'one two'],
    ['one\n  two', 'one two'],
    ['one\u00a0two\u2003three', 'one two three'],
    ['', ''],
    [' \n ', ''],
  ])('collapses %j', (source, expected) => {
    expect(clean(source)).toBe(expected);
  });

  it('keeps line breaks where the author set them', () => {
    expect(clean('one \r\n\n two three', 'kept')).toBe('one\ntwo three');
  });

  it('maps every word back, whatever stands between', () => {
    const source = ' alpha  beta\n\tgamma ';
    const out = new CleanTextBuilder('layout');
    out.verbatim(source, 1000);
    const { text, map } = out.build();
    for (const match of text.matchAll(/\w+/g)) {
      const span = map.toSource({ start: match.index, end: match.index + match[0].length });
      expect(source.slice((span?.start ?? 0) - 1000, (span?.end ?? 0) - 1000)).toBe(match[0]);
    }
  });

  it('prefers a break to a cell border and a cell border to a blank', () => {
    const out = new CleanTextBuilder('layout');
    out.cell();
    out.verbatim('a ', 0);
    out.cell();
    out.verbatim('b', 2);
    out.cell();
    out.break();
    out.cell();
    out.verbatim(' c', 3);
    out.break();
    expect(out.build().text).toBe('a | b\nc');
  });

  it('takes a resolved blank for a blank', () => {
    const out = new CleanTextBuilder('layout');
    out.verbatim('a', 0);
    out.resolved('\u00a0', { start: 1, end: 7 });
    out.verbatim(' b', 7);
    expect(out.build().text).toBe('a b');
  });
});
