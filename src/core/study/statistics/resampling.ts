/**
 * The paired bootstrap of a study: which test documents and which seeds each resample counts, and how often. All arms,
 * schedules and threshold policies are resampled alike, so a difference keeps only what differs.
 *
 * Documents are drawn by groups. Of K seeds, K − 1 are drawn: K draws would make the mean over a handful of seeds look
 * steadier than it is, by the factor (K − 1)/K in variance (Rao & Wu 1988).
 */
import { RowResampler } from '../../metrics/bootstrap.ts';
import { Random } from '../../random.ts';

/** Resamples of the figures that take a ranking or counts a label; micro-F1 gets as many as the plan says. [ours] */
export const FEW_RESAMPLES = 400;

export interface Resampling {
  readonly resamples: number;
  readonly rows: number;
  readonly seeds: number;
  /** How often each document counts, row-major `[resamples, rows]`. */
  readonly documents: Float32Array;
  /** Documents of each resample, copies counted: groups differ in size. */
  readonly sizes: Float64Array;
  /** Share of each seed, row-major `[resamples, seeds]`; the shares of a resample add up to 1. */
  readonly shares: Float64Array;
}

export function drawResampling(
  groups: readonly string[],
  seeds: number,
  resamples: number,
  seed: number,
): Resampling {
  const rows = groups.length;
  const random = new Random(seed);
  const resampler = new RowResampler(rows, groups);
  const documents = new Float32Array(resamples * rows);
  const sizes = new Float64Array(resamples);
  const shares = new Float64Array(resamples * seeds);
  const weights = new Uint32Array(rows);
  const draws = Math.max(1, seeds - 1);
  for (let resample = 0; resample < resamples; resample++) {
    resampler.draw(random, weights);
    documents.set(weights, resample * rows);
    sizes[resample] = weights.reduce((total, weight) => total + weight, 0);
    for (let draw = 0; draw < draws; draw++) {
      const at = resample * seeds + random.integer(seeds);
      shares[at] = (shares[at] ?? 0) + 1 / draws;
    }
  }
  return { resamples, rows, seeds, documents, sizes, shares };
}

/** The first resamples of it. */
export function firstResamples(resampling: Resampling, resamples: number): Resampling {
  const count = Math.min(resamples, resampling.resamples);
  return {
    ...resampling,
    resamples: count,
    documents: resampling.documents.subarray(0, count * resampling.rows),
    sizes: resampling.sizes.subarray(0, count),
    shares: resampling.shares.subarray(0, count * resampling.seeds),
  };
}
