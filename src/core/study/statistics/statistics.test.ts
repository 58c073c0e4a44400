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
const draws = (...values: number[]) => ({ value: 0, draws: Float64Array.from(values) });

describe('estimates', () => {
  it('corrects p-values as Holm does', () => {
    // statsmodels.stats.multitest.multipletests([.01, .04, .03, .005, .5], method='holm')
    const wanted = [0.04, 0.09, 0.09, 0.025, 0.5];
    holm([0.01, 0.04, 0.03, 0.005, 0.5]).forEach((p, at) => expect(p).toBeCloseTo(wanted[at] ?? 0, 12));
  });

  it('gives p-values of both sides, and 1 where nothing ever differs', () => {
    expect(pValue(draws(1, 2, 3, 4, 5, 6, 7, 8, 9))).toBeCloseTo(0.2, 12);
    expect(pValue(draws(-1, 2, 3, 4, 5, 6, 7, 8, 9))).toBeCloseTo(0.4, 12);
    expect(pValue(draws(0, 0, 0))).toBe(1);
    expect(effects([draws(0, 0, 0)])).toEqual([{ mean: 0, low: 0, high: 0, p: 1, pHolm: 1 }]);
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
  const all = drawResampling(families, 3, 30, 5);
  const sums = new ResampledSums(plainCompute);

  it('are those of the metrics, on the whole and in every resample', async () => {
    const figures = await assignmentFigures(copies, 'fixed', truth, { all, few: all }, sums, quiet);
    const ranking = await rankingFigures(copies, truth, { all, few: all }, sums, quiet);
    const expected = (weights: Uint32Array, shares: ArrayLike<number>) => {
      const totals = { micro: 0, macro: 0, weighted: 0, microAP: 0, macroAP: 0, lrap: 0, first: 0 };
      copies.outcomes.forEach(({ logits }, seed) => {
        const share = shares[seed] ?? 0;
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
    const equal = new Array<number>(3).fill(1 / 3);
    const whole = expected(new Uint32Array(40).fill(1), equal);
    expect(figures.microF1.value).toBeCloseTo(whole.micro, 10);
    expect(figures.macroF1.value).toBeCloseTo(whole.macro, 10);
    expect(figures.weightedF1.value).toBeCloseTo(whole.weighted, 10);
    expect(ranking.microAP.value).toBeCloseTo(whole.microAP, 10);
    const lraps = copies.outcomes.map(({ logits }) =>
      labelRankingAveragePrecision(truth, { ...truth, data: logits }),
    );
    expect(ranking.lrap.value).toBeCloseTo(lraps.reduce((a, b) => a + b) / 3, 6);
    for (const resample of [0, 7, 29]) {
      const weights = Uint32Array.from(all.documents.subarray(resample * 40, (resample + 1) * 40));
      const one = expected(weights, all.shares.subarray(resample * 3, (resample + 1) * 3));
      expect(figures.microF1.draws[resample]).toBeCloseTo(one.micro, 10);
      expect(figures.macroF1.draws[resample]).toBeCloseTo(one.macro, 10);
      expect(figures.weightedF1.draws[resample]).toBeCloseTo(one.weighted, 10);
      expect(figures.labels[0]?.draws[resample]).toBeCloseTo(one.first, 10);
      expect(ranking.microAP.draws[resample]).toBeCloseTo(one.microAP, 10);
      expect(ranking.macroAP.draws[resample]).toBeCloseTo(one.macroAP, 10);
    }
  });

  it('resamples families whole, and one seed fewer than there are', () => {
    for (let resample = 0; resample < all.resamples; resample++) {
      const weights = all.documents.subarray(resample * 40, (resample + 1) * 40);
      for (let at = 0; at < 40; at += 2) expect(weights[at]).toBe(weights[at + 1]);
      const shares = all.shares.subarray(resample * 3, (resample + 1) * 3);
      expect(shares.reduce((total, share) => total + share, 0)).toBeCloseTo(1, 12);
      expect([...shares].every((share) => Number.isInteger(share * 2))).toBe(true);
    }
  });
});

describe('intervals over simulated studies', () => {
  it('hold a known effect nearly as often as they promise', async () => {
    const simulation = { documents: 60, labels: 4, seeds: 5, effect: 0.4 };
    const known = trueEffect(simulation, new Random(1));
    const sums = new ResampledSums(plainCompute);
    const studies = 40;
    let held = 0;
    for (let study = 0; study < studies; study++) {
      const { truth, groups, copies, augmented } = simulate(simulation, new Random(100 + study));
      const all = drawResampling(groups, simulation.seeds, 200, study);
      const few = { ...all, resamples: 1 };
      const [a, b] = [
        await assignmentFigures(augmented, 'fixed', truth, { all, few }, sums, quiet),
        await assignmentFigures(copies, 'fixed', truth, { all, few }, sums, quiet),
      ];
      const { low, high } = estimate(minus(a.microF1, b.microF1));
      if (low <= known && known <= high) held++;
    }
    expect(known).toBeGreaterThan(0.02);
    expect(held).toBeGreaterThanOrEqual(33);
    expect(held).toBeLessThanOrEqual(40);
  });
});
