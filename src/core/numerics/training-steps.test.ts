/** Two steps of a training held against the CPU's: the order of sums passes, a wrong derivative or update does not. */
import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { stepDifference, stepFault, type TrainedSteps } from './training-steps.ts';

const SIZE = 500;
const random = new Random(3);
const normal = (scale: number): Float32Array =>
  Float32Array.from({ length: SIZE }, () => scale * (random.uniform() - 0.5));

const start = normal(1);
const gradient = normal(0.01);
const reference: TrainedSteps = {
  losses: [0.69, 0.68],
  gradient,
  start,
  parameters: start.map((value, i) => value - 1e-3 * Math.sign(gradient[i] ?? 0)),
};
const changed = (change: Partial<TrainedSteps>): string =>
  stepFault(stepDifference(reference, { ...reference, ...change }));
const spoilt = (values: Float32Array, at: number, value: number): Float32Array =>
  values.map((one, i) => (i === at ? value : one));

describe('steps', () => {
  it('that are the same, or differ by the order of sums, pass', () => {
    expect(stepDifference(reference, reference)).toEqual({ loss: 0, gradient: 0, move: 0 });
    const nearly = { losses: [0.690001, 0.680001], gradient: gradient.map((value) => value * 1.00001) };
    expect(changed(nearly)).toBe('');
  });

  it('that move a few weights with a gradient of nearly zero the other way pass', () => {
    const parameters = reference.parameters.map((value, i) =>
      i % 100 === 0 ? 2 * (start[i] ?? 0) - value : value,
    );
    expect(changed({ parameters })).toBe('');
  });

  it.each<readonly [string, Partial<TrainedSteps>, string]>([
    ['another loss', { losses: [0.69, 0.7] }, 'the loss differs by 2.9 % where 0.1 % is the limit'],
    ['a loss that is missing', { losses: [0.69] }, 'the loss is no finite number'],
    [
      'a derivative of half the size',
      { gradient: gradient.map((value) => value / 2) },
      'the gradient differs by 50 %',
    ],
    [
      'a gradient with NaN',
      { gradient: spoilt(gradient, 7, Number.NaN) },
      'the gradient is no finite number',
    ],
    [
      'a gradient with infinity',
      { gradient: spoilt(gradient, 7, Infinity) },
      'the gradient is no finite number',
    ],
    ['an update that is not made', { parameters: start }, 'what the weights move by differs by 100 %'],
    [
      'an update the other way',
      { parameters: start.map((v, i) => 2 * v - (reference.parameters[i] ?? 0)) },
      'by 200 %',
    ],
    ['a state of another size', { gradient: gradient.slice(1) }, 'the gradient is no finite number'],
  ])('with %s do not', (_, change, reason) => {
    expect(changed(change)).toContain(reason);
  });
});
