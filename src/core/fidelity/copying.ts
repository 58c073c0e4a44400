/** How much synthetic documents took over from real ones, beside what real ones have in common (METHODS 3). */
import { bootstrapInterval, quantile, type Interval } from '../metrics/bootstrap.ts';
import type { RowWeights } from '../metrics/row-weights.ts';
import { SHORTEST_RUN, type Facts, type FidelitySet } from './facts.ts';
import { FEWEST_NEAREST, LEVEL } from './limits.ts';
import type { Copying, Measured } from './scores.ts';
import type { Side } from './side.ts';

export function copyingScore(
  { real: all, facts }: { readonly real: FidelitySet; readonly facts: Facts },
  real: Side,
  synthetic: Side,
  seed: number,
): Measured<Copying> {
  if (real.rows.length === 0) return { kind: 'too-few', reason: 'There are no real documents.' };
  if (synthetic.rows.length === 0) return { kind: 'too-few', reason: 'There are no synthetic documents.' };
  const ours = real.rows.flatMap((row) => facts.real[row] ?? []);
  const theirs = synthetic.rows.flatMap((row) => facts.synthetic[row] ?? []);
  const documents = theirs.flatMap(({ run }, at) => {
    const id = synthetic.documents[at]?.id;
    const from = run && all.documents[run.source]?.id;
    return run && id !== undefined && from !== undefined ? [{ id, from, words: run.words }] : [];
  });
  const realDistances = ours.flatMap(({ nearest }) => nearest ?? []);
  const distances = theirs.flatMap(({ nearest }) => nearest?.distance ?? []);
  const parents = theirs.flatMap(({ parentOverlap }) => parentOverlap ?? []);
  const yardstick =
    realDistances.length >= FEWEST_NEAREST
      ? quantile(Float64Array.from(realDistances).sort(), 1 - LEVEL)
      : undefined;
  return {
    kind: 'measured',
    documents: documents.sort((a, b) => b.words - a.words),
    words: SHORTEST_RUN,
    overlap: meanInterval(
      theirs.map(({ overlap }) => overlap),
      seed,
    ),
    parentOverlap: parents.length > 0 ? meanInterval(parents, seed) : null,
    realOverlap:
      ours.length > 1
        ? meanInterval(
            ours.map(({ overlap }) => overlap),
            seed,
          )
        : null,
    nearest: medianInterval(distances, seed),
    realNearest: realDistances.length > 0 ? medianInterval(realDistances, seed) : null,
    closerThanReal:
      yardstick === undefined
        ? null
        : distances.filter((distance) => distance < yardstick).length / distances.length,
  };
}

const meanInterval = (values: readonly number[], seed: number): Interval =>
  bootstrapInterval(values.length, (weights) => weightedMean(values, weights), { seed });

function weightedMean(values: readonly number[], weights: RowWeights): number {
  let [total, count] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    total += (weights[row] ?? 0) * (values[row] ?? 0);
    count += weights[row] ?? 0;
  }
  return total / count;
}

/** The middle value of each resample; of two middle ones the mean. */
function medianInterval(values: readonly number[], seed: number): Interval {
  const order = values.map((_, row) => row).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const nth = (weights: RowWeights, rank: number): number => {
    let sofar = 0;
    for (const row of order) {
      sofar += weights[row] ?? 0;
      if (sofar > rank) return values[row] ?? 0;
    }
    return Number.NaN;
  };
  const n = values.length;
  return bootstrapInterval(
    n,
    (weights) => (nth(weights, Math.floor((n - 1) / 2)) + nth(weights, Math.floor(n / 2))) / 2,
    { seed },
  );
}
