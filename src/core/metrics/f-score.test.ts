import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { labelScores, macroAverage, microAverage, weightedAverage } from './f-score.ts';
import { LabelOutcomes } from './outcomes.ts';
import { expectClose } from './testing/close.ts';
import { labelsOf, randomCase, randomWeights, resampled } from './testing/matrices.ts';

const countsOf = (truth: string[], assigned: string[]) =>
  new LabelOutcomes(labelsOf(...truth), labelsOf(...assigned)).count();

describe('F1', () => {
  it.each([
    { what: 'all right', truth: ['10', '01'], assigned: ['10', '01'], micro: 1, macro: 1, weighted: 1 },
    { what: 'all wrong', truth: ['10', '01'], assigned: ['01', '10'], micro: 0, macro: 0, weighted: 0 },
    {
      what: 'nothing assigned',
      truth: ['10', '01'],
      assigned: ['00', '00'],
      micro: 0,
      macro: 0,
      weighted: 0,
    },
    { what: 'nothing true', truth: ['00', '00'], assigned: ['10', '00'], micro: 0, macro: 0, weighted: 0 },
    { what: 'nothing at all', truth: ['00'], assigned: ['00'], micro: 0, macro: 0, weighted: 0 },
    // Label 0: 2 hits of 2 assigned, 3 true, F1 4/5. Label 1: 1 of 2, 1 true, F1 2/3. Label 2: nothing.
    {
      what: 'mixed',
      truth: ['100', '110', '100', '000'],
      assigned: ['100', '110', '000', '010'],
      micro: 6 / 8,
      macro: (4 / 5 + 2 / 3 + 0) / 3,
      weighted: (3 * (4 / 5) + 2 / 3) / 4,
    },
  ])('$what', ({ truth, assigned, micro, macro, weighted }) => {
    const counts = countsOf(truth, assigned);
    expectClose(microAverage(counts).f1, micro);
    expectClose(macroAverage(counts).f1, macro);
    expectClose(weightedAverage(counts).f1, weighted);
  });

  it('lists every label with its support, the unused ones included', () => {
    expect(labelScores(countsOf(['100', '110', '100'], ['100', '010', '010']))).toEqual([
      { precision: 1, recall: 1 / 3, f1: 1 / 2, support: 3, assigned: 1 },
      { precision: 1 / 2, recall: 1, f1: 2 / 3, support: 1, assigned: 2 },
      { precision: 0, recall: 0, f1: 0, support: 0, assigned: 0 },
    ]);
  });

  it('counts a weighted document as often as writing it out does', () => {
    const random = new Random(1);
    for (let trial = 0; trial < 30; trial++) {
      const one = randomCase(random, 1 + random.integer(20), 1 + random.integer(8));
      const weights = randomWeights(random, one.truth.rows);
      const written = resampled(one, weights);
      expect(new LabelOutcomes(one.truth, one.assigned).count(weights)).toEqual(
        new LabelOutcomes(written.truth, written.assigned).count(),
      );
    }
  });

  it('agrees with counting cell by cell', () => {
    const random = new Random(2);
    const { truth, assigned } = randomCase(random, 50, 7);
    const cells = Array.from(truth.data, (one, cell) => [one, assigned.data[cell] ?? 0, cell % 7] as const);
    const f1 = (of: typeof cells) => {
      const hits = of.filter(([a, b]) => a && b).length;
      const wrong = of.filter(([a, b]) => a !== b).length;
      return hits === 0 ? 0 : hits / (hits + wrong / 2);
    };
    const counts = new LabelOutcomes(truth, assigned).count();
    const perLabel = Array.from({ length: 7 }, (_, label) => f1(cells.filter((cell) => cell[2] === label)));
    expectClose(microAverage(counts).f1, f1(cells));
    expectClose(macroAverage(counts).f1, perLabel.reduce((sum, value) => sum + value, 0) / 7);
  });

  it('refuses matrices of different shapes and weights of the wrong length', () => {
    expect(() => new LabelOutcomes(labelsOf('10'), labelsOf('1'))).toThrow(RangeError);
    const outcomes = new LabelOutcomes(labelsOf('10'), labelsOf('10'));
    expect(() => outcomes.count(new Uint32Array(2))).toThrow(RangeError);
  });
});
