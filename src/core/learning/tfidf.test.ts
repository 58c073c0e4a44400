import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import {
  fitVocabulary,
  makeVocabulary,
  tfidf,
  tfidfOfText,
  wordOccurrences,
  type Vocabulary,
} from './tfidf.ts';
import { reference } from './testing/reference.ts';

const ALL = { minDocuments: 1 };

/** Word to weight. */
function weights(text: string, vocabulary: Vocabulary): Record<string, number> {
  const { indices, values } = tfidfOfText(text, vocabulary);
  return Object.fromEntries(
    Array.from(indices, (word, i) => [vocabulary.words[word] ?? '?', values[i] ?? Number.NaN]),
  );
}

const wordsOf = (text: string, vocabulary = fitVocabulary([text], ALL)): string[] =>
  wordOccurrences(text, vocabulary).map(({ word }) => vocabulary.words[word] ?? '?');

describe('words', () => {
  it.each([
    { text: 'A wheel, a Wheel and two WHEELS.', words: ['wheel', 'wheel', 'and', 'two', 'wheels'] },
    { text: 'sensor (12a) of FIG. 3, H2O and 3D', words: ['sensor', 'of', 'fig', 'h2o', 'and'] },
    { text: 'x x1 xy', words: ['x1', 'xy'] },
    { text: 'wheel-chair, sensor_array', words: ['wheel', 'chair', 'sensor', 'array'] },
    { text: 'Überwachung ΣΥΣΚΕΥΗΣ Ärzte', words: ['überwachung', 'συσκευης', 'ärzte'] },
    { text: '装置及び方法', words: ['装置及び方法'] },
    { text: '12 34 5,6 — … !', words: [] },
    { text: '', words: [] },
    { text: ' \n\t', words: [] },
  ])('of $text are $words', ({ text, words }) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it.each([
    'İSTANBUL’da bir İSTANBUL cihazı',
    'ΟΔΟΣ’Α, ΟΔΟΣ and ΣΊΣΥΦΟΣ.',
    'Straße STRASSE ẞtraße',
    'ﬁlter ﬁlter 𝔘nd 𝐀lpha Ǆungla',
    'é café resumé naïve',
  ])('of %s are found where they stand, and found again whatever lower-casing does', (text) => {
    const vocabulary = fitVocabulary([text], ALL);
    const occurrences = wordOccurrences(text, vocabulary);
    for (const { word, span } of occurrences) {
      expect(text.slice(span.start, span.end).toLowerCase()).toBe(vocabulary.words[word]);
    }
    const expected = Array.from(text.matchAll(/\p{L}[\p{L}\p{N}]+/gu), (match) => match.index);
    expect(occurrences.map(({ span }) => span.start)).toEqual(expected);
    expect(new Set(occurrences.map(({ word }) => word)).size).toBe(vocabulary.words.length);
  });

  it('stand in the text in ascending order, without overlap, on both sides of a surrogate pair', () => {
    const text = '𝒜lpha 😀 beta 😀gamma😀 alpha';
    const vocabulary = fitVocabulary([text], ALL);
    const spans = wordOccurrences(text, vocabulary).map(({ span }) => span);
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual([
      '𝒜lpha',
      'beta',
      'gamma',
      'alpha',
    ]);
  });

  it('that the vocabulary lacks are passed over', () => {
    const vocabulary = fitVocabulary(['wheel brake'], ALL);
    expect(wordsOf('a brake, a seat, a wheel', vocabulary)).toEqual(['brake', 'wheel']);
  });
});

describe('the vocabulary', () => {
  it('keeps words of two documents or more, the most frequent first', () => {
    const { words, idf, index } = fitVocabulary(['wheel brake brake', 'wheel seat', 'wheel brake', 'frame']);
    expect(words).toEqual(['wheel', 'brake']);
    expect([...idf]).toEqual([Math.log(5 / 4) + 1, Math.log(5 / 3) + 1].map(Math.fround));
    expect([...index]).toEqual([
      ['wheel', 0],
      ['brake', 1],
    ]);
  });

  it('keeps at most so many words, whichever order the documents come in', () => {
    const random = new Random(1);
    const texts = Array.from({ length: 30 }, () =>
      Array.from({ length: 6 }, () => `w${'abcdefghijklmnop'.charAt(random.integer(16))}`).join(' '),
    );
    const first = fitVocabulary(texts, { maxWords: 5 });
    expect(first.words).toHaveLength(5);
    for (let trial = 0; trial < 20; trial++) {
      expect(fitVocabulary(random.shuffle([...texts]), { maxWords: 5 })).toEqual(first);
    }
    // All tied: the alphabet decides.
    const tied = ['delta alpha', 'charlie bravo', 'alpha delta', 'bravo charlie'];
    expect(fitVocabulary(tied, { maxWords: 3 }).words).toEqual(['alpha', 'bravo', 'charlie']);
    expect(fitVocabulary(tied.toReversed(), { maxWords: 3 }).words).toEqual(['alpha', 'bravo', 'charlie']);
  });

  it('holds 4096 words unless told otherwise', () => {
    const letters = 'abcdefghijklmnopq';
    const words = [...letters].flatMap((a) =>
      [...letters].flatMap((b) => [...letters].map((c) => `${a}${b}${c}`)),
    );
    expect(words.length).toBeGreaterThan(4096);
    expect(fitVocabulary([words.join(' '), words.join(' ')]).words).toHaveLength(4096);
  });

  it('is empty for no documents, empty ones, and words that occur once', () => {
    for (const texts of [[], ['', ''], ['12', '12'], ['wheel', 'brake']]) {
      const vocabulary = fitVocabulary(texts);
      expect(vocabulary.words).toEqual([]);
      expect(tfidfOfText('wheel brake', vocabulary)).toEqual({
        indices: new Int32Array(),
        values: new Float32Array(),
      });
    }
  });

  it('can be made again from its words and frequencies', () => {
    const vocabulary = fitVocabulary(['wheel brake', 'brake wheel wheel']);
    expect(makeVocabulary(vocabulary.words, vocabulary.idf)).toEqual(vocabulary);
  });
});

describe('TF-IDF', () => {
  it('is (1 + ln tf)·idf at unit length', () => {
    const vocabulary = makeVocabulary(['wheel', 'brake', 'seat'], Float32Array.of(1, 2, 4));
    const [wheel, brake] = [1 + Math.log(3), 2];
    const norm = Math.hypot(wheel, brake);
    const found = weights('Wheel! wheel, WHEEL; brake', vocabulary);
    expect(Object.keys(found)).toEqual(['wheel', 'brake']);
    expect(found['wheel']).toBeCloseTo(wheel / norm, 6);
    expect(found['brake']).toBeCloseTo(brake / norm, 6);
  });

  it('has its words in the order of the vocabulary, each once', () => {
    const vocabulary = makeVocabulary(['aa', 'bb', 'cc', 'dd'], Float32Array.of(1, 1, 1, 1));
    expect([...tfidfOfText('dd bb dd aa bb dd', vocabulary).indices]).toEqual([0, 1, 3]);
  });

  it('is empty, not a division by 0, for a text without words', () => {
    const vocabulary = makeVocabulary(['wheel'], Float32Array.of(1));
    for (const text of ['', '12 34', 'brake']) {
      const { indices, values } = tfidfOfText(text, vocabulary);
      expect([indices.length, values.length]).toEqual([0, 0]);
    }
    expect(tfidf([], vocabulary).indices).toHaveLength(0);
  });

  it('is what scikit-learn makes of the same texts', () => {
    const { texts, idf, vectors } = reference().tfidf;
    const vocabulary = fitVocabulary(texts);
    expect([...vocabulary.words].sort()).toEqual(Object.keys(idf).sort());
    vocabulary.words.forEach((word, i) => {
      expect(vocabulary.idf[i]).toBe(Math.fround(idf[word] ?? Number.NaN));
    });
    texts.forEach((text, document) => {
      const found = weights(text, vocabulary);
      const expected = vectors[document] ?? {};
      expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
      for (const [word, weight] of Object.entries(expected)) expect(found[word]).toBeCloseTo(weight, 6);
    });
  });
});
