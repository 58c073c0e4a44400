import { expect, it } from 'vitest';
import { studentT } from './student-t.ts';

// scipy.stats.t.ppf((1 + p) / 2, freedom) for p = 0.5, 0.95, 0.999
it.each([
  [1, 1.0000000000000002, 12.706204736174694, 636.6192487687897],
  [2, 0.8164965809277261, 4.302652729749462, 31.599054576445365],
  [3, 0.7648923284043444, 3.1824463052837078, 12.923978636687961],
  [4, 0.7406970841126829, 2.7764451051977934, 8.610301581379522],
  [5, 0.7266868438004226, 2.5705818356363146, 6.868826625881276],
  [9, 0.7027221467513264, 2.262157162798205, 4.780912585931217],
  [30, 0.6827556933212927, 2.0422724563012378, 3.6459586350420627],
])('%i degrees of freedom', (freedom, half, usual, far) => {
  expect(studentT(0.5, freedom) / half).toBeCloseTo(1, 9);
  expect(studentT(0.95, freedom) / usual).toBeCloseTo(1, 9);
  expect(studentT(0.999, freedom) / far).toBeCloseTo(1, 9);
  expect(studentT(0, freedom)).toBeCloseTo(0, 9);
});

it('refuses what is no distribution', () => {
  expect(() => studentT(0.95, 0)).toThrow(RangeError);
  expect(() => studentT(0.95, 1.5)).toThrow(RangeError);
  expect(() => studentT(1, 3)).toThrow(RangeError);
});
