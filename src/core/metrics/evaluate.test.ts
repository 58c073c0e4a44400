import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { hammingLoss, subsetAccuracy } from './agreement.ts';
import { macroAveragePrecision, microAveragePrecision } from './average-precision.ts';
import { bootstrapInterval } from './bootstrap.ts';
import { brierScore, expectedCalibrationError, reliabilityBins } from './calibration.ts';
import { evaluateMultilabel, INTERVAL_METRICS } from './evaluate.ts';
import { macroAverage, microAverage, weightedAverage } from './f-score.ts';
import { coverageError, labelRankingAveragePrecision, rankingLoss } from './label-ranking.ts';
import { LabelOutcomes } from './outcomes.ts';
import { labelsOf, randomCase, scoresOf } from './testing/matrices.ts';

describe('evaluateMultilabel', () => {
  const { truth, scores, assigned } = randomCase(new Random(1), 120, 10, { levels: 100 });
  const evaluation = evaluateMultilabel(truth, scores, assigned, { resamples: 200, seed: 3 });

  it('reports the figures the single functions give', () => {
    const { metrics } = evaluation;
    expect(metrics.microAveragePrecision.value).toBe(microAveragePrecision(truth, scores));
    expect(metrics.macroAveragePrecision.value).toBe(macroAveragePrecision(truth, scores));
    expect(metrics.labelRankingAveragePrecision.value).toBe(labelRankingAveragePrecision(truth, scores));
    expect(metrics.rankingLoss.value).toBe(rankingLoss(truth, scores));
    expect(metrics.coverageError.value).toBe(coverageError(truth, scores));
    expect(metrics.hammingLoss.value).toBe(hammingLoss(truth, assigned));
    expect(metrics.subsetAccuracy.value).toBe(subsetAccuracy(truth, assigned));
    expect(metrics.brierScore.value).toBe(brierScore(truth, scores));
    const outcomes = new LabelOutcomes(truth, assigned);
    const counts = outcomes.count();
    expect({
      precision: metrics.microPrecision.value,
      recall: metrics.microRecall.value,
      f1: metrics.microF1.value,
    }).toEqual(microAverage(counts));
    expect({
      precision: metrics.macroPrecision.value,
      recall: metrics.macroRecall.value,
      f1: metrics.macroF1.value,
    }).toEqual(macroAverage(counts));
    expect({
      precision: metrics.weightedPrecision.value,
      recall: metrics.weightedRecall.value,
      f1: metrics.weightedF1.value,
    }).toEqual(weightedAverage(counts));
    expect(evaluation.reliability).toEqual(reliabilityBins(truth, scores));
    expect(evaluation.expectedCalibrationError).toBe(expectedCalibrationError(evaluation.reliability));
    expect(metrics.microF1).toEqual(
      bootstrapInterval(120, (weights) => microAverage(outcomes.count(weights)).f1, {
        resamples: 200,
        seed: 3,
      }),
    );
  });

  it('gives every metric an interval in order', () => {
    expect(Object.keys(evaluation.metrics)).toEqual([...INTERVAL_METRICS]);
    for (const { low, high } of Object.values(evaluation.metrics)) {
      expect(low).toBeLessThanOrEqual(high);
    }
    const { microF1 } = evaluation.metrics;
    expect(microF1.low).toBeLessThan(microF1.value);
    expect(microF1.high).toBeGreaterThan(microF1.value);
  });

  it('says how it was computed and survives JSON', () => {
    expect(evaluation).toMatchObject({ documents: 120, labels: 10, labelsWithDocuments: 10 });
    expect(evaluation.bootstrap).toEqual({
      resamples: 200,
      seed: 3,
      level: 0.95,
      unit: 'document',
      units: 120,
    });
    expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation);
  });

  it('resamples groups when told them', () => {
    const groups = Array.from({ length: 120 }, (_, row) => `family ${row % 40}`);
    const grouped = evaluateMultilabel(truth, scores, assigned, { resamples: 200, seed: 3, groups });
    expect(grouped.bootstrap).toMatchObject({ unit: 'group', units: 40 });
    expect(grouped.metrics.microF1.value).toBe(evaluation.metrics.microF1.value);
    expect(grouped.metrics.microF1.low).not.toBe(evaluation.metrics.microF1.low);
  });

  it('lists each label, with no average precision for one that no document has', () => {
    const { perLabel, labelsWithDocuments } = evaluateMultilabel(
      labelsOf('10', '00'),
      scoresOf([0.75, 0.25], [0.25, 0.5]),
      labelsOf('10', '01'),
      { resamples: 1 },
    );
    expect(labelsWithDocuments).toBe(1);
    const sure = (value: number) => ({ value, low: value, high: value });
    expect(perLabel).toEqual([
      { precision: 1, recall: 1, f1: 1, f1Interval: sure(1), support: 1, assigned: 1, averagePrecision: 1 },
      {
        precision: 0,
        recall: 0,
        f1: 0,
        f1Interval: sure(0),
        support: 0,
        assigned: 1,
        averagePrecision: null,
      },
    ]);
  });

  it('has macro-F1 inside its own interval when labels are rare', () => {
    // Forty documents, forty labels, each label on one document only: most resamples lack a third of them.
    const one = (row: number): string =>
      Array.from({ length: 40 }, (_, c) => (c === row ? '1' : '0')).join('');
    const truth = labelsOf(...Array.from({ length: 40 }, (_, row) => one(row)));
    const assigned = labelsOf(
      ...Array.from({ length: 40 }, (_, row) => one(row < 30 ? row : (row + 1) % 40)),
    );
    const scores = scoresOf(...Array.from({ length: 40 }, () => new Array<number>(40).fill(0.5)));
    const { value, low, high } = evaluateMultilabel(truth, scores, assigned, { resamples: 200 }).metrics
      .macroF1;
    expect(value).toBeGreaterThanOrEqual(low);
    expect(value).toBeLessThanOrEqual(high);
  });

  it('has every macro figure inside its own interval on a tiny corpus', () => {
    for (let seed = 1; seed < 12; seed++) {
      const { truth, scores, assigned } = randomCase(new Random(seed), 14, 9, { levels: 100 });
      const { metrics } = evaluateMultilabel(truth, scores, assigned, { resamples: 100 });
      for (const name of ['macroPrecision', 'macroRecall', 'macroF1', 'macroAveragePrecision'] as const) {
        const { value, low, high } = metrics[name];
        expect(low, `${name}, case ${seed}`).toBeLessThanOrEqual(value);
        expect(high, `${name}, case ${seed}`).toBeGreaterThanOrEqual(value);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      }
    }
  });

  it('handles a single document without labels', () => {
    const { metrics } = evaluateMultilabel(labelsOf('000'), scoresOf([0, 0, 0]), labelsOf('000'));
    expect(metrics.microF1).toEqual({ value: 0, low: 0, high: 0 });
    expect(metrics.subsetAccuracy).toEqual({ value: 1, low: 1, high: 1 });
    expect(metrics.macroAveragePrecision.value).toBe(0);
  });

  it('refuses scores that are not probabilities, and shapes that do not fit', () => {
    expect(() => evaluateMultilabel(labelsOf('10'), scoresOf([3, -2]), labelsOf('10'))).toThrow(RangeError);
    expect(() => evaluateMultilabel(labelsOf('10'), scoresOf([1]), labelsOf('10'))).toThrow(RangeError);
    expect(() => evaluateMultilabel(labelsOf('10'), scoresOf([1, 0]), labelsOf('1'))).toThrow(RangeError);
  });
});
