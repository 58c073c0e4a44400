/**
 * The figures of arms in one cell (regime, schedule, family), on all test documents and in every resample. Micro-F1 and
 * label ranking come out of two matrix products for all arms together; what needs counts a label, or a ranking of all
 * cells, is computed over fewer resamples.
 */
import { compareLabelSets } from '../../metrics/agreement.ts';
import { PrecisionRanking } from '../../metrics/average-precision.ts';
import { expectedCalibrationError, reliabilityBins } from '../../metrics/calibration.ts';
import { rankLabels } from '../../metrics/label-ranking.ts';
import type { LabelMatrix, ScoreMatrix } from '../../metrics/matrix.ts';
import { mean } from '../../metrics/row-weights.ts';
import { fromLogOdds } from '../../learning/thresholds.ts';
import type { Outcome } from '../outcomes.ts';
import type { ThresholdPolicy } from '../plan.ts';
import { distribution, recentred, type Distribution } from './estimates.ts';
import type { Resampling } from './resampling.ts';
import type { ResampledSums } from './sums.ts';

/** An arm's outcomes, one a seed, in the order of the seeds. */
export interface ArmOutcomes {
  readonly id: string;
  readonly outcomes: readonly Outcome[];
}

export interface RankingFigures {
  readonly microAP: Distribution;
  readonly macroAP: Distribution;
  readonly lrap: Distribution;
  readonly rankingLoss: number;
  readonly coverageError: number;
  readonly calibrationError: number;
  readonly microAPs: readonly number[];
}

export interface AssignmentFigures {
  readonly microF1: Distribution;
  readonly macroF1: Distribution;
  readonly weightedF1: Distribution;
  /** F1 of each label. */
  readonly labels: readonly Distribution[];
  readonly hammingLoss: number;
  readonly subsetAccuracy: number;
  readonly microF1s: readonly number[];
  readonly macroF1s: readonly number[];
  readonly thresholds: readonly number[];
}

export interface Resamplings {
  readonly all: Resampling;
  /** The first of them, for the figures that take long. */
  readonly few: Resampling;
}

/** The logit at which a label is assigned. */
export const thresholdOf = ({ threshold }: Outcome, policy: ThresholdPolicy): number =>
  policy === 'fixed' ? 0 : (threshold ?? 0);

export async function rankingFigures(
  { outcomes }: ArmOutcomes,
  truth: LabelMatrix,
  { all, few }: Resamplings,
  sums: ResampledSums,
  checkpoint: () => Promise<void>,
): Promise<RankingFigures> {
  const rankings: PrecisionRanking[] = [];
  const lraps: number[] = [];
  const perDocument = new Float32Array(truth.rows * outcomes.length);
  let [loss, coverage, calibration] = [0, 0, 0];
  for (const [seed, { logits }] of outcomes.entries()) {
    const scores: ScoreMatrix = { ...truth, data: logits };
    const ranked = rankLabels(truth, scores);
    ranked.precision.forEach((value, row) => (perDocument[row * outcomes.length + seed] = value));
    lraps.push(mean(ranked.precision));
    loss += mean(ranked.loss) / outcomes.length;
    coverage += mean(ranked.depth) / outcomes.length;
    const probabilities: ScoreMatrix = { ...truth, data: Float64Array.from(logits, fromLogOdds) };
    calibration += expectedCalibrationError(reliabilityBins(truth, probabilities)) / outcomes.length;
    rankings.push(new PrecisionRanking(truth, scores));
    await checkpoint();
  }
  const lrap = new Float64Array(all.resamples);
  await sums.each(all, perDocument, outcomes.length, (part, first) => {
    for (let r = 0; r < part.length / outcomes.length; r++) {
      const total = all.sizes[first + r] ?? 1;
      for (let seed = 0; seed < outcomes.length; seed++) {
        lrap[first + r] =
          (lrap[first + r] ?? 0) + (part[r * outcomes.length + seed] ?? 0) / (total * outcomes.length);
      }
    }
  });
  const microAPs = rankings.map((ranking) => ranking.micro());
  const macroAPs = rankings.map((ranking) => ranking.macro());
  const [micro, macro] = [new Float64Array(few.resamples), new Float64Array(few.resamples)];
  for (const ranking of rankings) {
    const drawn = ranking.resampled(few.documents, few.resamples);
    for (let resample = 0; resample < few.resamples; resample++) {
      micro[resample] = (micro[resample] ?? 0) + (drawn.micro[resample] ?? 0) / rankings.length;
      macro[resample] = (macro[resample] ?? 0) + (drawn.macro[resample] ?? 0) / rankings.length;
    }
    await checkpoint();
  }
  return {
    microAP: distribution(microAPs, micro),
    macroAP: recentred(distribution(macroAPs, macro)),
    lrap: distribution(lraps, lrap),
    rankingLoss: loss,
    coverageError: coverage,
    calibrationError: calibration,
    microAPs,
  };
}

