/** Scores of small, odd and broken sets: each says what it can, and why it cannot say more. */
import { describe, expect, it } from 'vitest';
import { onnxCompute } from '../../engine/onnx/compute.ts';
import { reusing } from '../graph/reuse.ts';
import { embeddings } from './embeddings.ts';
import { factsOf, prepareReal, type FidelitySet } from './facts.ts';
import { flatScores } from './flat.ts';
import { interpret, NO_VERDICT } from './interpretation.ts';
import { offencesOf, yardstickOf } from './offences.ts';
import { scoreRows, type FidelityData } from './score.ts';
import type { FidelityScores } from './scores.ts';
import { joined, makeSet, taken } from './testing/sets.ts';

const OPTIONS = { seed: 1, permutations: 40 };

async function dataOf(real: FidelitySet, synthetic: FidelitySet): Promise<FidelityData> {
  const facts = await factsOf(onnxCompute, await prepareReal(onnxCompute, real), synthetic);
  return { real, synthetic, facts };
}

async function scored(real: FidelitySet, synthetic: FidelitySet): Promise<FidelityScores> {
  const data = await dataOf(real, synthetic);
  const rows = (set: FidelitySet): number[] => [...set.documents.keys()];
  return reusing(onnxCompute, (compute) => scoreRows(compute, data, rows(real), rows(synthetic), OPTIONS));
}

const KINDS = ['mmd2', 'frechet', 'prdc', 'diversity', 'lexical', 'copying'] as const;
type Kind = (typeof KINDS)[number];

const tooFew = (scores: FidelityScores): Kind[] => KINDS.filter((name) => scores[name].kind === 'too-few');

const REAL = makeSet({ count: 40, seed: 1 });
const sameText = (count: number): FidelitySet =>
  makeSet({ count, seed: 3, prefix: 's', texts: new Array<string>(count).fill('one and the same text') });

interface OddCase {
  readonly what: string;
  readonly real: FidelitySet;
  readonly synthetic: FidelitySet;
  readonly unsaid: readonly Kind[];
  readonly unique?: readonly [number, number];
}

const CASES: readonly OddCase[] = [
  {
    what: 'one synthetic document',
    real: REAL,
    synthetic: makeSet({ count: 1, seed: 2, prefix: 's' }),
    unsaid: ['mmd2', 'frechet', 'prdc', 'diversity', 'lexical'],
  },
  {
    what: 'one document on each side',
    real: makeSet({ count: 1, seed: 1 }),
    synthetic: makeSet({ count: 1, seed: 2, prefix: 's' }),
    unsaid: ['mmd2', 'frechet', 'prdc', 'diversity', 'lexical'],
  },
  {
    what: 'two documents on each side',
    real: makeSet({ count: 2, seed: 1 }),
    synthetic: makeSet({ count: 2, seed: 2, prefix: 's' }),
    unsaid: ['mmd2', 'frechet', 'prdc', 'lexical'],
  },
  {
    what: 'synthetic documents that all have one text',
    real: REAL,
    synthetic: sameText(30),
    unsaid: ['mmd2', 'frechet', 'prdc', 'diversity', 'lexical'],
    unique: [40, 1],
  },
  {
    what: 'one text throughout',
    real: sameText(30),
    synthetic: sameText(30),
    unsaid: ['mmd2', 'frechet', 'prdc', 'diversity', 'lexical'],
    unique: [1, 1],
  },
  {
    what: 'different texts with one embedding',
    real: { ...REAL, embeddings: embeddings(new Float32Array(40 * 8).fill(1 / Math.sqrt(8)), 8) },
    synthetic: makeSet({ count: 20, seed: 2, prefix: 's' }),
    unsaid: ['mmd2'],
  },
  {
    what: 'fewer documents than dimensions',
    real: makeSet({ count: 20, seed: 1, dimension: 64 }),
    synthetic: makeSet({ count: 15, seed: 2, dimension: 64, prefix: 's' }),
    unsaid: [],
  },
  {
    what: 'some empty texts',
    real: makeSet({ count: 20, seed: 1, texts: ['', ' … '] }),
    synthetic: makeSet({ count: 20, seed: 2, prefix: 's', texts: ['—'] }),
    unsaid: [],
    unique: [18, 19],
  },
  {
    what: 'empty texts alone',
    real: REAL,
    synthetic: makeSet({ count: 3, seed: 2, prefix: 's', texts: ['', '', ''] }),
    unsaid: ['mmd2', 'frechet', 'prdc', 'diversity', 'lexical', 'copying'],
    unique: [40, 0],
  },
  {
    what: 'a thousand synthetic documents to one real',
    real: makeSet({ count: 1, seed: 1 }),
    synthetic: makeSet({ count: 1000, seed: 2, prefix: 's' }),
    unsaid: ['mmd2', 'frechet', 'prdc', 'diversity', 'lexical'],
  },
  {
    what: 'twelve thousandths the other way round',
    real: makeSet({ count: 1000, seed: 2 }),
    synthetic: makeSet({ count: 12, seed: 1, prefix: 's' }),
    unsaid: [],
  },
  {
    what: 'texts of scripts without blanks',
    real: makeSet({
      count: 12,
      seed: 1,
      texts: Array.from({ length: 12 }, (_, at) => `轮椅的制动装置${'一二三四五六七八九十甲乙'[at]}`),
    }),
    synthetic: makeSet({
      count: 12,
      seed: 2,
      prefix: 's',
      texts: Array.from({ length: 12 }, (_, at) => `車椅子のブレーキ${'一二三四五六七八九十甲乙'[at]}`),
    }),
    unsaid: [],
  },
];

