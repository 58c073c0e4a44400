import { expect, it } from 'vitest';
import { ProgressReporter } from './progress.ts';

it('turns counts into increments that never go back', () => {
  const seen: { message?: string; increment?: number }[] = [];
  const reporter = new ProgressReporter({ report: (value) => seen.push(value) });
  reporter.report({ kind: 'step', message: 'reading' });
  reporter.report({ kind: 'step', message: 'a', done: 1, total: 4 });
  reporter.report({ kind: 'step', message: 'a', done: 3, total: 4 });
  reporter.report({ kind: 'step', message: 'b', done: 1, total: 2 });
  reporter.report({ kind: 'step', message: 'b', done: 2, total: 2 });
  expect(seen).toEqual([
    { message: 'reading' },
    { message: 'a', increment: 25 },
    { message: 'a', increment: 50 },
    { message: 'b', increment: 0 },
    { message: 'b', increment: 25 },
  ]);
});
