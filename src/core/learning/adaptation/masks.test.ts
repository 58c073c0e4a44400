/** Which tokens are hidden. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../random.ts';
import { masked, mostGuessed, USUAL_SHARE, type MaskOptions } from './masks.ts';

const OPTIONS: MaskOptions = { share: USUAL_SHARE, maskToken: 4, vocabulary: 1000 };
const window = (tokens: number): Int32Array =>
  Int32Array.from({ length: tokens + 2 }, (_, i) => (i === 0 ? 2 : i === tokens + 1 ? 3 : 500 + i));

describe('hidden tokens', () => {
  it.each([
    [0, 0],
    [1, 1],
    [3, 1],
    [10, 2],
    [100, 15],
    [254, 38],
  ])('of %i are %i', (tokens, count) => {
    const { places, targets, ids } = masked(window(tokens), OPTIONS, new Random(1));
    expect(places).toHaveLength(count);
    expect(new Set(places).size).toBe(count);
    expect(targets).toEqual(places.map((place) => 500 + place));
    expect(mostGuessed(tokens + 2, USUAL_SHARE)).toBe(count);
    // The special tokens stay, and so does what is not guessed.
    const untouched = window(tokens);
    ids.forEach((id, place) => {
      if (!places.includes(place)) expect(id).toBe(untouched[place]);
    });
  });

  it('become the mask token, a random word or stay, in the shares of the paper', () => {
    const random = new Random(3);
    const counts = { masked: 0, same: 0, other: 0 };
    for (let n = 0; n < 400; n++) {
      const { ids, places, targets } = masked(window(100), OPTIONS, random);
      places.forEach((place, i) => {
        if (ids[place] === OPTIONS.maskToken) counts.masked++;
        else if (ids[place] === targets[i]) counts.same++;
        else counts.other++;
      });
    }
    const total = 400 * 15;
    expect(counts.masked / total).toBeCloseTo(0.8, 1);
    expect(counts.same / total).toBeCloseTo(0.1, 1);
    expect(counts.other / total).toBeCloseTo(0.1, 1);
  });

  it('are the same for the same stream, and others for another', () => {
    const hidden = (seed: number): readonly number[] => [
      ...masked(window(60), OPTIONS, new Random(seed)).ids,
    ];
    expect(hidden(1)).toEqual(hidden(1));
    expect(hidden(1)).not.toEqual(hidden(2));
  });
});