export async function assignmentFigures(
  { outcomes }: ArmOutcomes,
  policy: ThresholdPolicy,
  truth: LabelMatrix,
  { all, few }: Resamplings,
  sums: ResampledSums,
  checkpoint: () => Promise<void>,
): Promise<AssignmentFigures> {
  const seeds = outcomes.length;
  const labels = truth.columns;
  const thresholds = outcomes.map((outcome) => thresholdOf(outcome, policy));
  const assigned = outcomes.map(({ logits }, seed): LabelMatrix => ({
    ...truth,
    data: assignedCells(logits, thresholds[seed] ?? 0),
  }));
  const support = labelSupport(truth);
  const microF1 = new Float64Array(all.resamples);
  await sums.each(all, microColumns(truth, assigned), 2 * seeds, (part, first) => {
    for (let r = 0; r < part.length / (2 * seeds); r++) {
      let value = 0;
      for (let seed = 0; seed < seeds; seed++) {
        const at = (r * seeds + seed) * 2;
        value += f1(part[at] ?? 0, part[at + 1] ?? 0) / seeds;
      }
      microF1[first + r] = value;
    }
  });
  const macroF1 = new Float64Array(few.resamples);
  const weightedF1 = new Float64Array(few.resamples);
  const perLabel = Array.from({ length: labels }, () => new Float64Array(few.resamples));
  const points = { micro: new Array<number>(), macro: new Array<number>(), weighted: new Array<number>() };
  const labelPoints = Array.from({ length: labels }, () => new Array<number>());
  for (const assignment of assigned) {
    const columns = labelColumns(truth, assignment);
    const whole = wholeSums(columns, truth.rows, 3 * labels);
    points.micro.push(microOf(whole, labels));
    const scores = averagesOf(whole, 0, support);
    points.macro.push(scores.macro);
    points.weighted.push(scores.weighted);
    labelPoints.forEach((values, label) => values.push(own(whole, label)));
    await sums.each(few, columns, 3 * labels, (part, first) => {
      for (let r = 0; r < part.length / (3 * labels); r++) {
        const offset = r * 3 * labels;
        for (let label = 0; label < labels; label++) {
          const at = offset + label * 3;
          // A resample without the label says nothing of it, so it repeats the label's own value.
          const value = part[at + 2] === 0 ? own(whole, label) : f1(part[at] ?? 0, part[at + 1] ?? 0);
          const draws = perLabel[label];
          if (draws) draws[first + r] = (draws[first + r] ?? 0) + value / seeds;
        }
        const { macro, weighted } = averagesOf(part, offset, support);
        macroF1[first + r] = (macroF1[first + r] ?? 0) + macro / seeds;
        weightedF1[first + r] = (weightedF1[first + r] ?? 0) + weighted / seeds;
      }
    });
    await checkpoint();
  }
  const agreement = assigned.map((assignment) => compareLabelSets(truth, assignment));
  return {
    microF1: distribution(points.micro, microF1),
    macroF1: recentred(distribution(points.macro, macroF1)),
    weightedF1: distribution(points.weighted, weightedF1),
    labels: perLabel.map((draws, label) => distribution(labelPoints[label] ?? [], draws)),
    hammingLoss: average(agreement.map(({ wrong }) => mean(wrong))),
    subsetAccuracy: average(agreement.map(({ exact }) => mean(exact))),
    microF1s: points.micro,
    macroF1s: points.macro,
    thresholds: thresholds.map(fromLogOdds),
  };
}

