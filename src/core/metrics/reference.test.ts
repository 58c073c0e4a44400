/** Every metric against stored scikit-learn values, plain and under document weights. */
import { describe, expect, it } from 'vitest';
import { compareLabelSets, hammingLoss, subsetAccuracy } from './agreement.ts';
import { macroAveragePrecision, microAveragePrecision, PrecisionRanking } from './average-precision.ts';
import { brierLosses, brierScore, expectedCalibrationError, reliabilityBins } from './calibration.ts';
import { labelScores, macroAverage, microAverage, weightedAverage } from './f-score.ts';
import { coverageError, labelRankingAveragePrecision, rankingLoss, rankLabels } from './label-ranking.ts';
import { LabelOutcomes, type LabelCounts } from './outcomes.ts';
import { weightedMean } from './row-weights.ts';
import { expectAllClose, expectClose } from './testing/close.ts';
import { referenceCases, type Expected } from './testing/reference.ts';

describe.each(referenceCases())('scikit-learn: $name', (reference) => {
  const { truth, scores, assigned, weights, plain, reweighted, calibration } = reference;
  const outcomes = new LabelOutcomes(truth, assigned);
  const ranking = new PrecisionRanking(truth, scores);

  it('precision, recall and F1', () => {
    expectFScores(outcomes.count(), plain);
    expectFScores(outcomes.count(weights), reweighted);
  });

  it('average precision', () => {
    expectClose(microAveragePrecision(truth, scores), plain.microAveragePrecision);
    expectClose(ranking.micro(weights), reweighted.microAveragePrecision);
    expectAveragePrecision(ranking.perLabel(), outcomes.count(), plain);
    expectAveragePrecision(ranking.perLabel(weights), outcomes.count(weights), reweighted);
    expectClose(macroAveragePrecision(truth, scores), meanOfUsed(outcomes.count(), plain));
    expectClose(ranking.macro(weights), meanOfUsed(outcomes.count(weights), reweighted));
  });

  it('label ranking', () => {
    expectClose(labelRankingAveragePrecision(truth, scores), plain.labelRankingAveragePrecision);
    expectClose(rankingLoss(truth, scores), plain.rankingLoss);
    expectClose(coverageError(truth, scores), plain.coverageError);
    const { precision, loss, depth } = rankLabels(truth, scores);
    expectClose(weightedMean(precision, weights), reweighted.labelRankingAveragePrecision);
    expectClose(weightedMean(loss, weights), reweighted.rankingLoss);
    expectClose(weightedMean(depth, weights), reweighted.coverageError);
  });

  it('subset accuracy and Hamming loss', () => {
    expectClose(subsetAccuracy(truth, assigned), plain.subsetAccuracy);
    expectClose(hammingLoss(truth, assigned), plain.hammingLoss);
    const { exact, wrong } = compareLabelSets(truth, assigned);
    expectClose(weightedMean(exact, weights), reweighted.subsetAccuracy);
    expectClose(weightedMean(wrong, weights), reweighted.hammingLoss);
  });

  it('calibration', () => {
    expectClose(brierScore(truth, scores), plain.brierScore);
    expectClose(weightedMean(brierLosses(truth, scores), weights), reweighted.brierScore);
    if (!calibration) return;
    const bins = reliabilityBins(truth, scores);
    expect(bins.map(({ count }) => count)).toEqual(calibration.counts);
    expectClose(expectedCalibrationError(bins), calibration.expectedCalibrationError);
  });
});

function expectFScores(counts: LabelCounts, expected: Expected): void {
  const perLabel = labelScores(counts);
  for (const name of ['precision', 'recall', 'f1'] as const) {
    expectClose(microAverage(counts)[name], expected.micro[name], `micro ${name}`);
    expectClose(macroAverage(counts)[name], expected.macro[name], `macro ${name}`);
    expectClose(weightedAverage(counts)[name], expected.weighted[name], `weighted ${name}`);
    const values = perLabel.map((score) => score[name]);
    expectAllClose(values, expected.perLabel[name], name);
  }
}

/** Ours is NaN where scikit-learn says 0 for want of positives. */
function expectAveragePrecision(actual: Float64Array, counts: LabelCounts, expected: Expected): void {
  actual.forEach((value, label) => {
    expect(Number.isNaN(value)).toBe(counts.support[label] === 0);
  });
  expectAllClose(
    actual.map((value) => (Number.isNaN(value) ? 0 : value)),
    expected.averagePrecision,
    'average precision',
  );
}

function meanOfUsed(counts: LabelCounts, expected: Expected): number {
  const used = expected.averagePrecision.filter((_, label) => (counts.support[label] ?? 0) > 0);
  return used.length === 0 ? 0 : used.reduce((sum, value) => sum + value, 0) / used.length;
}
