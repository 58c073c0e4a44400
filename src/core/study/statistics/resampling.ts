/**
 * The paired bootstrap of a study: how often each resample counts each test document. All arms, schedules and threshold
 * policies are resampled alike, so a difference keeps only what differs. Documents are drawn by groups; seeds are not drawn
 * (see `estimates.ts`).
 */
import { RowResampler } from '../../metrics/bootstrap.ts';
import { Random } from '../../random.ts';

/** Resamples of the figures that take a ranking or counts a label; micro-F1 gets as many as the plan says. [ours] */
export const FEW_RESAMPLES = 400;

export interface Resampling {
  readonly resamples: number;
  readonly rows: number;
  /** How often each document counts, row-major `[resamples, rows]`. */
  readonly documents: Float32Array;
  /** Documents of each resample, copies counted: groups differ in size. */
  readonly sizes: Float64Array;
}

export function drawResampling(groups: readonly string[], resamples: number, seed: number): Resampling {
  const rows = groups.length;
  const random = new Random(seed);
  const resampler = new RowResampler(rows, groups);
  const documents = new Float32Array(resamples * rows);
  const sizes = new Float64Array(resamples);
  const weights = new Uint32Array(rows);
  for (let resample = 0; resample < resamples; resample++) {
    resampler.draw(random, weights);
    documents.set(weights, resample * rows);
    sizes[resample] = weights.reduce((total, weight) => total + weight, 0);
  }
  return { resamples, rows, documents, sizes };
}

/** The first resamples of it. */
export function firstResamples(resampling: Resampling, resamples: number): Resampling {
  const count = Math.min(resamples, resampling.resamples);
  return {
    ...resampling,
    resamples: count,
    documents: resampling.documents.subarray(0, count * resampling.rows),
    sizes: resampling.sizes.subarray(0, count),
  };
}