function assignedCells(logits: Float32Array, threshold: number): Uint8Array {
  const cells = new Uint8Array(logits.length);
  for (let at = 0; at < cells.length; at++) cells[at] = (logits[at] as number) >= threshold ? 1 : 0;
  return cells;
}

const average = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / Math.max(1, values.length);

/** From hits, and assignments and cases together; 0 where there is neither. */
const f1 = (hits: number, both: number): number => (both === 0 ? 0 : (2 * hits) / both);

const own = (whole: Float64Array, label: number): number =>
  f1(whole[label * 3] ?? 0, whole[label * 3 + 1] ?? 0);

/** Documents that have each label. */
function labelSupport({ columns, data }: LabelMatrix): Float64Array {
  const support = new Float64Array(columns);
  data.forEach((cell, at) => {
    support[at % columns] = (support[at % columns] ?? 0) + cell;
  });
  return support;
}

/** Two columns a seed: a document's hits, and its assignments and cases together. */
function microColumns(truth: LabelMatrix, assigned: readonly LabelMatrix[]): Float32Array {
  const width = 2 * assigned.length;
  const columns = new Float32Array(truth.rows * width);
  assigned.forEach(({ data }, seed) => {
    for (let row = 0, at = 0; row < truth.rows; row++) {
      let [hits, both] = [0, 0];
      for (let label = 0; label < truth.columns; label++, at++) {
        const [has, is] = [truth.data[at] ?? 0, data[at] ?? 0];
        hits += has & is;
        both += has + is;
      }
      columns[row * width + 2 * seed] = hits;
      columns[row * width + 2 * seed + 1] = both;
    }
  });
  return columns;
}

/** Three columns a label: hit, assigned and case together, case. */
function labelColumns(truth: LabelMatrix, { data }: LabelMatrix): Float32Array {
  const columns = new Float32Array(data.length * 3);
  data.forEach((is, at) => {
    const has = truth.data[at] ?? 0;
    if (has === 0 && is === 0) return;
    columns[at * 3] = has & is;
    columns[at * 3 + 1] = has + is;
    columns[at * 3 + 2] = has;
  });
  return columns;
}

function wholeSums(columns: Float32Array, rows: number, width: number): Float64Array {
  const totals = new Float64Array(width);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < width; column++, at++)
      totals[column] = (totals[column] ?? 0) + (columns[at] ?? 0);
  }
  return totals;
}

function microOf(whole: Float64Array, labels: number): number {
  let [hits, both] = [0, 0];
  for (let label = 0; label < labels; label++) {
    hits += whole[label * 3] ?? 0;
    both += whole[label * 3 + 1] ?? 0;
  }
  return f1(hits, both);
}

/**
 * Macro and weighted F1. A label that the resample lacks and the test set has is left out of the macro mean; counted as 0
 * it would push nearly every resample under the test set's own value.
 */
function averagesOf(
  sums: Float32Array | Float64Array,
  offset: number,
  support: Float64Array,
): { readonly macro: number; readonly weighted: number } {
  let [macro, used, weighted, cases] = [0, 0, 0, 0];
  for (let label = 0; label < support.length; label++) {
    const at = offset + label * 3;
    const here = sums[at + 2] ?? 0;
    if (here === 0 && (support[label] ?? 0) > 0) continue;
    const value = f1(sums[at] ?? 0, sums[at + 1] ?? 0);
    macro += value;
    used++;
    weighted += here * value;
    cases += here;
  }
  return { macro: used === 0 ? 0 : macro / used, weighted: cases === 0 ? 0 : weighted / cases };
}
