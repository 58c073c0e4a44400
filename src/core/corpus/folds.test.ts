import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { stratifiedGroupFolds, type FoldInput } from './folds.ts';

const FOLDS = 5;

/** Families of one to four documents that mostly share their labels; some labels are much rarer than others. */
function randomInput(random: Random, documents: number, labelCount: number): FoldInput {
  const groups: string[] = [];
  const labels: number[][] = [];
  for (let family = 0; groups.length < documents; family++) {
    const shared = Array.from({ length: labelCount }, (_, label) => label).filter(
      (label) => random.uniform() < 0.6 / (1 + label),
    );
    for (let size = 1 + random.integer(4); size > 0 && groups.length < documents; size--) {
      groups.push(`family ${family}`);
      labels.push(random.integer(4) === 0 ? shared.slice(1) : shared);
    }
  }
  return { groups, labels, labelCount };
}

/** How far every label is from being spread evenly over the folds, in documents. */
function imbalance({ labels, labelCount }: FoldInput, folds: ArrayLike<number>): number {
  const counts = Array.from({ length: labelCount }, () => new Float64Array(FOLDS));
  labels.forEach((list, document) => {
    for (const label of list) {
      const count = counts[label];
      const fold = folds[document] ?? 0;
      if (count) count[fold] = (count[fold] ?? 0) + 1;
    }
  });
  return counts.reduce((total, count) => {
    const even = count.reduce((sum, one) => sum + one, 0) / FOLDS;
    return total + count.reduce((sum, one) => sum + Math.abs(one - even), 0);
  }, 0);
}

/** Whole groups to folds by lot. */
function randomFolds({ groups }: FoldInput, random: Random): Int32Array {
  const foldOf = new Map<string, number>();
  return Int32Array.from(groups, (group) => {
    const fold = foldOf.get(group) ?? random.integer(FOLDS);
    foldOf.set(group, fold);
    return fold;
  });
}

const sizes = (folds: ArrayLike<number>, count = FOLDS): number[] =>
  Array.from({ length: count }, (_, fold) => Array.from(folds).filter((one) => one === fold).length);

const singletons = (labels: readonly (readonly number[])[], labelCount: number): FoldInput => ({
  groups: labels.map((_, document) => `d${document}`),
  labels,
  labelCount,
});

describe('stratified folds of groups', () => {
  it('place every document, and keep every group together', () => {
    const random = new Random(1);
    for (let trial = 0; trial < 60; trial++) {
      const input = randomInput(random, 1 + random.integer(120), 1 + random.integer(8));
      const count = 2 + random.integer(6);
      const folds = stratifiedGroupFolds(input, count, random);
      expect(folds).toHaveLength(input.groups.length);
      const foldOf = new Map<string, number>();
      input.groups.forEach((group, document) => {
        const fold = folds[document] ?? -1;
        expect(fold).toBeGreaterThanOrEqual(0);
        expect(fold).toBeLessThan(count);
        expect(foldOf.get(group) ?? fold, `${group} is split`).toBe(fold);
        foldOf.set(group, fold);
      });
    }
  });

  it('spread the labels far more evenly than chance does', () => {
    const random = new Random(2);
    let [stratified, byLot] = [0, 0];
    for (let trial = 0; trial < 40; trial++) {
      const input = randomInput(random, 40 + random.integer(100), 6);
      stratified += imbalance(input, stratifiedGroupFolds(input, FOLDS, random));
      byLot += imbalance(input, randomFolds(input, random));
    }
    expect(stratified).toBeLessThan(0.5 * byLot);
  });

  it('are of nearly the same size', () => {
    const random = new Random(3);
    for (let trial = 0; trial < 20; trial++) {
      const input = randomInput(random, 100, 5);
      const counts = sizes(stratifiedGroupFolds(input, FOLDS, random));
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(10);
    }
    for (const documents of [5, 6, 23]) {
      const unlabelled = singletons(new Array<number[]>(documents).fill([]), 3);
      const counts = sizes(stratifiedGroupFolds(unlabelled, FOLDS, random));
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });

  it('give each fold one of the few documents of a rare label', () => {
    const random = new Random(4);
    for (let trial = 0; trial < 20; trial++) {
      const labels = Array.from({ length: 100 }, (_, document) => (document < FOLDS ? [0, 1] : [1]));
      const folds = stratifiedGroupFolds(singletons(labels, 2), FOLDS, random);
      expect([...folds.subarray(0, FOLDS)].sort()).toEqual([0, 1, 2, 3, 4]);
    }
  });

  it('are the same for the same seed, and others for another', () => {
    const input = randomInput(new Random(5), 80, 4);
    const folds = (seed: number): Int32Array => stratifiedGroupFolds(input, FOLDS, new Random(seed));
    expect(folds(1)).toEqual(folds(1));
    expect(folds(1)).not.toEqual(folds(2));
  });

  it.each([
    { what: 'fewer groups than folds', groups: ['a', 'a', 'b', 'c'], used: 3 },
    { what: 'one group', groups: ['a', 'a', 'a'], used: 1 },
    { what: 'no documents', groups: [], used: 0 },
  ])('leave folds empty for $what', ({ groups, used }) => {
    const input = { groups, labels: groups.map(() => [0]), labelCount: 2 };
    const folds = stratifiedGroupFolds(input, FOLDS, new Random(1));
    expect(folds).toHaveLength(groups.length);
    expect(sizes(folds).filter((size) => size > 0)).toHaveLength(used);
  });

  it('do without labels that no document has, and without labels at all', () => {
    const input = singletons([[], [0], [], [0], [], []], 3);
    expect(sizes(stratifiedGroupFolds(input, 2, new Random(1)), 2)).toEqual([3, 3]);
    const bare = singletons([[], [], [], []], 0);
    expect(sizes(stratifiedGroupFolds(bare, 2, new Random(1)), 2)).toEqual([2, 2]);
  });
});
