/** How much synthetic documents took over from real ones, beside what real ones have in common (METHODS 3). */
import { bootstrapSteps, quantile, type Interval } from '../metrics/bootstrap.ts';
import type { RowStatistic, RowWeights } from '../metrics/row-weights.ts';
import { SHORTEST_RUN, type Facts, type FidelitySet } from './facts.ts';
import { FEWEST_NEAREST, LEVEL } from './limits.ts';
import { finish, type Pause } from './pace.ts';
import type { Copying, Measured } from './scores.ts';
import type { Side } from './side.ts';

export async function copyingScore(
  { real: all, facts }: { readonly real: FidelitySet; readonly facts: Facts },
  real: Side,
  synthetic: Side,
  seed: number,
  pause: Pause,
): Promise<Measured<Copying>> {
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
    overlap: await meanInterval(
      theirs.map(({ overlap }) => overlap),
      seed,
      pause,
    ),
    parentOverlap: parents.length > 0 ? await meanInterval(parents, seed, pause) : null,
    realOverlap:
      ours.length > 1
        ? await meanInterval(
            ours.map(({ overlap }) => overlap),
            seed,
            pause,
          )
        : null,
    nearest: await medianInterval(distances, seed, pause),
    realNearest: realDistances.length > 0 ? await medianInterval(realDistances, seed, pause) : null,
    closerThanReal:
      yardstick === undefined
        ? null
        : distances.filter((distance) => distance < yardstick).length / distances.length,
  };
}

const meanInterval = (values: readonly number[], seed: number, pause: Pause): Promise<Interval> =>
  interval(values.length, (weights) => weightedMean(values, weights), seed, pause);

async function interval(rows: number, figure: RowStatistic, seed: number, pause: Pause): Promise<Interval> {
  const steps = bootstrapSteps(rows, (weights) => ({ figure: figure(weights) }), { seed });
  return (await finish(steps, pause)).figure;
}

function weightedMean(values: readonly number[], weights: RowWeights): number {
  let [total, count] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    total += (weights[row] ?? 0) * (values[row] ?? 0);
    count += weights[row] ?? 0;
  }
  return total / count;
}

/** The middle value of each resample; of two middle ones the mean. */
function medianInterval(values: readonly number[], seed: number, pause: Pause): Promise<Interval> {
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
  // Resamples have as many documents as there are, so that the ranks of the middle ones are the same in each.
  return interval(
    n,
    (weights) => (nth(weights, Math.floor((n - 1) / 2)) + nth(weights, Math.floor(n / 2))) / 2,
    seed,
    pause,
  );
}
