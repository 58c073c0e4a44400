import { describe, expect, it } from 'vitest';
import { isDatePlaceholder, isoDate, yearOf } from './dates.ts';

describe('dates', () => {
  it.each([
    ['20180515', '2018-05-15'],
    ['2018-05-15', '2018-05-15'],
    ['2018-05-15Z', '2018-05-15'],
    ['2018-05-15T00:00:00+02:00', '2018-05-15'],
    ['2018/05/15', '2018-05-15'],
    [' 2018.05.15\n', '2018-05-15'],
    ['20030400', '2003-04'],
    ['2000-04', '2000-04'],
    ['200004', '2000-04'],
    ['18360000', '1836'],
    ['1999', '1999'],
    ['20000229', '2000-02-29'],
    ['19000229', undefined],
    ['20230229', undefined],
    ['20181301', undefined],
    ['20180532', undefined],
    ['20180431', undefined],
    ['20180015', undefined],
    ['00000000', undefined],
    ['10000101', undefined],
    ['201805150', undefined],
    ['15.05.2018', undefined],
    ['unknown', undefined],
    ['', undefined],
  ])('%j is %s', (text, expected) => {
    expect(isoDate(text)).toBe(expected);
  });

  it('knows what only fills the place of a date', () => {
    expect(['00000000', '', ' ', '0000-00-00'].every(isDatePlaceholder)).toBe(true);
    expect(['20180515', 'unknown'].some(isDatePlaceholder)).toBe(false);
  });

  it('gives the year', () => {
    expect([yearOf('2018-05'), yearOf(undefined)]).toEqual([2018, undefined]);
  });
});
