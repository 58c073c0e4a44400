import { describe, expect, it } from 'vitest';
import { Random } from '../../random.ts';
import { middlePair, selectRank } from './select.ts';

describe('selection', () => {
  it('finds every rank that sorting finds, also among many equal numbers', () => {
    const random = new Random(3);
    for (let count = 1; count < 25; count++) {
      const values = Float64Array.from({ length: count }, () => random.integer(count % 3 === 0 ? 4 : 1000));
      const sorted = values.slice().sort();
      for (let rank = 0; rank < count; rank++) {
        const working = values.slice();
        expect(selectRank(working, rank)).toBe(sorted[rank]);
        expect(working.slice().sort()).toEqual(sorted);
      }
      const upper = count >> 1;
      expect(middlePair(values.slice())).toEqual([sorted[(count - 1) >> 1], sorted[upper]]);
    }
  });
});
