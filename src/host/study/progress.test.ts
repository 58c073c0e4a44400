import { expect, it } from 'vitest';
import { english } from '../l10n.ts';
import { progressMessage, timeLeft } from './progress.ts';

it.each([
  [0.2, 'nearly done'],
  [7.4, 'about 7 s left'],
  [44, 'about 40 s left'],
  [94, 'about 90 s left'],
  [130, 'about 2 min left'],
])('%d seconds: %s', (seconds, text) => {
  expect(timeLeft(seconds, english)).toBe(text);
});

it('says nothing of the time before anything was measured', () => {
  expect(progressMessage({ message: 'augmented, seed 2' }, english)).toBe('augmented, seed 2');
  expect(progressMessage({ message: 'augmented, seed 2', secondsLeft: 12 }, english)).toBe(
    'augmented, seed 2 · about 12 s left',
  );
});
