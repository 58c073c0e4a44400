/**
 * Percentile bootstrap intervals: how much would a figure move had other documents been in the test set?
 *
 * Documents, never cells, are drawn with replacement (Efron 1979); with groups, whole groups are, because members of
 * one patent family are near-copies and treating them as independent makes intervals too narrow. A statistic sees a
 * resample as a weight per document, so figures of several classifiers computed in one statistic are paired.
 */
import { Random } from '../random.ts';
import { runSteps } from './steps.ts';
import { countEachOnce, type RowStatistic, type RowStatistics, type RowWeights } from './row-weights.ts';

/** Default of this tool: an end of a 95 % interval then moves by about 2 % of its width from seed to seed. */
export const RESAMPLES = 1000;
/** Default of this tool: the customary 95 %. */
export const LEVEL = 0.95;
/** Default of this tool; any seed would do, but the same one must be used again to repeat an interval. */
export const SEED = 0;

/** A figure on all documents and the percentile interval around it. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** How many resamples; at least 1. Default {@link RESAMPLES}. */
  readonly resamples?: number;
  /** A safe integer; the same seed gives the same interval. Default {@link SEED}. */
  readonly seed?: number;
  /** The share of resamples inside the interval, in (0, 1). Default {@link LEVEL}. */
  readonly level?: number;
  /**
   * Statistics, by name, whose interval is moved so that its middle is the value: those that resampling biases. In a
   * resample a document that stands there twice is found twice, and a label on few documents then scores otherwise
   * than it does. [ours]
   */
  readonly recentred?: ReadonlySet<string>;
  /** One group per document, such as its patent family: groups are resampled whole. Default: each its own. */
  readonly groups?: readonly (string | number)[];
}

/**
 * The interval of one statistic over `rows` documents. See {@link bootstrapIntervals}.
 * @throws RangeError as {@link bootstrapIntervals}.
 */
export function bootstrapInterval(
  rows: number,
  statistic: RowStatistic,
  options: BootstrapOptions = {},
): Interval {
  return bootstrapIntervals(rows, (weights) => ({ statistic: statistic(weights) }), options).statistic;
}

/**
 * Intervals of several statistics over the same resamples. The ends are quantiles of the resampled values, linearly
 * interpolated as numpy's default. The value is the statistic on all documents; a statistic that resampling biases can
 * lie near an end of its interval or outside it, unless it is `recentred`.
 * @throws RangeError when there is no document, the groups do not match the documents, or an option is out of range.
 */
export function bootstrapIntervals<Name extends string>(
  rows: number,
  statistics: RowStatistics<Name>,
  options: BootstrapOptions = {},
): Record<Name, Interval> {
  return runSteps(bootstrapSteps(rows, statistics, options));
}

const NONE: ReadonlySet<string> = new Set();

/** Resamples that were drawn so far, and how many there will be. */
export interface BootstrapStep {
  readonly done: number;
  readonly total: number;
}

/** {@link bootstrapIntervals}, yielding after each resample so that a caller can show progress or stop. */
export function* bootstrapSteps<Name extends string>(
  rows: number,
  statistics: RowStatistics<Name>,
  options: BootstrapOptions = {},
): Generator<BootstrapStep, Record<Name, Interval>> {
  const { resamples = RESAMPLES, seed = SEED, level = LEVEL, groups, recentred = NONE } = options;
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new RangeError(`at least one resample is needed, not ${resamples}`);
  }
  if (!(level > 0 && level < 1)) throw new RangeError(`the level must be between 0 and 1, not ${level}`);

  const random = new Random(seed);
  const resampler = new RowResampler(rows, groups);
  const whole = statistics(countEachOnce(rows));
  const names = Object.keys(whole) as Name[];
  const drawn = names.map(() => new Float64Array(resamples));
  const weights = new Uint32Array(rows);
  for (let resample = 0; resample < resamples; resample++) {
    resampler.draw(random, weights);
    const values = statistics(weights);
    names.forEach((name, at) => drawn[at]?.fill(values[name], resample, resample + 1));
    yield { done: resample + 1, total: resamples };
  }

  const tail = (1 - level) / 2;
  const intervals = names.map((name, at): [Name, Interval] => {
    const sorted = (drawn[at] ?? new Float64Array()).sort();
    const move = recentred.has(name) ? whole[name] - quantile(sorted, 0.5) : 0;
    const [low, high] = [quantile(sorted, tail) + move, quantile(sorted, 1 - tail) + move];
    return [name, { value: whole[name], low, high }];
  });
  return Object.fromEntries(intervals) as Record<Name, Interval>;
}

/** Draws resamples of documents, or of groups of documents, as weights. */
export class RowResampler {
  /** How many units are drawn from, and drawn: groups, or documents without groups. */
  readonly units: number;
  /** The unit of each document; absent when each document is its own. */
  private readonly unitOf?: Uint32Array;

  /** @throws RangeError when there is no document or not exactly one group per document. */
  constructor(
    readonly rows: number,
    groups?: readonly (string | number)[],
  ) {
    if (!Number.isInteger(rows) || rows < 1) throw new RangeError(`no documents to resample: ${rows}`);
    if (!groups) {
      this.units = rows;
      return;
    }
    if (groups.length !== rows) throw new RangeError(`${rows} groups expected, ${groups.length} given`);
    const numbers = new Map<string | number, number>();
    this.unitOf = Uint32Array.from(groups, (group) => {
      const number = numbers.get(group) ?? numbers.size;
      numbers.set(group, number);
      return number;
    });
    this.units = numbers.size;
  }

  /**
   * Sets `weights` (one per document) to how often each was drawn. With groups of unequal size the number of
   * documents varies from one resample to the next.
   */
  draw(random: Random, weights: RowWeights): void {
    const times = this.unitOf ? new Uint32Array(this.units) : weights.fill(0);
    for (let draw = 0; draw < this.units; draw++) {
      const unit = random.integer(this.units);
      times[unit] = (times[unit] ?? 0) + 1;
    }
    this.unitOf?.forEach((unit, row) => {
      weights[row] = times[unit] ?? 0;
    });
  }
}

/**
 * The value below which the share `q` of ascending values lies, linearly interpolated between neighbours (numpy's
 * default, Hyndman and Fan's type 7).
 * @param sorted ascending, at least one value.
 * @param q in [0, 1].
 */
export function quantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[below + 1] ?? low;
  return low + (at - below) * (high - low);
}
