import { describe, expect, it } from 'vitest';
import { compareLabelSets, hammingLoss, subsetAccuracy } from './agreement.ts';
import { labelsOf } from './testing/matrices.ts';

describe('label set agreement', () => {
  it.each([
    { truth: ['1010', '0000'], assigned: ['1010', '0000'], exact: 1, hamming: 0 },
    { truth: ['1010', '0000'], assigned: ['1010', '0001'], exact: 1 / 2, hamming: 1 / 8 },
    { truth: ['1010', '0000'], assigned: ['0101', '1111'], exact: 0, hamming: 1 },
    { truth: ['1'], assigned: ['0'], exact: 0, hamming: 1 },
  ])('$truth against $assigned', ({ truth, assigned, exact, hamming }) => {
    expect(subsetAccuracy(labelsOf(...truth), labelsOf(...assigned))).toBe(exact);
    expect(hammingLoss(labelsOf(...truth), labelsOf(...assigned))).toBe(hamming);
  });

  it('gives one value per document', () => {
    const { exact, wrong } = compareLabelSets(labelsOf('10', '01', '11'), labelsOf('10', '00', '00'));
    expect([...exact]).toEqual([1, 0, 0]);
    expect([...wrong]).toEqual([0, 1 / 2, 1]);
  });
});
