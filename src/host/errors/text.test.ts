import { describe, expect, it } from 'vitest';
import type { ErrorReport } from '../../core/errors.ts';
import { errorText, withShortPath } from './text.ts';

const report = (place?: ErrorReport['place'], message = 'It broke.'): ErrorReport => ({
  code: 'xml-malformed',
  message,
  remedy: 'Mend it.',
  ...(place ? { place } : {}),
});
const relative = (file: string): string => file.replace('/w/', '');

describe('errorText', () => {
  it.each([
    [undefined, 'It broke. Mend it.'],
    [{ file: '/w/a.xml', line: 3, column: 7 }, 'It broke. (a.xml:3:7) Mend it.'],
    [{ file: '/w/a.xml' }, 'It broke. (a.xml) Mend it.'],
  ])('names the place %j', (place, text) => {
    expect(errorText(report(place), relative)).toBe(text);
  });

  it('does not name a place twice', () => {
    const named = report({ file: '/w/a.xml', line: 3 }, '/w/a.xml, line 3: broken.');
    expect(errorText(named, relative)).toBe('a.xml, line 3: broken. Mend it.');
  });
});

describe('withShortPath', () => {
  it('shortens the message and keeps the place', () => {
    const place = { file: '/w/a.xml', line: 3 };
    expect(withShortPath(report(place, '/w/a.xml: no. See /w/a.xml.'), relative)).toMatchObject({
      message: 'a.xml: no. See a.xml.',
      place,
    });
  });
});
