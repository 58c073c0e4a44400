import { expect, it } from 'vitest';
import { calendarDay } from './calendar-day.ts';

it.each([
  ['2018-05-15', 'May 15, 2018'],
  ['2018-01-01', 'Jan 1, 2018'],
  ['2018-05', 'May 2018'],
  ['2018', '2018'],
  ['soon', 'soon'],
])('%s is %s', (iso, text) => {
  expect(calendarDay(iso)).toBe(text);
});
