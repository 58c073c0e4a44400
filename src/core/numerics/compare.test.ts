/** The comparison against what is known beforehand and against a slow oracle, and the verdict's table. */
import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { compareOutputs, type ComparedOutputs, type Comparison } from './compare.ts';
import type { ModelOutputs } from './outputs.ts';
import { criteriaOf, LIMITS, verdictOf, type CandidateKind } from './verdict.ts';
import { cosineText, numericsConclusion } from './words.ts';

const [DOCUMENTS, DIMENSION, LABELS] = [60, 8, 5];
const OPTIONS = { resamples: 200, seed: 3 };

/** Outputs whose logits are the first numbers of the embeddings, assigned above 0. */
function outputsOf(embeddings: Float32Array): ModelOutputs {
  const logits = Float64Array.from({ length: DOCUMENTS * LABELS }, (_, at) => {
    const [row, label] = [Math.floor(at / LABELS), at % LABELS];
    return 4 * (embeddings[row * DIMENSION + label] ?? 0);
  });
  return { embeddings, logits, assigned: Uint8Array.from(logits, (logit) => (logit >= 0 ? 1 : 0)) };
}

const random = new Random(5);
const numbers = Float32Array.from({ length: DOCUMENTS * DIMENSION }, () => random.uniform() - 0.5);
const reference = outputsOf(numbers);
const changed = (change: (value: number, at: number) => number): ModelOutputs =>
  outputsOf(numbers.map(change));

function compare(candidate: ModelOutputs, more: Partial<ComparedOutputs> = {}): Comparison {
  return compareOutputs(
    {
      documents: DOCUMENTS,
      dimension: DIMENSION,
      labels: LABELS,
      reference,
      candidate,
      // The reference is nearly always right.
      truth: reference.assigned.map((cell, at) => (at % 17 === 0 ? 1 - cell : cell)),
      ...more,
    },
    OPTIONS,
  );
}

const verdict = (comparison: Comparison, kind: CandidateKind = 'execution') =>
  verdictOf(criteriaOf(comparison, kind));

describe('the same outputs', () => {
  const same = compare(reference);

  it('have a cosine of one, no flip and no change of micro-F1', () => {
    expect(same.cosine.worst).toBeCloseTo(1, 12);
    expect(same.flips).toMatchObject({ flipped: 0, share: 0, documents: 0, maxLogit: 0, meanLogit: 0 });
    expect(same.microF1?.difference).toEqual({ value: 0, low: 0, high: 0 });
    expect(same.nonFinite).toEqual({ nan: 0, infinite: 0, documents: 0 });
  });

  it('pass', () => {
    expect(verdict(same)).toBe('passed');
  });
});

describe('other outputs', () => {
  const noise = new Random(7);
  const candidate = changed((value) => value + 0.2 * (noise.uniform() - 0.5));
  const comparison = compare(candidate);

  it('have the cosines of a slow oracle', () => {
    const cosines = Array.from({ length: DOCUMENTS }, (_, row) => {
      const [a, b] = [numbers, candidate.embeddings].map((data) => [
        ...data.subarray(row * DIMENSION, (row + 1) * DIMENSION),
      ]);
      const dot = (one: number[] = [], other: number[] = []) =>
        one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
      return dot(a, b) / Math.hypot(...(a ?? [])) / Math.hypot(...(b ?? []));
    });
    const sorted = [...cosines].sort((one, other) => one - other);
    expect(comparison.cosine.worst).toBeCloseTo(sorted[0] ?? 0, 10);
    expect(comparison.cosine.mean).toBeCloseTo(cosines.reduce((a, b) => a + b, 0) / DOCUMENTS, 10);
    expect(comparison.cosine.farthest.map(({ cosine }) => cosine)).toEqual(
      sorted.slice(0, 10).map((cosine) => expect.closeTo(cosine, 10)),
    );
    expect(comparison.cosine.distances?.counts.reduce((a, b) => a + b)).toBe(DOCUMENTS);
  });

  it('have the flips of a slow oracle', () => {
    const { flips } = comparison;
    const cells = [...reference.assigned.entries()].filter(([at, cell]) => cell !== candidate.assigned[at]);
    expect(cells.length).toBeGreaterThan(5);
    expect(flips?.flipped).toBe(cells.length);
    expect(flips?.documents).toBe(new Set(cells.map(([at]) => Math.floor(at / LABELS))).size);
    expect(flips?.perLabel.map(({ lost }) => lost)).toEqual(
      Array.from(
        { length: LABELS },
        (_, label) => cells.filter(([at, cell]) => at % LABELS === label && cell).length,
      ),
    );
    expect(flips?.maxLogit).toBeCloseTo(
      Math.max(...reference.logits.map((logit, at) => Math.abs(logit - (candidate.logits[at] ?? 0)))),
      12,
    );
    for (const { reference: before, candidate: after, gained, lost } of flips?.perLabel ?? []) {
      expect(after - before).toBe(gained - lost);
    }
  });

  it('differ, or collapse, but never pass', () => {
    expect(verdict(comparison)).not.toBe('passed');
  });

  it('do not depend on the order of the documents, but for the resamples', () => {
    const turned = (data: Float32Array): Float32Array => {
      const rows = Array.from({ length: DOCUMENTS }, (_, row) =>
        data.subarray(row * DIMENSION, (row + 1) * DIMENSION),
      );
      return Float32Array.from(rows.reverse().flatMap((row) => [...row]));
    };
    const other = compareOutputs({
      documents: DOCUMENTS,
      dimension: DIMENSION,
      labels: LABELS,
      reference: outputsOf(turned(numbers)),
      candidate: outputsOf(turned(candidate.embeddings)),
    });
    expect(other.flips).toEqual(expect.objectContaining({ flipped: comparison.flips?.flipped }));
    expect(other.cosine.mean).toBeCloseTo(comparison.cosine.mean ?? 0, 12);
    expect(other.microF1).toBeNull();
  });
});

