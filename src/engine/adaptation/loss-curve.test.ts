import { expect, it } from 'vitest';
import { LossCurve } from './loss-curve.ts';

const at = (step: number) => ({ step, loss: 1 / step });

it('tells what came before an interruption once, and what is made again as it is made', () => {
  const curve = new LossCurve([at(1), at(2), at(3)]);
  expect(curve.all).toHaveLength(3);
  // The third step was not saved.
  expect(curve.with({ step: 3, loss: 0.5 })).toEqual([at(1), at(2), { step: 3, loss: 0.5 }]);
  expect(curve.with(at(4))).toEqual([at(4)]);
  expect(curve.all).toEqual([at(1), at(2), { step: 3, loss: 0.5 }, at(4)]);
});
