/**
 * Everything that is reported about one classifier on one set of test documents: each metric with its interval,
 * every label with its support, and how it was computed.
 */
import { compareLabelSets } from './agreement.ts';
import { PrecisionRanking } from './average-precision.ts';
import { bootstrapIntervals, LEVEL, RESAMPLES, RowResampler, SEED } from './bootstrap.ts';
import type { BootstrapOptions, Interval } from './bootstrap.ts';
import {
  brierLosses,
  expectedCalibrationError,
  reliabilityBins,
  type ReliabilityBin,
} from './calibration.ts';
import { labelScores, macroAverage, microAverage, weightedAverage, type LabelScore } from './f-score.ts';
import { rankLabels } from './label-ranking.ts';
import type { LabelMatrix, ScoreMatrix } from './matrix.ts';
import { LabelOutcomes } from './outcomes.ts';
import { weightedMean, type RowStatistics } from './row-weights.ts';

/** The metrics that come with an interval. Higher is better but for the losses and errors, where lower is. */
export const INTERVAL_METRICS = [
  'microPrecision',
  'microRecall',
  'microF1',
  'macroPrecision',
  'macroRecall',
  'macroF1',
  'weightedPrecision',
  'weightedRecall',
  'weightedF1',
  'microAveragePrecision',
  'macroAveragePrecision',
  'labelRankingAveragePrecision',
  'rankingLoss',
  'coverageError',
  'hammingLoss',
  'subsetAccuracy',
  'brierScore',
] as const;

export type IntervalMetric = (typeof INTERVAL_METRICS)[number];

/** Plain data, safe to send between processes and to write as JSON. */
export interface Evaluation {
  readonly documents: number;
  readonly labels: number;
  /** How many labels at least one document has; macro average precision is the mean over these. */
  readonly labelsWithDocuments: number;
  readonly metrics: Readonly<Record<IntervalMetric, Interval>>;
  /** Over all cells. Without an interval: resampling adds noise to every bin, so it would lie above the value. */
  readonly expectedCalibrationError: number;
  readonly reliability: readonly ReliabilityBin[];
  /** In label order. */
  readonly perLabel: readonly LabelEvaluation[];
  /** How the intervals were computed. */
  readonly bootstrap: {
    readonly resamples: number;
    readonly seed: number;
    readonly level: number;
    readonly unit: 'document' | 'group';
    /** How many documents or groups were resampled. */
    readonly units: number;
  };
}

export interface LabelEvaluation extends LabelScore {
  /** Of F1, over resamples that hold the label; wide for a label few documents have, as it should be. */
  readonly f1Interval: Interval;
  /** null for a label no document has. */
  readonly averagePrecision: number | null;
}

/**
 * Computes the whole report.
 * @param truth documents × labels, 1 where the label applies.
 * @param probabilities documents × labels, in [0, 1]; the ranking and calibration metrics read these.
 * @param assigned documents × labels, 1 where the classifier assigned the label (its thresholds are its own matter);
 * F1, Hamming loss and subset accuracy read these.
 * @throws RangeError when the shapes differ, there is no document or no label, a cell is out of range or NaN, or an
 * option is out of range.
 */
export function evaluateMultilabel(
  truth: LabelMatrix,
  probabilities: ScoreMatrix,
  assigned: LabelMatrix,
  options: BootstrapOptions = {},
): Evaluation {
  const outcomes = new LabelOutcomes(truth, assigned);
  const ranking = new PrecisionRanking(truth, probabilities);
  const metrics = bootstrapIntervals(
    truth.rows,
    rowStatistics(truth, probabilities, assigned, outcomes, ranking),
    { ...options, recentred: MACRO_METRICS },
  );
  for (const name of MACRO_METRICS) metrics[name] = withinRange(metrics[name]);
  const reliability = reliabilityBins(truth, probabilities);
  const precisions = ranking.perLabel();
  const f1Intervals = labelIntervals(outcomes, truth.rows, options);
  const perLabel = labelScores(outcomes.count()).map((score, label) => {
    const precision = precisions[label] ?? Number.NaN;
    const f1Interval = f1Intervals[label] ?? { value: score.f1, low: score.f1, high: score.f1 };
    return { ...score, f1Interval, averagePrecision: Number.isNaN(precision) ? null : precision };
  });
  const { resamples = RESAMPLES, seed = SEED, level = LEVEL, groups } = options;
  return {
    documents: truth.rows,
    labels: truth.columns,
    labelsWithDocuments: perLabel.filter(({ support }) => support > 0).length,
    metrics,
    expectedCalibrationError: expectedCalibrationError(reliability),
    reliability,
    perLabel,
    bootstrap: {
      resamples,
      seed,
      level,
      unit: groups ? 'group' : 'document',
      units: new RowResampler(truth.rows, groups).units,
    },
  };
}

/** Means over labels, of which one on two documents counts as much as one on two hundred: resampling biases them. */
const MACRO_METRICS: ReadonlySet<IntervalMetric> = new Set([
  'macroPrecision',
  'macroRecall',
  'macroF1',
  'macroAveragePrecision',
]);

const withinRange = ({ value, low, high }: Interval): Interval => ({
  value,
  low: Math.max(0, low),
  high: Math.min(1, high),
});

/** A 0 of a resample that lacks the label says nothing about F1, so such a resample repeats the sample's value. */
function labelIntervals(
  outcomes: LabelOutcomes,
  rows: number,
  options: BootstrapOptions,
): readonly Interval[] {
  const sample = labelScores(outcomes.count());
  const intervals = bootstrapIntervals(
    rows,
    (weights) =>
      Object.fromEntries(
        labelScores(outcomes.count(weights)).map(({ f1, support }, label) => [
          `${label}`,
          support === 0 ? (sample[label]?.f1 ?? 0) : f1,
        ]),
      ),
    options,
  );
  return sample.map(({ f1 }, label) => intervals[`${label}`] ?? { value: f1, low: f1, high: f1 });
}

function rowStatistics(
  truth: LabelMatrix,
  probabilities: ScoreMatrix,
  assigned: LabelMatrix,
  outcomes: LabelOutcomes,
  ranking: PrecisionRanking,
): RowStatistics<IntervalMetric> {
  const { exact, wrong } = compareLabelSets(truth, assigned);
  const { precision, loss, depth } = rankLabels(truth, probabilities);
  const brier = brierLosses(truth, probabilities);
  const sample = outcomes.count();
  return (weights) => {
    const counts = outcomes.count(weights);
    const micro = microAverage(counts);
    const macro = macroAverage(counts, sample);
    const weighted = weightedAverage(counts);
    return {
      microPrecision: micro.precision,
      microRecall: micro.recall,
      microF1: micro.f1,
      macroPrecision: macro.precision,
      macroRecall: macro.recall,
      macroF1: macro.f1,
      weightedPrecision: weighted.precision,
      weightedRecall: weighted.recall,
      weightedF1: weighted.f1,
      microAveragePrecision: ranking.micro(weights),
      macroAveragePrecision: ranking.macro(weights),
      labelRankingAveragePrecision: weightedMean(precision, weights),
      rankingLoss: weightedMean(loss, weights),
      coverageError: weightedMean(depth, weights),
      hammingLoss: weightedMean(wrong, weights),
      subsetAccuracy: weightedMean(exact, weights),
      brierScore: weightedMean(brier, weights),
    };
  };
}
