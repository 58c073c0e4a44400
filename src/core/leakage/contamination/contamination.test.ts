/** Near-duplicates against all pairs compared exactly, and shared passages and copies against slow readings. */
import { describe, expect, it } from 'vitest';
import { health64Documents } from '../testing/health64.ts';
import { Random } from '../../random.ts';
import { CopyIndex } from '../../text/copying.ts';
import { wordHashes } from '../../text/words.ts';
import { contamination, contaminationSteps, type ComparedDocument } from './contamination.ts';
import { chanceOfLooking } from './minhash.ts';
import { longestSharedPassage } from '../../text/shared-passage.ts';
import { jaccard, shingleSet } from './shingles.ts';

const word = (random: Random, of: number): string => `w${random.integer(of)}`;
const textOf = (random: Random, words: number, of = 1000): string =>
  Array.from({ length: words }, () => word(random, of)).join(' ');
const plain = (text: string): ComparedDocument => ({ text, keys: [] });

describe('shingles', () => {
  it.each([
    ['a b c d e f', 'A, b; c\nd E f!', 1],
    ['a b c d e f', 'a b c d e g', 1 / 3],
    ['a b', 'a b', 1],
    ['a b', 'a b c', 0],
    ['', '', 0],
    ['...', 'a b c d e', 0],
    ['轮椅的装置包括', '轮椅的装置包括', 1],
  ])('%j and %j', (one, other, expected) => {
    expect(jaccard(shingleSet(one), shingleSet(other))).toBeCloseTo(expected, 12);
  });

  it('are those of strings', () => {
    const random = new Random(1);
    for (let round = 0; round < 100; round++) {
      const texts = [textOf(random, 40, 3), textOf(random, 40, 3)];
      const sets = texts.map((text) => {
        const words = text.split(' ');
        return new Set(words.slice(4).map((_, at) => words.slice(at, at + 5).join(' ')));
      });
      const [a = new Set(), b = new Set()] = sets;
      const shared = [...a].filter((shingle) => b.has(shingle)).length;
      const [one = new Float64Array(), other = new Float64Array()] = texts.map(shingleSet);
      expect(jaccard(one, other)).toBeCloseTo(shared / (a.size + b.size - shared), 12);
    }
  });
});

describe('contamination', () => {
  it('finds a pair at the threshold more often than 999 times in 1,000', () => {
    expect(chanceOfLooking(0.8)).toBeGreaterThan(0.999);
    const random = new Random(2);
    const documents: ComparedDocument[] = [];
    for (let pair = 0; pair < 400; pair++) {
      const words = textOf(random, 120, 1e6).split(' ');
      documents.push(plain(words.join(' ')));
      // Each change removes five shingles of 116 and adds five: two of them leave 0.84.
      words[30] = 'changed';
      words[80] = 'too';
      documents.push(plain(words.join(' ')));
    }
    const sides = documents.map((_, at) => at % 2);
    const { pairs } = contamination(documents, sides);
    expect(pairs.length).toBe(400);
    for (const { first, second, jaccard: similarity } of pairs) {
      expect(second).toBe(first + 1);
      expect(similarity).toBeCloseTo(106 / 126, 10);
    }
    expect(
      contamination(
        documents,
        sides.map(() => 'train'),
      ).pairs,
    ).toEqual([]);
  });

  it('links families and equal texts, whatever they look like', () => {
    const documents = [
      { text: 'one', keys: ['g:f', 't:x'] },
      { text: 'two', keys: ['g:f'] },
      { text: '', keys: ['t:x'] },
      { text: '', keys: [] },
    ];
    expect(contamination(documents, ['train', 'test', 'test', 'test']).pairs).toEqual([
      { first: 0, second: 1, key: 'g:f' },
      { first: 0, second: 2, key: 't:x' },
    ]);
  });

  it('states what it leaves out of a crowd', () => {
    const documents = Array.from({ length: 2000 }, () =>
      plain('the same text in very many of these documents'),
    );
    const { pairs, compared, leftOut } = contamination(
      documents,
      documents.map((_, at) => at % 2),
    );
    expect(compared).toBe(pairs.length);
    expect(pairs.length).toBeGreaterThan(50_000);
    expect(pairs.length + leftOut / 25).toBe(1_000_000);
  });

  it('goes in steps that can be left', () => {
    const steps = contaminationSteps(
      Array.from({ length: 600 }, (_, at) => plain(`text ${at}`)),
      Array.from({ length: 600 }, (_, at) => at % 2),
    );
    expect(steps.next().value).toEqual({ stage: 'reading', done: 256, total: 600 });
    steps.return({ pairs: [], compared: 0, leftOut: 0 });
    expect(steps.next().done).toBe(true);
  });

  it.each([
    [[], 0.8],
    [['a'], 0],
    [['a'], 1.5],
    [['a'], Number.NaN],
  ])('refuses sides %j at %d', (sides, threshold) => {
    expect(() => contamination([plain('a')], sides, threshold)).toThrow(RangeError);
  });

  const documents = health64Documents();
  it.skipIf(documents === undefined)('equals all pairs of 2,178 real documents', () => {
    const compared = (documents ?? []).map(({ text }) => plain(text));
    const sets = compared.map(({ text }) => shingleSet(text));
    const exact: string[] = [];
    sets.forEach((one, first) => {
      for (let second = first + 1; second < sets.length; second++) {
        const other = sets[second] ?? one;
        // Sizes that differ so much cannot reach the threshold.
        if (Math.min(one.length, other.length) < 0.8 * Math.max(one.length, other.length)) continue;
        if (jaccard(one, other) >= 0.8) exact.push(`${first}-${second}`);
      }
    });
    const { pairs } = contamination(
      compared,
      compared.map((_, at) => at),
    );
    expect(exact.length).toBeGreaterThan(100);
    expect(pairs.map(({ first, second }) => `${first}-${second}`)).toEqual(exact);
  });
});

