import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode, type ErrorReport } from '../../core/errors.ts';
import { errorActions } from './actions.ts';

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

  it('does not open a transcribed file that would say the same again', () => {
    for (const file of ['/scan.pdf', '/weekly.zip/a.xml', '/t.xlsx']) {
      expect(errorActions(report('file-unreadable', { file }))).toEqual([]);
      expect(errorActions(report('record-malformed', { file, line: 3 }))).toEqual([{ kind: 'open-place' }]);
    }
  });
});
