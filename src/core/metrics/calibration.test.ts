import { describe, expect, it } from 'vitest';
import { brierLosses, brierScore, expectedCalibrationError, reliabilityBins } from './calibration.ts';
import { expectClose } from './testing/close.ts';
import { labelsOf, scoresOf } from './testing/matrices.ts';

describe('calibration', () => {
  it('puts a probability on an edge into the bin below it, and 0 into the first', () => {
    const edges = [0, 0.2, 0.4, 0.6, 0.8, 1];
    const bins = reliabilityBins(labelsOf('000000'), scoresOf(edges), 5);
    expect(bins.map(({ count }) => count)).toEqual([2, 1, 1, 1, 1]);
    for (const count of [3, 7, 10, 15, 25, 35]) {
      const onEdges = Array.from({ length: count }, (_, bin) => (bin + 1) / count);
      const each = reliabilityBins(labelsOf('0'.repeat(count)), scoresOf(onEdges), count);
      expect(each.map((bin) => bin.count)).toEqual(onEdges.map(() => 1));
    }
  });

  it('puts the least number above an edge into the bin above it', () => {
    const aboveEdge = 11 / 15 + 2 ** -53;
    expect(aboveEdge).toBeGreaterThan(11 / 15);
    const bins = reliabilityBins(labelsOf('0'), scoresOf([aboveEdge]));
    expect(bins.findIndex(({ count }) => count === 1)).toBe(11);
  });

  it('reports mean probability and share of positives, and null for empty bins', () => {
    const bins = reliabilityBins(labelsOf('0101'), scoresOf([0.125, 0.25, 0.75, 1]), 2);
    expect(bins).toEqual([
      { low: 0, high: 0.5, count: 2, meanProbability: 0.1875, positiveShare: 0.5 },
      { low: 0.5, high: 1, count: 2, meanProbability: 0.875, positiveShare: 0.5 },
    ]);
    expectClose(expectedCalibrationError(bins), (0.3125 + 0.375) / 2);
    const [, empty] = reliabilityBins(labelsOf('0'), scoresOf([0.25]), 2);
    expect(empty).toEqual({ low: 0.5, high: 1, count: 0, meanProbability: null, positiveShare: null });
  });

  it('has 15 bins unless told otherwise', () => {
    expect(reliabilityBins(labelsOf('0'), scoresOf([0.25]))).toHaveLength(15);
  });

  it('is 0 when certain and right, 1 when certain and wrong', () => {
    const truth = labelsOf('1001');
    const right = scoresOf([1, 0, 0, 1]);
    const wrong = scoresOf([0, 1, 1, 0]);
    expect(expectedCalibrationError(reliabilityBins(truth, right))).toBe(0);
    expect(expectedCalibrationError(reliabilityBins(truth, wrong))).toBe(1);
    expect(brierScore(truth, right)).toBe(0);
    expect(brierScore(truth, wrong)).toBe(1);
  });

  it('gives the Brier loss of each document', () => {
    const losses = brierLosses(labelsOf('10', '00'), scoresOf([0.5, 0.5], [0, 1]));
    expect([...losses]).toEqual([0.25, 0.5]);
  });

  it('refuses what is not a probability, and no bins', () => {
    expect(() => reliabilityBins(labelsOf('1'), scoresOf([1.5]))).toThrow(RangeError);
    expect(() => brierScore(labelsOf('1'), scoresOf([-0.5]))).toThrow(RangeError);
    expect(() => reliabilityBins(labelsOf('1'), scoresOf([0.5]), 0)).toThrow(RangeError);
  });
});
