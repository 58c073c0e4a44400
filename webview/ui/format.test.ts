import { describe, expect, it } from 'vitest';
import { generator } from '../dev/fixtures/random.ts';
import { day, decimal, integer, percent, roundToSum, signed } from './format.ts';

describe('percent', () => {
  it('never says that a probability is certain', () => {
    expect(percent(0.004)).toBe('<1\u202f%');
    expect(percent(0.9951)).toBe('>99\u202f%');
    expect(percent(0.01)).toBe('1\u202f%');
    expect(percent(0.99)).toBe('99\u202f%');
    expect(percent(0)).toBe('0\u202f%');
    expect(percent(1)).toBe('100\u202f%');
    expect(percent(0.795)).toBe('80\u202f%');
    expect(percent(Number.NaN)).toBe('–');
  });
});

describe('decimal and signed', () => {
  it('use a real minus and no sign for zero', () => {
    expect(decimal(-2.1)).toBe('−2.10');
    expect(signed(0.4)).toBe('+0.40');
    expect(signed(-0.4)).toBe('−0.40');
    expect(signed(-0.004)).toBe('0.00');
    expect(signed(0.0049)).toBe('0.00');
  });
});

describe('integer and day', () => {
  it('group thousands and name the day', () => {
    expect(integer(2310)).toBe('2,310');
    expect(day('2026-05-04T09:12:00Z')).toBe('May 4, 2026');
    expect(day('yesterday')).toBe('yesterday');
  });
});

describe('roundToSum', () => {
  it('keeps the sum where plain rounding loses it', () => {
    expect(roundToSum([0.334, 0.333, 0.333])).toEqual({ values: [0.34, 0.33, 0.33], sum: 1 });
  });

  it('adds up and stays within one unit for any numbers', () => {
    const random = generator(3);
    for (let round = 0; round < 500; round += 1) {
      const values = Array.from({ length: 1 + Math.floor(random() * 9) }, () => random() * 8 - 4);
      const { values: rounded, sum } = roundToSum(values);
      const total = values.reduce((a, b) => a + b, 0);
      expect(Math.round(rounded.reduce((a, b) => a + b, 0) * 100) + 0).toBe(Math.round(sum * 100) + 0);
      expect(sum).toBeCloseTo(total, 1);
      expect(Math.abs(sum - total)).toBeLessThanOrEqual(0.00501);
      rounded.forEach((value, index) => expect(Math.abs(value - (values[index] ?? 0))).toBeLessThan(0.0101));
    }
  });

  it('leaves exact numbers alone', () => {
    expect(roundToSum([1.92, 0.81, -0.62, -2.1])).toEqual({ values: [1.92, 0.81, -0.62, -2.1], sum: 0.01 });
  });
});