describe('shared passages', () => {
  it('are the longest, against a slow reading', () => {
    const random = new Random(9);
    for (let round = 0; round < 200; round++) {
      const [one, other] = [textOf(random, 30, 3), textOf(random, 25, 3)];
      const [a, b] = [one.split(' '), other.split(' ')];
      let longest = 0;
      a.forEach((_, i) => {
        b.forEach((_, j) => {
          let length = 0;
          while (a[i + length] !== undefined && a[i + length] === b[j + length]) length++;
          longest = Math.max(longest, length);
        });
      });
      const found = longestSharedPassage(one, other);
      expect(found?.words ?? 0).toBe(longest);
      expect(one.slice(found?.first.start, found?.first.end)).toBe(
        other.slice(found?.second.start, found?.second.end),
      );
    }
  });
});

describe('copying', () => {
  it('finds every run of 30 words, wherever it stands, and none of 29', () => {
    const random = new Random(4);
    for (let round = 0; round < 60; round++) {
      const sources = [textOf(random, 200, 1e6), textOf(random, 150, 1e6)];
      const source = round % 2;
      const length = 29 + (round % 5);
      const from = random.integer(100);
      const passage = (sources[source] ?? '')
        .split(' ')
        .slice(from, from + length)
        .join(' ');
      const before = textOf(random, random.integer(40), 1e6);
      const text = `${before} x ${passage.toUpperCase()}, y ${textOf(random, 20, 1e6)}`;
      const runs = new CopyIndex(sources).runs(text);
      expect(runs.map((run) => [run.source, run.words])).toEqual(length < 30 ? [] : [[source, length]]);
      for (const run of runs) {
        expect(text.slice(run.span.start, run.span.end)).toBe(passage.toUpperCase());
        expect(sources[source]?.slice(run.sourceSpan.start, run.sourceSpan.end)).toBe(passage);
      }
      expect(new CopyIndex(sources).runs(text, 30, new Set([0, 1]))).toEqual([]);
    }
  });

  it('is not slowed by texts that repeat themselves', () => {
    const text = 'a '.repeat(20_000);
    const started = performance.now();
    expect(new CopyIndex([text]).runs(text)[0]?.words).toBe(20_000);
    expect(longestSharedPassage(text, text)?.words).toBe(20_000);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('reads words whatever their case, punctuation and unseen characters', () => {
    const one = wordHashes('Rollstuhl-Antrieb, ÄRZTE 轮椅');
    const other = wordHashes('rollstuhl antrieb \u200bärz\u00ADte 轮 椅');
    expect([...one.low]).toEqual([...other.low]);
    expect(one.count).toBe(5);
  });
});
