import { describe, expect, it } from 'vitest';
import type { EvidencePassage, LabelPrediction } from '../../src/protocol/engine.ts';
import { prediction } from '../dev/fixtures/prediction.ts';
import { evidenceFor, type EvidenceSum } from './evidence.ts';

const passages = (count: number): readonly EvidencePassage[] =>
  Array.from({ length: count }, (_, index) => ({
    section: 'claims',
    claim: index + 1,
    text: `text ${index}`,
  }));

function label(contributions: readonly number[], baseline: number, logit: number): LabelPrediction {
  return {
    id: 'a',
    name: 'A',
    probability: 0.5,
    threshold: 0.5,
    status: 'assigned',
    basis: 'trained',
    logit,
    baseline,
    contributions,
  };
}

/** Everything on the screen, in hundredths. */
function total(sum: EvidenceSum): number {
  const listed = [...sum.supporting, ...sum.opposing].map((entry) => entry.shown);
  const parts = [...listed, sum.rest.shown, sum.baseline, sum.unaccounted];
  return Math.round(parts.reduce((a, b) => a + b, 0) * 100) + 0;
}

describe('evidenceFor', () => {
  it('shows the five strongest for and the two strongest against, strongest first', () => {
    const values = [0.1, 0.9, -0.2, 0.5, 0.4, 0.3, 0.2, -0.7, -0.1];
    const sum = evidenceFor(label(values, -0.4, 1.0), passages(9));
    expect(sum?.supporting.map((entry) => entry.value)).toEqual([0.9, 0.5, 0.4, 0.3, 0.2]);
    expect(sum?.opposing.map((entry) => entry.value)).toEqual([-0.7, -0.2]);
    expect(sum?.rest.passages).toBe(2);
    expect(sum?.scale).toBe(0.9);
    expect(sum?.supporting[0]?.passage.claim).toBe(2);
  });

  it('adds up to the logit as it is shown, for every label of a whole prediction', () => {
    const { labels, evidence } = prediction();
    for (const entry of labels) {
      const sum = evidenceFor(entry, evidence?.passages);
      expect(sum).toBeDefined();
      if (!sum) continue;
      expect(total(sum)).toBe(Math.round(sum.logit * 100) + 0);
      expect(Math.abs(sum.logit - entry.logit)).toBeLessThan(0.00501);
      expect(sum.unaccounted).toBe(0);
    }
  });

  it('says what the parts leave open instead of hiding it in the rest', () => {
    const sum = evidenceFor(label([1, 0.5], -0.5, 1.5), passages(2));
    expect(sum?.unaccounted).toBe(0.5);
    expect(sum?.rest.shown).toBe(0);
    expect(sum && total(sum)).toBe(150);
  });

  it('leaves out contributions that would read as zero', () => {
    const sum = evidenceFor(label([0.004, -0.003, 1], 0, 1.001), passages(3));
    expect(sum?.supporting).toHaveLength(1);
    expect(sum?.opposing).toHaveLength(0);
    expect(sum?.rest.passages).toBe(2);
  });

  it('has nothing to say without evidence, or with evidence of another text', () => {
    expect(evidenceFor(label([1], 0, 1), undefined)).toBeUndefined();
    expect(evidenceFor(label([1], 0, 1), passages(2))).toBeUndefined();
    expect(evidenceFor({ ...label([], 0, 0), contributions: undefined }, passages(0))).toBeUndefined();
  });
});
