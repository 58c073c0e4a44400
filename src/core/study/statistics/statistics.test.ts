import { describe, expect, it } from 'vitest';
import { plainCompute } from '../../graph/evaluate.ts';
import { PrecisionRanking } from '../../metrics/average-precision.ts';
import { labelScores, macroAverage, microAverage, weightedAverage } from '../../metrics/f-score.ts';
import { labelRankingAveragePrecision } from '../../metrics/label-ranking.ts';
import { LabelOutcomes } from '../../metrics/outcomes.ts';
import { Random } from '../../random.ts';
import { simulate, trueEffect } from '../testing/simulated.ts';
import { assignmentFigures, rankingFigures } from './arm-figures.ts';
import { effects, estimate, holm, minus, pValue } from './estimates.ts';
import { drawResampling } from './resampling.ts';
import { ResampledSums } from './sums.ts';
import { verdictOf } from './verdict.ts';

const quiet = (): Promise<void> => Promise.resolve();
const draws = (...values: number[]) => ({ value: 0, draws: Float64Array.from(values), seeds: [] });

describe('estimates', () => {
  it('corrects p-values as Holm does', () => {
    // statsmodels.stats.multitest.multipletests([.01, .04, .03, .005, .5], method='holm')
    const wanted = [0.04, 0.09, 0.09, 0.025, 0.5];
    holm([0.01, 0.04, 0.03, 0.005, 0.5]).forEach((p, at) => expect(p).toBeCloseTo(wanted[at] ?? 0, 12));
  });

  it('gives the p-value at which the interval touches 0, and 1 where nothing ever differs', () => {
    const half = Array.from({ length: 1001 }, (_, at) => at / 1000 - 0.02);
    // 2 % of the resamples lie on the other side of 0.
    expect(pValue(draws(...half))).toBeCloseTo(0.04, 3);
    expect(pValue(draws(...half.map((value) => -value)))).toBeCloseTo(0.04, 3);
    expect(pValue(draws(...half.map((value) => value + 1)))).toBeCloseTo(2 / 1002, 12);
    expect(pValue(draws(0, 0, 0))).toBe(1);
    expect(effects([draws(0, 0, 0)])).toEqual([{ mean: 0, low: 0, high: 0, p: 1, pHolm: 1 }]);
  });

  it('is Student’s interval of the seeds where documents do not matter', () => {
    const one = { value: 2, draws: new Float64Array(100).fill(2), seeds: [1, 2, 3] };
    // scipy.stats.ttest_1samp([1, 2, 3], 0): its interval and p-value
    const { low, high } = estimate(one);
    expect(low).toBeCloseTo(-0.48413771, 7);
    expect(high).toBeCloseTo(4.48413771, 7);
    expect(pValue(one)).toBeCloseTo(0.0741799, 7);
  });

  it('adds the distances of documents and seeds as squares, sides apart', () => {
    const documents = draws(
      ...Array.from({ length: 1001 }, (_, at) => (at < 500 ? at - 500 : 3 * (at - 500))),
    );
    const alone = estimate(documents);
    const both = estimate({ ...documents, seeds: [-100, 100] });
    const seeds = 12.7062047362 * 100;
    expect(both.low).toBeCloseTo(-Math.hypot(alone.low, seeds), 5);
    expect(both.high).toBeCloseTo(Math.hypot(alone.high, seeds), 5);
  });

  it('takes the seeds of a difference in pairs; a figure without seeds is constant', () => {
    const of = (value: number, ...seeds: number[]) => ({ value, draws: new Float64Array(1), seeds });
    expect(minus(of(2, 1, 3), of(1, 0, 2)).seeds).toEqual([1, 1]);
    expect(minus(of(2, 1, 3), of(1)).seeds).toEqual([0, 2]);
    expect(minus(of(1), of(2, 1, 3)).seeds).toEqual([0, -2]);
  });
});

describe('verdict', () => {
  const from = (low: number, high: number) => ({ mean: (low + high) / 2, low, high });
  it.each([
    ['helps', from(0.1, 0.2), from(0.01, 0.1)],
    ['only volume', from(0.1, 0.2), from(-0.01, 0.1)],
    ['only volume', from(0.1, 0.2), from(-0.1, -0.01)],
    ['no measurable effect', from(-0.1, 0.2), from(0.01, 0.1)],
    ['no measurable effect', from(-0.1, 0.2), from(-0.1, 0.1)],
    ['hurts', from(-0.1, 0.2), from(-0.1, -0.01)],
    ['hurts', from(-0.2, -0.1), from(0.01, 0.02)],
  ])('%s', (verdict, raw, controlled) => {
    expect(verdictOf(raw, controlled)).toBe(verdict);
  });
});

