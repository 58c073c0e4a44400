import { expect, it } from 'vitest';
import { contamination, NEAR_DUPLICATE } from '../../core/leakage/contamination/contamination.ts';
import { Random } from '../../core/random.ts';
import { NearDuplicateIndex } from './near-duplicates.ts';

it('finds what the comparison of all with all finds', () => {
  const random = new Random(3);
  const word = (): string => `w${random.integer(5000)}`;
  const texts = Array.from({ length: 40 }, () => Array.from({ length: 80 }, word).join(' '));
  // Near-duplicates with ever more words changed, on both sides of the threshold.
  for (let changes = 0; changes < 40; changes++) {
    const words = (texts[changes] ?? '').split(' ');
    for (let change = 0; change < changes / 4; change++) words[random.integer(words.length)] = word();
    texts.push(words.join(' '));
  }
  texts.push('', '   ', '—');
  const index = new NearDuplicateIndex((at) => texts[at] ?? '');
  texts.forEach((_, at) => index.add(at));
  const found = texts.flatMap((text, at) =>
    index
      .of(text)
      .filter((other) => other.at > at)
      .map((other) => [at, other.at, other.jaccard]),
  );
  const { pairs } = contamination(
    texts.map((text) => ({ text, keys: [] })),
    texts.map((_, at) => at),
  );
  expect(found).toEqual(pairs.map(({ first, second, jaccard }) => [first, second, jaccard]));
  expect(found.length).toBeGreaterThan(5);
  expect(found.length).toBeLessThan(40);
  for (const [, , jaccard] of found) expect(jaccard).toBeGreaterThanOrEqual(NEAR_DUPLICATE);
});
