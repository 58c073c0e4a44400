/** What is kept in memory stays within its bounds, and what was used last stays. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import { Recent } from './recent.ts';

describe('recent things', () => {
  it('keeps no more than so many, those used last', () => {
    const recent = new Recent<number>({ entries: 2, weight: 100 });
    recent.set('a', 1, 1);
    recent.set('b', 2, 1);
    expect(recent.get('a')).toBe(1);
    recent.set('c', 3, 1);
    expect(['a', 'b', 'c'].map((key) => recent.get(key))).toEqual([1, undefined, 3]);
  });

  it('keeps no more weight than allowed, and nothing that is too heavy by itself', () => {
    const recent = new Recent<string>({ entries: 10, weight: 5 });
    recent.set('a', 'a', 3);
    recent.set('huge', 'huge', 6);
    expect(['a', 'huge'].map((key) => recent.get(key))).toEqual(['a', undefined]);
    recent.set('b', 'b', 3);
    expect(['a', 'b'].map((key) => recent.get(key))).toEqual([undefined, 'b']);
    recent.set('b', 'heavier', 6);
    expect(recent.get('b')).toBeUndefined();
  });

  it('equals a list that is searched from its end', () => {
    const random = new Random(5);
    const recent = new Recent<number>({ entries: 4, weight: 12 });
    let list: { key: string; value: number; weight: number }[] = [];
    for (let step = 0; step < 2000; step++) {
      const key = String(random.integer(8));
      const found = list.find((entry) => entry.key === key);
      list = list.filter((entry) => entry !== found);
      if (random.integer(2) === 0) {
        expect(recent.get(key)).toBe(found?.value);
        if (found) list.push(found);
      } else {
        const weight = 1 + random.integer(6);
        recent.set(key, step, weight);
        list.push({ key, value: step, weight });
        while (list.length > 4 || list.reduce((sum, entry) => sum + entry.weight, 0) > 12) list.shift();
      }
    }
  });
});
