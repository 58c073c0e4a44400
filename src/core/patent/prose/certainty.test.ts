import { describe, expect, it } from 'vitest';
import { certaintyOf } from './certainty.ts';

const ofTitle = (text: string) =>
  certaintyOf({ section: 'title', texts: [text], marker: 'placed', guessed: 0 });

describe('the certainty of a title', () => {
  it.each([
    'IMPROVEMENT IN TELEGRAPHY',
    'Improvement in a telegraph',
    'SENSOR OF pH VALUES',
    'Verfahren zu x',
  ])('is not lessened in %j', (text) => {
    expect(ofTitle(text).confidence).toBe(0.92);
  });

  it('is lessened by every small letter that stands alone among capitals', () => {
    const one = ofTitle('IMPROVEMENT m TELEGRAPHY');
    expect(one.confidence).toBeCloseTo(0.64);
    expect(one.reason).toContain('1 small word stands among capitals');
    expect(ofTitle('IMPROVEMENT m ELECTRIC TELEGRAPHY ii CABLES').confidence).toBeLessThan(one.confidence);
  });
});
