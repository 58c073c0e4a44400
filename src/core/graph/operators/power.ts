/** Powers. */
import { logarithm, multiply, power, subtract } from '../build.ts';
import type { Operator } from '../operator.ts';
import { scalar } from '../tensor.ts';
import { binary } from './pointwise.ts';

export const POWERS: readonly Operator[] = [
  // The derivative by the exponent exists for positive bases only; exporters raise to constants, where it is not asked for.
  binary(
    'Pow',
    (x, exponent) => x ** exponent,
    ({ upstream, output }, x, exponent) => [
      multiply(upstream, multiply(exponent, power(x, subtract(exponent, scalar(1))))),
      multiply(upstream, multiply(output, logarithm(x))),
    ],
  ),
];
