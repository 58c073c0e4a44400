import { describe, expect, it } from 'vitest';
import { checkLabels, checkProbabilities, checkSameShape, checkScores } from './matrix.ts';
import { labelsOf, scoresOf } from './testing/matrices.ts';

const truth = labelsOf('10', '01');

describe('matrix checks', () => {
  it('accept well-formed matrices, single precision included', () => {
    expect(() => checkLabels(truth)).not.toThrow();
    expect(() => checkProbabilities(scoresOf([0, 1], [0.5, 0.25]), truth)).not.toThrow();
    expect(() => checkScores({ ...truth, data: new Float32Array(4) }, truth)).not.toThrow();
    expect(() => checkScores(scoresOf([-7, Infinity], [0, 3]), truth)).not.toThrow();
  });

  it.each([
    ['no documents', { rows: 0, columns: 3, data: new Uint8Array() }],
    ['no labels', { rows: 3, columns: 0, data: new Uint8Array() }],
    ['a cell that is neither 0 nor 1', { rows: 1, columns: 2, data: Uint8Array.of(0, 2) }],
    ['too few cells', { rows: 2, columns: 2, data: new Uint8Array(3) }],
    ['a fractional shape', { rows: 1.5, columns: 2, data: new Uint8Array(3) }],
  ])('refuse labels with %s', (_, labels) => {
    expect(() => checkLabels(labels)).toThrow(RangeError);
  });

  it('refuse scores of another shape, or without a value', () => {
    expect(() => checkSameShape(truth, labelsOf('101', '010'))).toThrow(/2 × 2 and 2 × 3/);
    expect(() => checkScores(scoresOf([1, 2, 3, 4]), truth)).toThrow(RangeError);
    expect(() => checkScores(scoresOf([1, 2], [Number.NaN, 4]), truth)).toThrow(RangeError);
  });

  it('refuse probabilities outside [0, 1]', () => {
    expect(() => checkProbabilities(scoresOf([0, 1.01], [0, 0]), truth)).toThrow(RangeError);
    expect(() => checkProbabilities(scoresOf([0, -0.01], [0, 0]), truth)).toThrow(RangeError);
  });
});
