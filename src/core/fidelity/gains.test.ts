import { expect, it } from 'vitest';
import { gainCorrelations, gainSentences, type GainCell } from './gains.ts';

const cells = (regime: string, ...pairs: readonly (readonly [number, number])[]): readonly GainCell[] =>
  pairs.map(([fidelity, gain]) => ({ fidelity, gain, regime }));

const RISING = cells('165', [1, 2.1], [2, 3.9], [3, 6.2], [4, 7.8], [5, 10.1], [6, 11.7]);
const FALLING = cells('100%', [1, 5], [2, 3.2], [3, 3.1], [4, 0.8], [5, 0.2], [6, -1]);

it('correlate by regime, and regimes are compared', () => {
  const { regimes, differences } = gainCorrelations([...RISING, ...FALLING]);
  // numpy.corrcoef, numpy.arctanh, scipy.stats.norm.sf
  expect(regimes.map(({ correlation }) => correlation?.r)).toEqual([
    expect.closeTo(0.9988953182174386, 9),
    expect.closeTo(-0.9823916762194773, 9),
  ]);
  expect(differences).toEqual([
    {
      first: '165',
      second: '100%',
      difference: {
        z: expect.closeTo(7.485934734692949, 7) as number,
        p: expect.closeTo(7.103969386622984e-14, 12) as number,
      },
    },
  ]);
  expect(gainSentences({ regimes, differences }, 'MMD²')).toEqual([
    expect.stringMatching(
      /^165: MMD² and gain correlate with r = 1.00 .*: larger values went with larger gains.$/,
    ),
    expect.stringMatching(/^100%: .*: larger values went with smaller gains.$/),
    expect.stringMatching(/^165 and 100% differ in this/),
  ]);
});

it.each([
  ['too few', cells('165', [1, 2], [2, 3], [3, 9])],
  ['never varying', cells('165', [1, 2], [1, 3], [1, 9], [1, 4])],
])('%s cells have no correlation and no comparison', (_, few) => {
  const found = gainCorrelations([...few, ...FALLING]);
  expect(found.regimes[0]?.correlation).toBeUndefined();
  expect(found.differences).toEqual([]);
  expect(gainSentences(found, 'MMD²')[0]).toMatch(
    /^165: [34] cells with measured gains; 4 that vary are needed/,
  );
});

it('an interval that holds 0 has no direction', () => {
  const found = gainCorrelations(cells('165', [1, 2], [2, 1], [3, 2.5], [4, 1.5], [5, 2]));
  expect(gainSentences(found, 'MMD²')[0]).toMatch(/no direction is measurable\.$/);
});
