import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { coverageError, labelRankingAveragePrecision, rankingLoss, rankLabels } from './label-ranking.ts';
import { expectAllClose, expectClose } from './testing/close.ts';
import { labelsOf, randomCase, scoresOf } from './testing/matrices.ts';

describe('label ranking', () => {
  it.each([
    { what: 'perfect', truth: '110', scores: [3, 2, 1], lrap: 1, loss: 0, coverage: 2 },
    { what: 'worst', truth: '001', scores: [3, 2, 1], lrap: 1 / 3, loss: 1, coverage: 3 },
    {
      what: 'in between',
      truth: '1010',
      scores: [4, 3, 2, 1],
      lrap: (1 + 2 / 3) / 2,
      loss: 1 / 4,
      coverage: 3,
    },
    {
      what: 'a right label tied with a wrong one',
      truth: '10',
      scores: [1, 1],
      lrap: 1 / 2,
      loss: 1,
      coverage: 2,
    },
    { what: 'two right labels tied', truth: '110', scores: [2, 2, 1], lrap: 1, loss: 0, coverage: 2 },
    { what: 'all tied', truth: '1100', scores: [1, 1, 1, 1], lrap: 1 / 2, loss: 1, coverage: 4 },
    { what: 'no labels', truth: '000', scores: [3, 2, 1], lrap: 1, loss: 0, coverage: 0 },
    { what: 'all labels', truth: '111', scores: [3, 2, 1], lrap: 1, loss: 0, coverage: 3 },
    { what: 'one label in the taxonomy', truth: '1', scores: [0], lrap: 1, loss: 0, coverage: 1 },
  ])('$what', ({ truth, scores, lrap, loss, coverage }) => {
    expectClose(labelRankingAveragePrecision(labelsOf(truth), scoresOf(scores)), lrap);
    expectClose(rankingLoss(labelsOf(truth), scoresOf(scores)), loss);
    expectClose(coverageError(labelsOf(truth), scoresOf(scores)), coverage);
  });

  it('averages over documents, the example of scikit-learn', () => {
    const truth = labelsOf('100', '001');
    const scores = scoresOf([0.75, 0.5, 1], [1, 0.2, 0.1]);
    expectClose(labelRankingAveragePrecision(truth, scores), 5 / 12);
    expectClose(rankingLoss(truth, scores), 3 / 4);
    expectClose(coverageError(truth, scores), 5 / 2);
  });

  it('agrees with going through every pair of labels', () => {
    const random = new Random(6);
    for (let trial = 0; trial < 30; trial++) {
      const levels = [1, 3, 1000][trial % 3] ?? 3;
      const { truth, scores } = randomCase(random, 6, 1 + random.integer(9), { density: 0.4, levels });
      const ranked = rankLabels(truth, scores);
      const slow = Array.from({ length: 6 }, (_, row) => {
        const from = row * truth.columns;
        return slowRanking(
          [...truth.data.subarray(from, from + truth.columns)],
          [...scores.data.subarray(from, from + truth.columns)],
        );
      });
      expectAllClose(
        ranked.precision,
        slow.map(({ precision }) => precision),
      );
      expectAllClose(
        ranked.loss,
        slow.map(({ loss }) => loss),
      );
      expectAllClose(
        ranked.depth,
        slow.map(({ depth }) => depth),
      );
    }
  });

  it('refuses a shape that does not fit', () => {
    expect(() => rankLabels(labelsOf('10'), scoresOf([1]))).toThrow(RangeError);
  });
});

/** From ranks: a label's rank is the number of labels that are not below it. */
function slowRanking(truth: number[], scores: number[]) {
  const ranks = scores.map((score) => scores.length - scores.filter((other) => other < score).length);
  const right = ranks.filter((_, label) => truth[label]);
  const wrong = scores.filter((_, label) => !truth[label]);
  const rightScores = scores.filter((_, label) => truth[label]);
  const depth = Math.max(0, ...right);
  if (right.length === 0 || wrong.length === 0) return { precision: 1, loss: 0, depth };
  const shares = right.map((rank) => right.filter((other) => other <= rank).length / rank);
  const pairs = rightScores.flatMap((score) => wrong.map((other) => (other < score ? 0 : 1)));
  const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { precision: average(shares), loss: average(pairs), depth };
}
