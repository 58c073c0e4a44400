/** The counts of a run are the tests it ran; a run that breaks without a failed test is not a success. */
import { expect, test } from 'vitest';
import { countsOf } from './vitest.mjs';

test('a report is counted', () => {
  const report = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
  expect(countsOf(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 3 });
});

test('a run that fails without a failed test counts as one failure', () => {
  expect(countsOf({ numPassedTests: 3, numFailedTests: 0 }, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  expect(countsOf(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
