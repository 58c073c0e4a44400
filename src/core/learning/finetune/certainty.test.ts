import { describe, expect, it } from 'vitest';
import { Random } from '../../random.ts';
import { certaintyOf, type HeldOutLogits } from './certainty.ts';

const LABELS = 4;

/** Logits that tell the labels apart by so much, among noise of size 1. */
function logits(documents: number, signal: number, noise: number): HeldOutLogits {
  const [truth, ours, theirs] = [new Random(1), new Random(noise), new Random(noise + 1000)];
  const targets = Uint8Array.from({ length: documents * LABELS }, () => (truth.uniform() < 0.3 ? 1 : 0));
  const by = (random: Random, strength: number): Float64Array =>
    Float64Array.from(targets, (target) => strength * target + 2 * (random.uniform() - 0.5));
  return {
    trained: by(ours, 0.5 + signal),
    start: by(theirs, 0.5),
    targets,
    labels: LABELS,
    groups: Array.from({ length: documents }, (_, i) => `g${i >> 1}`),
  };
}

describe('certainty', () => {
  it('is a half where nothing changed, and near one where much did', () => {
    const same = logits(40, 0, 5);
    expect(certaintyOf({ ...same, trained: same.start }, 1)).toBe(0.5);
    expect(certaintyOf(logits(200, 0.5, 5), 1)).toBeGreaterThan(0.98);
    const { trained, start, ...rest } = logits(200, 0.5, 5);
    expect(certaintyOf({ ...rest, trained: start, start: trained }, 1)).toBeLessThan(0.02);
  });

  it('of chance alone is seldom high, also with few documents', () => {
    const high = Array.from({ length: 100 }, (_, noise) => certaintyOf(logits(30, 0, noise), 1)).filter(
      (share) => share >= 0.9,
    );
    // One in ten is expected.
    expect(high.length).toBeGreaterThan(1);
    expect(high.length).toBeLessThan(22);
  });

  it('is the same again with the same seed', () => {
    expect(certaintyOf(logits(30, 0.1, 2), 7)).toBe(certaintyOf(logits(30, 0.1, 2), 7));
  });
});
