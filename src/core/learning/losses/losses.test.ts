/** Every loss and its gradient: against stored PyTorch values, and the gradient against moving one logit at a time. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { multiply, sum } from '../../graph/build.ts';
import { gradients } from '../../graph/differentiate.ts';
import { input } from '../../graph/tensor.ts';
import { evaluateOne, GRADIENT_TOLERANCE, numericGradient } from '../../graph/testing/finite-differences.ts';
import { LOSSES } from './all.ts';
import { LOSS_IDS, lossRowInputs, lossRowName, meanLoss, type LossId } from './loss.ts';

interface Reference {
  readonly documents: number;
  readonly labels: number;
  readonly logits: readonly number[];
  readonly targets: readonly number[];
  readonly losses: Readonly<
    Record<LossId, { readonly cells: readonly number[]; readonly gradient: readonly number[] }>
  >;
}

const reference = JSON.parse(
  readFileSync(new URL('./testing/reference.json', import.meta.url), 'utf8'),
) as Reference;
const { documents, labels } = reference;
const shape = [documents, labels];
const positives = Float32Array.from({ length: labels }, (_, label) =>
  reference.targets.reduce((total, cell, at) => total + (at % labels === label ? cell : 0), 0),
);

function setUp(id: LossId) {
  const loss = LOSSES[id];
  const logits = input('logits', shape);
  const targets = input('targets', shape);
  const cells = loss.cells({ logits, targets, rows: lossRowInputs(loss, labels) });
  const feeds = {
    logits: Float32Array.from(reference.logits),
    targets: Float32Array.from(reference.targets),
    ...Object.fromEntries(loss.rows({ positives, documents }).map((row, at) => [lossRowName(at), row])),
  };
  return { logits, cells, feeds };
}

const furthest = (actual: ArrayLike<number>, wanted: ArrayLike<number>): number =>
  Array.from(actual).reduce((most, value, at) => Math.max(most, Math.abs(value - (wanted[at] ?? NaN))), 0);

describe.each(LOSS_IDS)('%s', (id) => {
  it('costs and slopes as PyTorch computes them', () => {
    const { logits, cells, feeds } = setUp(id);
    const [slope = logits] = gradients(sum(cells), [logits]);
    expect(furthest(evaluateOne(cells, feeds), reference.losses[id].cells)).toBeLessThan(2e-6);
    expect(furthest(evaluateOne(slope, feeds), reference.losses[id].gradient)).toBeLessThan(2e-6);
  });

  it('has the gradient that moving single logits shows, with weighted documents', () => {
    const { logits, cells, feeds } = setUp(id);
    const weights = input('weights', [documents, 1]);
    const loss = multiply(meanLoss(cells, weights), meanLoss(cells, weights));
    const [slope = logits] = gradients(loss, [logits]);
    const weighted = { ...feeds, weights: Float32Array.from({ length: documents }, (_, n) => n / 4) };
    const numeric = numericGradient(loss, weighted, 'logits');
    expect(furthest(evaluateOne(slope, weighted), numeric)).toBeLessThan(GRADIENT_TOLERANCE);
    expect(Math.max(...numeric.map(Math.abs))).toBeGreaterThan(1e-4);
  });

  it('stays finite for labels that no document or every document has, and for documents without labels', () => {
    const loss = LOSSES[id];
    for (const count of [0, documents]) {
      for (const row of loss.rows({ positives: new Float32Array(labels).fill(count), documents })) {
        expect([...row].every(Number.isFinite)).toBe(true);
      }
    }
  });
});
