import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { macroAveragePrecision, microAveragePrecision, PrecisionRanking } from './average-precision.ts';
import type { LabelMatrix, ScoreMatrix } from './matrix.ts';
import { expectAllClose, expectClose } from './testing/close.ts';
import { labelsOf, randomCase, randomWeights, resampled, scoresOf } from './testing/matrices.ts';

describe('average precision', () => {
  it.each([
    { what: 'perfect order', truth: '1100', scores: [4, 3, 2, 1], expected: 1 },
    { what: 'worst order', truth: '0001', scores: [4, 3, 2, 1], expected: 1 / 4 },
    { what: 'in between', truth: '1010', scores: [4, 3, 2, 1], expected: (1 + 2 / 3) / 2 },
    { what: 'the example of scikit-learn', truth: '0011', scores: [0.1, 0.4, 0.35, 0.8], expected: 5 / 6 },
    { what: 'all tied: the share of positives', truth: '1000', scores: [1, 1, 1, 1], expected: 1 / 4 },
    {
      what: 'a tie enters as one step',
      truth: '1011',
      scores: [2, 2, 2, 1],
      expected: (2 / 3) * (2 / 3) + 1 / 4,
    },
    { what: 'minus 0 ties with 0', truth: '10', scores: [-0, 0], expected: 1 / 2 },
    { what: 'infinite scores', truth: '10', scores: [Infinity, -Infinity], expected: 1 },
    { what: 'no positives', truth: '000', scores: [1, 2, 3], expected: 0 },
    { what: 'only positives', truth: '111', scores: [1, 2, 3], expected: 1 },
  ])('$what', ({ truth, scores, expected }) => {
    expectClose(microAveragePrecision(labelsOf(truth), scoresOf(scores)), expected);
    const column = { rows: truth.length, columns: 1, data: labelsOf(truth).data };
    const columnScores = { rows: truth.length, columns: 1, data: Float64Array.from(scores) };
    expectClose(macroAveragePrecision(column, columnScores), expected);
  });

  it('leaves labels without positives out of the macro average and marks them NaN', () => {
    const ranking = new PrecisionRanking(labelsOf('100', '010'), scoresOf([2, 2, 1], [1, 1, 2]));
    expect([...ranking.perLabel()]).toEqual([1, 1 / 2, Number.NaN]);
    expect(ranking.macro()).toBe(3 / 4);
    expect([...ranking.perLabel(Uint32Array.of(1, 0))]).toEqual([1, Number.NaN, Number.NaN]);
    expect(ranking.macro(Uint32Array.of(1, 0))).toBe(1);
    expect(new PrecisionRanking(labelsOf('00'), scoresOf([1, 2])).macro()).toBe(0);
  });

  it('reads single-precision scores with their own ties', () => {
    const scores = { rows: 1, columns: 2, data: Float32Array.of(0.1, 0.1 + 1e-12) };
    expect(microAveragePrecision(labelsOf('10'), scores)).toBe(1 / 2);
  });

  it('agrees with comparing every pair of cells', () => {
    const random = new Random(3);
    for (let trial = 0; trial < 40; trial++) {
      const levels = [1, 2, 8, 1000][trial % 4] ?? 8;
      const { truth, scores } = randomCase(random, 1 + random.integer(20), 1 + random.integer(6), { levels });
      const everyCell = [...truth.data.keys()];
      expectClose(microAveragePrecision(truth, scores), slowAveragePrecision(truth, scores, everyCell));
      const perLabel = Array.from({ length: truth.columns }, (_, label) =>
        slowAveragePrecision(
          truth,
          scores,
          everyCell.filter((cell) => cell % truth.columns === label),
        ),
      );
      const actual = new PrecisionRanking(truth, scores).perLabel();
      expectAllClose(
        actual.map((value) => (Number.isNaN(value) ? 0 : value)),
        perLabel,
      );
    }
  });

  it('ranks single-precision scores of both signs, and zeros of both, as it ranks double-precision ones', () => {
    const random = new Random(6);
    for (let trial = 0; trial < 40; trial++) {
      const levels = [3, 9, 1000][trial % 3] ?? 9;
      const { truth, scores } = randomCase(random, 1 + random.integer(30), 1 + random.integer(6), { levels });
      const single = Float32Array.from(scores.data, (score) => (score === 0.5 ? -0 : 9 * (score - 0.5)));
      const [a, b] = [single, Float64Array.from(single)].map(
        (data) => new PrecisionRanking(truth, { ...truth, data }),
      );
      expect(a?.micro()).toBe(b?.micro());
      expect(a?.perLabel()).toEqual(b?.perLabel());
    }
  });

  it('under resample weights equals the plain figure on the documents written out', () => {
    const random = new Random(4);
    for (let trial = 0; trial < 40; trial++) {
      const levels = [2, 8, 1000][trial % 3] ?? 8;
      const one = randomCase(random, 1 + random.integer(30), 1 + random.integer(8), { levels });
      const weights = randomWeights(random, one.truth.rows);
      const written = resampled(one, weights);
      const ranking = new PrecisionRanking(one.truth, one.scores);
      expectClose(ranking.micro(weights), microAveragePrecision(written.truth, written.scores));
      expectClose(ranking.macro(weights), macroAveragePrecision(written.truth, written.scores));
    }
  });

  it('is the same under many weights at once', () => {
    const random = new Random(7);
    for (let trial = 0; trial < 30; trial++) {
      const levels = [2, 8, 1000][trial % 3] ?? 8;
      const { truth, scores } = randomCase(random, 1 + random.integer(30), 1 + random.integer(8), { levels });
      const all = Array.from({ length: 1 + random.integer(11) }, () => randomWeights(random, truth.rows));
      const ranking = new PrecisionRanking(truth, scores);
      const weights = Float32Array.from(all.flatMap((one) => [...one]));
      const { micro, macro } = ranking.resampled(weights, all.length);
      expect([...micro]).toEqual(all.map((one) => ranking.micro(one)));
      expect([...macro]).toEqual(all.map((one) => ranking.macro(one)));
      expect(() => ranking.resampled(weights, all.length + 1)).toThrow(RangeError);
    }
  });

  it('does not depend on the order of the documents', () => {
    const random = new Random(5);
    const one = randomCase(random, 40, 5, { levels: 4 });
    const expected = microAveragePrecision(one.truth, one.scores);
    const order = random.shuffle([...Array(40).keys()]);
    const reorder = <Data extends Uint8Array | Float64Array | Float32Array>(data: Data) =>
      order.flatMap((row) => [...data.subarray(row * 5, row * 5 + 5)]);
    const truth = { ...one.truth, data: Uint8Array.from(reorder(one.truth.data)) };
    const scores = { ...one.scores, data: Float64Array.from(reorder(one.scores.data)) };
    expectClose(microAveragePrecision(truth, scores), expected);
  });

  it('refuses scores that are not numbers', () => {
    expect(() => microAveragePrecision(labelsOf('10'), scoresOf([1, Number.NaN]))).toThrow(RangeError);
  });
});

/** The mean over the positives of the precision among all cells scored at least as high; 0 without positives. */
function slowAveragePrecision(truth: LabelMatrix, scores: ScoreMatrix, cells: number[]): number {
  const positives = cells.filter((cell) => truth.data[cell] === 1);
  const precisions = positives.map((cell) => {
    const above = cells.filter((other) => (scores.data[other] ?? 0) >= (scores.data[cell] ?? 0));
    return above.filter((other) => truth.data[other] === 1).length / above.length;
  });
  return positives.length === 0 ? 0 : precisions.reduce((sum, value) => sum + value, 0) / positives.length;
}
