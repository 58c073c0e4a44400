import { describe, expect, it } from 'vitest';
import { label, prediction } from '../session/testing/builders.ts';
import { marks, signed } from './grade.ts';

const contributions = [0.1, 1, 0.5, 0.2, -0.3, 0.01, 0.9];
const found = marks(
  {
    ...prediction('one', { start: 0, end: 100 }, [label('a', { contributions }), label('b')]),
    evidence: {
      basis: 'shares',
      passages: contributions.map((_, at) => ({
        section: 'abstract',
        text: 'x',
        // The last passage does not stand in the file.
        ...(at < 6 ? { source: { start: 60 - at * 10, end: 69 - at * 10 } } : {}),
      })),
    },
  },
  'a',
);

describe('marks', () => {
  it('grades by the share of the strongest passage', () => {
    expect(found.map(({ grade, contribution }) => [grade, contribution])).toEqual([
      ['against', -0.3],
      ['weak', 0.2],
      ['medium', 0.5],
      ['strong', 1],
    ]);
  });

  it('follows the order of the text', () => {
    expect(found.map(({ span }) => span.start)).toEqual([20, 30, 40, 50]);
  });

  it('has none without evidence', () => {
    expect(marks(prediction('one', { start: 0, end: 9 }), 'a')).toEqual([]);
  });
});

describe('signed', () => {
  it.each([
    [0.844, '+0.84'],
    [-0.5, '−0.50'],
    [-0.001, '+0.00'],
    [0, '+0.00'],
  ])('%d reads %s', (value, text) => {
    expect(signed(value)).toBe(text);
  });
});