describe('collapse is', () => {
  it('a single NaN', () => {
    const one = compare(changed((value, at) => (at === 77 ? Number.NaN : value)));
    expect(one.nonFinite.nan).toBeGreaterThan(0);
    expect(one.nonFinite.documents).toBe(1);
    expect(one.cosine.farthest.map(({ row }) => row)).not.toContain(Math.floor(77 / DIMENSION));
    expect(verdict(one)).toBe('collapsed');
  });

  it('every number NaN', () => {
    const none = compare(changed(() => Number.NaN));
    expect(none.cosine).toEqual({ worst: null, mean: null, distances: null, farthest: [] });
    expect(none.flips?.maxLogit).toBeNull();
    expect(verdict(none)).toBe('collapsed');
  });

  it('a loss of micro-F1 whose interval excludes zero, whatever the precision', () => {
    const upsideDown = compare(changed((value) => -value));
    expect(upsideDown.microF1?.difference.high).toBeLessThan(0);
    expect(verdict(upsideDown, 'precision')).toBe('collapsed');
  });

  it('no loss that may be chance', () => {
    // One decision of one document.
    const one = compare(changed((value, at) => (at === 0 ? -value : value)));
    expect(one.microF1?.difference.high).toBeGreaterThanOrEqual(0);
    expect(verdict(one)).not.toBe('collapsed');
  });

  it('no infinite number: that is too far apart, and said', () => {
    const infinite = compare(
      changed((value, at) => (at === DIMENSION - 1 ? Infinity : value)),
      { labels: 0 },
    );
    expect(infinite.nonFinite).toEqual({ nan: 0, infinite: 1, documents: 1 });
    expect(verdict(infinite)).toBe('differs');
  });
});

describe('dead outputs', () => {
  it('of zeros do not pass, not even a few of them', () => {
    const dead = compare(
      changed((value, at) => (at < DIMENSION ? 0 : value)),
      { labels: 0 },
    );
    expect(dead.cosine.worst).toBe(0);
    expect(verdict(dead)).toBe('differs');
  });
});

describe('without a classifier', () => {
  it('embeddings decide', () => {
    const bare = compare(reference, { labels: 0 });
    expect(bare).toMatchObject({ flips: null, microF1: null });
    expect(verdict(bare)).toBe('passed');
    expect(
      criteriaOf(bare, 'execution')
        .filter(({ met }) => met === null)
        .map(({ name }) => name),
    ).toEqual(['micro-f1', 'flips']);
  });
});

describe('limits', () => {
  it('are stricter for the same weights than for another precision', () => {
    expect(LIMITS.execution.worstCosine).toBeGreaterThan(LIMITS.precision.worstCosine);
    expect(LIMITS.execution.flips).toBeLessThan(LIMITS.precision.flips);
  });

  it.each([
    ['worst-cosine', 0.999, true],
    ['worst-cosine', 0.9989, false],
  ] as const)('%s of %s is met: %s', (name, worst, met) => {
    const base = compare(reference);
    const criteria = criteriaOf({ ...base, cosine: { ...base.cosine, worst } }, 'execution');
    expect(criteria.find((one) => one.name === name)?.met).toBe(met);
  });
});

describe('words', () => {
  const judged = (candidate: ModelOutputs, kind: CandidateKind = 'execution') => {
    const comparison = compare(candidate);
    const criteria = criteriaOf(comparison, kind);
    const names = { candidate: 'WebGPU', reference: 'the CPU' };
    return numericsConclusion({ comparison, criteria, kind, verdict: verdictOf(criteria), ...names });
  };

  it('say that nothing changed', () => {
    expect(judged(reference)).toBe(
      `WebGPU passed, held against the CPU on 60 documents. Embeddings keep a cosine of 1 on average and 1 at worst. None of ${compare(reference).flips?.assignments} assignments of labels changes; no logit moves by more than 0.0. Micro-F1 is 0.941, that of the reference 0.941 (0.0 points, 0.0 to 0.0).`,
    );
  });

  it('say what collapsed, and never that it passed', () => {
    const text = judged(changed((value, at) => (at === 77 ? Number.NaN : value)));
    expect(text).toMatch(/^WebGPU collapsed, held against the CPU/);
    expect(text).toContain('(NaN), in 1 document.');
    expect(text).not.toContain('passed');
  });

  it.each([
    [1, '1'],
    [0.991234, '0.9912'],
    [0.9999994, '0.99999940'],
    [0.999991, '0.9999910'],
    [null, '–'],
    [-0.5, '-0.5000'],
  ])('a cosine of %s is %s', (cosine, text) => {
    expect(cosineText(cosine)).toBe(text);
  });
});
