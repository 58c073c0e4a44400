import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode, type ErrorReport } from '../../core/errors.ts';
import { errorActions, errorText } from './actions.ts';

const report = (code: ErrorCode, place?: ErrorReport['place']): ErrorReport => ({
  code,
  message: 'It broke.',
  remedy: 'Mend it.',
  ...(place ? { place } : {}),
});

describe('errorActions', () => {
  it.each(ERROR_CODES.map((code) => [code]))('knows %s', (code) => {
    expect(() => errorActions(report(code, { file: '/a' }))).not.toThrow();
  });

  it.each<[ErrorCode, readonly string[]]>([
    ['cancelled', []],
    ['classifier-missing', ['patentLab.train']],
    ['taxonomy-missing', ['patentLab.createFiles', 'patentLab.openSamples']],
    ['engine-unavailable', ['patentLab.restartEngine', 'patentLab.showLog']],
    ['internal', ['patentLab.showLog']],
  ])('offers for %s %j', (code, commands) => {
    expect(
      errorActions(report(code)).map((action) => (action.kind === 'command' ? action.command : '')),
    ).toEqual(commands);
  });

  it('opens the file only where one is named', () => {
    expect(errorActions(report('xml-malformed'))).toEqual([]);
    expect(errorActions(report('xml-malformed', { file: '/a.xml' }))).toEqual([{ kind: 'open-place' }]);
  });
});

describe('errorText', () => {
  const relative = (file: string): string => file.replace('/w/', '');

  it.each([
    [undefined, 'It broke. Mend it.'],
    [{ file: '/w/a.xml', line: 3, column: 7 }, 'It broke. (a.xml:3:7) Mend it.'],
    [{ file: '/w/a.xml' }, 'It broke. (a.xml) Mend it.'],
  ])('names the place %j', (place, text) => {
    expect(errorText(report('xml-malformed', place), relative)).toBe(text);
  });

  it('does not name a place twice', () => {
    const named = {
      ...report('xml-malformed', { file: '/w/a.xml', line: 3 }),
      message: 'a.xml, line 3: broken.',
    };
    expect(errorText(named, relative)).toBe('a.xml, line 3: broken. Mend it.');
  });
});
