/**
 * How many real documents: subsamples of the training pool by iterative stratification (Sechidis et al. 2011), groups
 * whole, every label at least once where that is possible. A smaller regime is drawn from the next larger one of the
 * same seed, so what differs between two regimes is documents that were added.
 */
import type { Random } from '../random.ts';
import type { StudyPlan } from './plan.ts';

export interface Regime {
  /** As the plan states it. */
  readonly name: string;
  /** Documents wanted. */
  readonly size: number;
}

export interface Pool {
  /** Positions of the documents that may be drawn. */
  readonly rows: Int32Array;
  /** Group and label positions of every document of the study, by position. */
  readonly groups: readonly string[];
  readonly labels: readonly (readonly number[])[];
}

/** Regimes of a plan, in its order; one that asks for more documents than there are gets what there is. */
export function regimesOf({ regimes }: StudyPlan, available: number): readonly Regime[] {
  return regimes.map((regime) => ({
    name: String(regime),
    size: Math.max(
      1,
      Math.min(
        available,
        typeof regime === 'number' ? regime : Math.round((Number.parseFloat(regime) / 100) * available),
      ),
    ),
  }));
}

/** The documents of each regime, ascending, in the regimes' order. */
export function drawRegimes(pool: Pool, regimes: readonly Regime[], random: Random): readonly Int32Array[] {
  const drawn = new Map<number, Int32Array>();
  let from = pool.rows;
  for (const size of [...new Set(regimes.map((regime) => regime.size))].sort((a, b) => b - a)) {
    if (size < from.length) from = stratifiedSubset({ ...pool, rows: from }, size, random);
    drawn.set(size, from);
  }
  return regimes.map(({ size }) => drawn.get(size) ?? pool.rows);
}

/** About `size` documents, never more: groups are taken whole or not at all. */
export function stratifiedSubset(pool: Pool, size: number, random: Random): Int32Array {
  const members = new Map<string, number[]>();
  for (const row of pool.rows) {
    const group = pool.groups[row] ?? '';
    const list = members.get(group);
    if (list) list.push(row);
    else members.set(group, [row]);
  }
  const share = size / pool.rows.length;
  const waiting = new Map<number, Set<string>>();
  const total = new Map<number, number>();
  const keys = random.shuffle([...members.keys()]);
  for (const key of keys) {
    for (const row of members.get(key) ?? []) {
      for (const label of pool.labels[row] ?? []) {
        const groups = waiting.get(label) ?? new Set();
        waiting.set(label, groups.add(key));
        total.set(label, (total.get(label) ?? 0) + 1);
      }
    }
  }
  const wanted = new Map([...total].map(([label, count]) => [label, Math.max(1, count * share)]));
  const taken: number[] = [];
  const decided = new Set<string>();
  const take = (key: string): boolean => {
    const rows = members.get(key) ?? [];
    decided.add(key);
    if (taken.length + rows.length > size) return false;
    taken.push(...rows);
    for (const row of rows) {
      for (const label of pool.labels[row] ?? []) wanted.set(label, (wanted.get(label) ?? 0) - 1);
    }
    return true;
  };
  // The rarest label first: later there is nothing left to balance it with.
  for (const label of [...total.keys()].sort((a, b) => (total.get(a) ?? 0) - (total.get(b) ?? 0) || a - b)) {
    for (const key of waiting.get(label) ?? []) {
      if (decided.has(key)) continue;
      if ((wanted.get(label) ?? 0) < 0.5) break;
      take(key);
    }
  }
  for (const key of keys) if (!decided.has(key) && taken.length < size) take(key);
  return Int32Array.from(taken).sort();
}