describe('figures of an arm', () => {
  const { truth, groups, copies } = simulate(
    { documents: 40, labels: 5, seeds: 3, effect: 0 },
    new Random(3),
  );
  const families = groups.map((_, at) => `f${Math.floor(at / 2)}`);
  const all = drawResampling(families, 30, 5);
  const sums = new ResampledSums(plainCompute);

  it('are those of the metrics, on the whole and in every resample', async () => {
    const figures = await assignmentFigures(copies, 'fixed', truth, { all, few: all }, sums, quiet);
    const ranking = await rankingFigures(copies, truth, { all, few: all }, sums, quiet);
    const expected = (weights: Uint32Array) => {
      const totals = { micro: 0, macro: 0, weighted: 0, microAP: 0, macroAP: 0, lrap: 0, first: 0 };
      copies.outcomes.forEach(({ logits }) => {
        const share = 1 / 3;
        const outcomes = new LabelOutcomes(truth, {
          ...truth,
          data: Uint8Array.from(logits, (logit) => (logit >= 0 ? 1 : 0)),
        });
        const counts = outcomes.count(weights);
        const order = new PrecisionRanking(truth, { ...truth, data: logits });
        totals.micro += share * microAverage(counts).f1;
        totals.macro += share * macroAverage(counts, outcomes.count()).f1;
        totals.weighted += share * weightedAverage(counts).f1;
        totals.microAP += share * order.micro(weights);
        totals.macroAP += share * order.macro(weights);
        totals.first += share * (labelScores(counts)[0]?.f1 ?? 0);
      });
      return totals;
    };
    const whole = expected(new Uint32Array(40).fill(1));
    expect(figures.microF1.value).toBeCloseTo(whole.micro, 10);
    expect(figures.macroF1.value).toBeCloseTo(whole.macro, 10);
    expect(figures.weightedF1.value).toBeCloseTo(whole.weighted, 10);
    expect(ranking.microAP.value).toBeCloseTo(whole.microAP, 10);
    const lraps = copies.outcomes.map(({ logits }) =>
      labelRankingAveragePrecision(truth, { ...truth, data: logits }),
    );
    expect(ranking.lrap.value).toBeCloseTo(lraps.reduce((a, b) => a + b) / 3, 6);
    const all30 = Array.from({ length: 30 }, (_, resample) =>
      expected(Uint32Array.from(all.documents.subarray(resample * 40, (resample + 1) * 40))),
    );
    /** Means over labels are moved so that the middle of their resamples is their value. */
    const move = (figure: 'macro' | 'macroAP'): number => {
      const sorted = all30.map((one) => one[figure]).sort((a, b) => a - b);
      return whole[figure] - ((sorted[14] ?? 0) + (sorted[15] ?? 0)) / 2;
    };
    for (const resample of [0, 7, 29]) {
      const weights = Uint32Array.from(all.documents.subarray(resample * 40, (resample + 1) * 40));
      const one = expected(weights);
      expect(figures.microF1.draws[resample]).toBeCloseTo(one.micro, 10);
      expect(figures.macroF1.draws[resample]).toBeCloseTo(one.macro + move('macro'), 10);
      expect(figures.weightedF1.draws[resample]).toBeCloseTo(one.weighted, 10);
      expect(figures.labels[0]?.draws[resample]).toBeCloseTo(one.first, 10);
      expect(ranking.microAP.draws[resample]).toBeCloseTo(one.microAP, 10);
      expect(ranking.macroAP.draws[resample]).toBeCloseTo(one.macroAP + move('macroAP'), 10);
    }
  });

  it('resamples families whole', () => {
    for (let resample = 0; resample < all.resamples; resample++) {
      const weights = all.documents.subarray(resample * 40, (resample + 1) * 40);
      for (let at = 0; at < 40; at += 2) expect(weights[at]).toBe(weights[at + 1]);
    }
  });
});

describe('intervals over simulated studies', () => {
  it('hold a known effect about as often as they promise', async () => {
    const simulation = { documents: 60, labels: 4, seeds: 5, effect: 0.4 };
    const known = trueEffect(simulation, new Random(1));
    const sums = new ResampledSums(plainCompute);
    const studies = 40;
    let held = 0;
    for (let study = 0; study < studies; study++) {
      const { truth, groups, copies, augmented } = simulate(simulation, new Random(100 + study));
      const all = drawResampling(groups, 200, study);
      const few = { ...all, resamples: 1 };
      const [a, b] = [
        await assignmentFigures(augmented, 'fixed', truth, { all, few }, sums, quiet),
        await assignmentFigures(copies, 'fixed', truth, { all, few }, sums, quiet),
      ];
      const { low, high } = estimate(minus(a.microF1, b.microF1));
      if (low <= known && known <= high) held++;
    }
    expect(known).toBeGreaterThan(0.02);
    expect(held).toBeGreaterThanOrEqual(36);
    expect(held).toBeLessThanOrEqual(40);
  });
});
