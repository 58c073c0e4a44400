/**
 * Cross-validation folds that never separate a group (a family or documents of shared text), balanced over labels:
 * groups are dealt one by one, those with the rarest labels first, to the fold that wants their labels most
 * (iterative stratification, Sechidis et al. 2011, over groups instead of documents).
 */
import type { Random } from '../random.ts';

export interface FoldInput {
  /** Group key of each document. */
  readonly groups: readonly string[];
  /** Label positions of each document. */
  readonly labels: readonly (readonly number[])[];
  readonly labelCount: number;
}

/** Fold number in [0, folds) of each document. With fewer groups than folds, some folds stay empty. */
export function stratifiedGroupFolds(input: FoldInput, folds: number, random: Random): Int32Array {
  const members = groupMembers(input.groups);
  const keys = random.shuffle([...members.keys()]);
  const counts = new Map(keys.map((key) => [key, labelCounts(members.get(key) ?? [], input.labels)]));

  const totals = new Float64Array(input.labelCount);
  for (const group of counts.values())
    for (const [label, count] of group) totals[label] = (totals[label] ?? 0) + count;
  const wanted = Array.from({ length: folds }, () => Float64Array.from(totals, (total) => total / folds));
  const room = new Float64Array(folds).fill(input.groups.length / folds);

  const rarity = (key: string): number =>
    Math.min(Infinity, ...[...(counts.get(key)?.keys() ?? [])].map((label) => totals[label] ?? 0));
  const order = keys.map((key) => ({ key, rarity: rarity(key) })).sort((a, b) => a.rarity - b.rarity);

  const result = new Int32Array(input.groups.length);
  for (const { key } of order) {
    const group = counts.get(key) ?? new Map<number, number>();
    let best = 0;
    let bestNeed = -Infinity;
    for (let fold = 0; fold < folds; fold++) {
      // A label counts by the share of it that the fold still lacks; the fold's free room breaks ties.
      let need = 0;
      for (const label of group.keys()) need += (wanted[fold]?.[label] ?? 0) / (totals[label] ?? 1);
      need += 1e-3 * (room[fold] ?? 0);
      if (need > bestNeed) [best, bestNeed] = [fold, need];
    }
    for (const [label, count] of group) {
      const fold = wanted[best];
      if (fold) fold[label] = (fold[label] ?? 0) - count;
    }
    const documents = members.get(key) ?? [];
    room[best] = (room[best] ?? 0) - documents.length;
    for (const document of documents) result[document] = best;
  }
  return result;
}

function groupMembers(groups: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const members = new Map<string, number[]>();
  groups.forEach((group, document) => {
    const list = members.get(group);
    if (list) list.push(document);
    else members.set(group, [document]);
  });
  return members;
}

function labelCounts(
  documents: readonly number[],
  labels: readonly (readonly number[])[],
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const document of documents) {
    for (const label of labels[document] ?? []) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}
