import { describe, expect, it } from 'vitest';
import { cpuMilliseconds } from '../testing/cpu-time.ts';
import { OffsetMap } from '../text/offset-map.ts';
import type { ClaimText } from './claims.ts';
import { assembleClaims } from './claims.ts';
import { GapCollector } from './gaps.ts';

function claim(number: number, text: string, references?: readonly number[]): ClaimText {
  return { number, text: { text, map: OffsetMap.identity(text.length) }, references };
}

describe('assembleClaims', () => {
  it('takes the printed number off and moves the span with it', () => {
    const [first] = assembleClaims([claim(1, '1. A chair.')], new GapCollector());
    expect(first).toMatchObject({ number: 1, text: 'A chair.', span: { start: 3, end: 11 }, dependsOn: [] });
  });

  it.each(['1、一种椅子。', '１．椅子。', '1.椅子。', '1) A chair.'])('takes the number off %s', (text) => {
    expect(assembleClaims([claim(1, text)], new GapCollector())[0]?.text).not.toMatch(/^[1１]/);
  });

  it.each(['2.（删除）', '２．（削除）'])('leaves out %s', (text) => {
    expect(assembleClaims([claim(2, text)], new GapCollector())).toEqual([]);
  });

  it('is not slowed down by a claim of digits', () => {
    const digits = [claim(1, `${'1'.repeat(110)}x`)];
    expect(cpuMilliseconds(() => assembleClaims(digits, new GapCollector()))).toBeLessThan(1000);
  });

  it('leaves another number alone', () => {
    expect(assembleClaims([claim(1, '2. A chair.')], new GapCollector())[0]?.text).toBe('2. A chair.');
  });

  it('joins marked references with those in words, and only to earlier claims', () => {
    const texts = [
      claim(1, 'A chair.'),
      claim(2, 'A bed.'),
      claim(3, 'The chair of claim 1 or 3.', [2, 3, 4]),
    ];
    expect(assembleClaims(texts, new GapCollector())[2]?.dependsOn).toEqual([1, 2]);
  });

  it('states cancelled claims instead of reading them', () => {
    const gaps = new GapCollector();
    const texts = [
      claim(1, '1.-3. (canceled)'),
      claim(4, '4. A chair.'),
      claim(5, '5. (Withdrawn) The chair of claim 4.'),
    ];
    expect(assembleClaims(texts, gaps).map(({ number, dependsOn }) => [number, dependsOn])).toEqual([
      [4, []],
      [5, [4]],
    ]);
    expect(gaps.list().map(({ message }) => message)).toEqual([
      'Claim 1 is marked as cancelled and was left out: "1.-3. (canceled)"',
    ]);
  });

  it('stays quick with a hostile number of claims, and says what it did not read', () => {
    const gaps = new GapCollector();
    const texts = Array.from({ length: 30_000 }, (_, index) =>
      claim(index + 1, 'As in any preceding claim.'),
    );
    expect(cpuMilliseconds(() => expect(assembleClaims(texts, gaps)).toHaveLength(30_000))).toBeLessThan(
      3000,
    );
    expect(gaps.list()[0]?.message).toMatch(/too many claims or references; from claim \d+ on/);
  });
});
