import { expect, it } from 'vitest';
import { digitsBetween, smoothed } from './charts.ts';

it('the running mean starts at the first loss, and follows what comes', () => {
  expect(smoothed([{ step: 1, loss: 2 }])).toEqual([{ x: 1, y: 2 }]);
  const even = smoothed(Array.from({ length: 50 }, (_, i) => ({ step: i + 1, loss: 0.3 })));
  for (const { y } of even) expect(y).toBeCloseTo(0.3, 12);
  const [, second] = smoothed([
    { step: 1, loss: 1 },
    { step: 2, loss: 0 },
  ]);
  // 0.9·0.1·1 over 0.1 + 0.9·0.1.
  expect(second?.y).toBeCloseTo(0.09 / 0.19, 12);
  expect(smoothed([])).toEqual([]);
});

it.each([
  [[0.93, 0.935, 0.94], 3],
  [[0.1, 0.2], 1],
  [[0.61, 0.612], 3],
  [[0, 1e-4], 4],
  [[0, 5, 10], 0],
  [[3], 0],
  [[], 0],
])('ticks at %j differ with %d digits', (ticks, digits) => {
  expect(digitsBetween(ticks)).toBe(digits);
});