describe('odd sets', () => {
  it.each(CASES)('$what', async ({ real, synthetic, unsaid, unique }) => {
    const scores = await scored(real, synthetic);
    expect(tooFew(scores)).toEqual(unsaid);
    if (unique) expect([scores.n.uniqueReal, scores.n.uniqueSynthetic]).toEqual(unique);
    for (const { name, value, note } of flatScores(scores)) {
      if (value === undefined) expect(note, name).toMatch(/^too few to say: /);
      else expect(Number.isFinite(value), name).toBe(true);
    }
    const sentences = interpret(scores);
    expect(sentences.at(-1)).toBe(NO_VERDICT);
    expect(sentences.join(' ')).not.toMatch(/NaN|undefined|Infinity|\bgood\b|\bbad\b/);
  });

  it('says that a distance is biased where there are no more documents than dimensions', async () => {
    const scores = await scored(
      makeSet({ count: 30, seed: 1, dimension: 64 }),
      makeSet({ count: 30, seed: 2, dimension: 64, prefix: 's' }),
    );
    expect(scores.frechet).toMatchObject({ kind: 'measured', singular: true, dimensions: 64 });
    expect(interpret(scores).join(' ')).toContain('biased upward');
  });
});

describe('embeddings that cannot be compared', () => {
  it('name the document whose embedding is no number', async () => {
    const broken = makeSet({ count: 4, seed: 2, prefix: 's' });
    broken.embeddings.data[2 * 8 + 3] = Number.NaN;
    await expect(scored(REAL, broken)).rejects.toMatchObject({
      code: 'embeddings-invalid',
      message: 'The embedding of s2 holds something that is no finite number.',
    });
    await expect(scored(broken, REAL)).rejects.toMatchObject({ code: 'embeddings-invalid' });
  });

  it('are of different encoders', async () => {
    const other = makeSet({ count: 4, seed: 2, prefix: 's', dimension: 6 });
    await expect(scored(REAL, other)).rejects.toMatchObject({
      code: 'embeddings-invalid',
      message: 'The embeddings are of different encoders: an encoder (8 numbers) and an encoder (6 numbers).',
    });
    const named = makeSet({ count: 4, seed: 2, prefix: 's' });
    await expect(scored({ ...REAL, encoder: 'a' }, { ...named, encoder: 'b' })).rejects.toMatchObject({
      message: 'The embeddings are of different encoders: a (8 numbers) and b (8 numbers).',
    });
  });
});

describe('what sets tell', () => {
  it('finds no difference between halves of one set, and one where the embeddings are shifted', async () => {
    const half = await scored(REAL, makeSet({ count: 40, seed: 5, prefix: 's' }));
    const far = await scored(REAL, makeSet({ count: 40, seed: 5, prefix: 's', shift: 1.5 }));
    if (half.mmd2.kind !== 'measured' || far.mmd2.kind !== 'measured') throw new Error('too few');
    expect(half.mmd2.p).toBeGreaterThan(0.05);
    expect(far.mmd2.p).toBeCloseTo(1 / 41, 10);
    expect(interpret(half).join(' ')).toContain('does not tell the synthetic documents from the real ones');
    if (far.frechet.kind !== 'measured' || far.prdc.kind !== 'measured') throw new Error('too few');
    expect(far.frechet.atBaselineSize).toBeGreaterThan(far.frechet.baseline?.high ?? Infinity);
    expect(far.prdc.atBaselineSize?.coverage).toBeLessThan(far.prdc.baseline?.coverage.low ?? 0);
    expect(interpret(far).join(' ')).toMatch(
      /Neighbourhoods: .*; at 20 documents a side .*; halves of the real/,
    );
    if (half.prdc.kind !== 'measured') throw new Error('too few');
    // Half as many documents reach farther, and cover less of each other.
    expect(half.prdc.atBaselineSize).not.toEqual(half.prdc);
  });

  it('shows documents that were taken over', async () => {
    const synthetic = joined(taken(REAL, 3), makeSet({ count: 20, seed: 9, prefix: 's' }));
    const data = await dataOf(REAL, synthetic);
    const scores = await scoreRows(
      onnxCompute,
      data,
      [...REAL.documents.keys()],
      [...synthetic.documents.keys()],
      OPTIONS,
    );
    if (scores.copying.kind !== 'measured') throw new Error('too few');
    expect(scores.copying.documents.slice(0, 3)).toEqual(
      ['d0', 'd1', 'd2'].map((from) => ({ id: `taken-${from}`, from, words: 30 })),
    );
    const yardstick = yardstickOf(data.facts);
    expect(offencesOf(0, data.facts, yardstick, false)).toEqual(['is-real', 'copies', 'near-copy']);
    expect(offencesOf(5, data.facts, yardstick, true)).toContain('misses-label');
    expect(data.facts.synthetic[1]).toMatchObject({
      sameAs: 1,
      overlap: 1,
      nearest: { position: 1, distance: 0 },
    });
  });

  it('counts copies once, and tells how many there are', async () => {
    const synthetic = makeSet({ count: 20, seed: 9, prefix: 's' });
    const alone = await scored(REAL, synthetic);
    const twice = await scored(REAL, joined(synthetic, synthetic));
    expect(twice.n).toEqual({ real: 40, synthetic: 40, uniqueReal: 40, uniqueSynthetic: 20 });
    expect({ ...twice, n: alone.n }).toEqual(alone);
  });

  it('measures overlap with the documents that one was made from', async () => {
    const [source] = REAL.documents;
    const synthetic = makeSet({ count: 1, seed: 9, prefix: 's', texts: [source?.text ?? ''] });
    const documents = synthetic.documents.map((one) => ({ ...one, parents: ['d0', 'unknown'] }));
    const { facts } = await dataOf(REAL, { ...synthetic, documents });
    expect(facts.synthetic[0]).toMatchObject({ parentOverlap: 1, sameAs: 0 });
  });
});
