/**
 * Precision, recall and F1 from counts, per label and averaged.
 *
 * Definitions as scikit-learn's precision_recall_fscore_support with zero_division = 0: precision is 0 for a label
 * that is never assigned, recall is 0 for a label no document has, F1 is 0 when both are 0.
 */
import type { LabelCounts } from './outcomes.ts';

/** All three in [0, 1]. */
export interface FScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface LabelScore extends FScore {
  /** How many documents have the label. */
  readonly support: number;
  /** How many documents were assigned it. */
  readonly assigned: number;
}

/** One score per label, in label order. */
export function labelScores(counts: LabelCounts): LabelScore[] {
  return Array.from(counts.support, (support, label) => {
    const assigned = counts.assigned[label] ?? 0;
    return { ...fScore(counts.hits[label] ?? 0, assigned, support), support, assigned };
  });
}

/** Every (document, label) cell counts the same: frequent labels dominate. */
export function microAverage(counts: LabelCounts): FScore {
  return fScore(sum(counts.hits), sum(counts.assigned), sum(counts.support));
}

/**
 * Every label counts the same, also one that no document has: it scores 0, as in scikit-learn. So macro-F1 falls
 * when a taxonomy holds labels the test set lacks; read it beside the per-label support.
 *
 * @param sample counts of the whole sample, when `counts` are those of a resample: a rare label that the resample
 * happens to lack is left out of it. Counted as 0 it would push nearly every resample below the sample's own value.
 */
export function macroAverage(counts: LabelCounts, sample: LabelCounts = counts): FScore {
  return averageLabels(counts, (support, label) =>
    support === 0 && (sample.support[label] ?? 0) > 0 ? 0 : 1,
  );
}

/** Every label counts by its support; 0 when no document has any label. F1 may lie outside [precision, recall]. */
export function weightedAverage(counts: LabelCounts): FScore {
  return averageLabels(counts, (support) => support);
}

function averageLabels(counts: LabelCounts, weightOf: (support: number, label: number) => number): FScore {
  let precision = 0;
  let recall = 0;
  let f1 = 0;
  let total = 0;
  counts.support.forEach((support, label) => {
    const weight = weightOf(support, label);
    const score = fScore(counts.hits[label] ?? 0, counts.assigned[label] ?? 0, support);
    precision += weight * score.precision;
    recall += weight * score.recall;
    f1 += weight * score.f1;
    total += weight;
  });
  return {
    precision: ratio(precision, total),
    recall: ratio(recall, total),
    f1: ratio(f1, total),
  };
}

function fScore(hits: number, assigned: number, support: number): FScore {
  return {
    precision: ratio(hits, assigned),
    recall: ratio(hits, support),
    f1: ratio(2 * hits, assigned + support),
  };
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
